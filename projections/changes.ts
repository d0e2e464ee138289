import type { Folded, Projection, Row, Table } from './projection.js';
import type { Recorded } from './recorded.js';

/** The rows of a batch, what was told of one key folded together; and the states as they are then. */
export type RowChanges = { rows: Map<string, Row[]>; states: Map<string, Row> };

/** The event that a fold could not digest, and why. */
export class FoldFailed extends Error {
  override readonly name = 'FoldFailed';

  constructor(
    readonly event: Recorded,
    cause: Error,
  ) {
    super(`${event.type} ${event.id} at ${event.position}: ${cause.message}`, { cause });
  }
}

/**
 * Events in, row changes out. Pure: the same events over the same states give the same changes.
 * @throws FoldFailed
 */
export function foldEvents(
  projection: Projection,
  events: readonly Recorded[],
  known: ReadonlyMap<string, Row>,
): RowChanges {
  const states = new Map<string, Row>();
  const tables = Object.entries(projection.tables).map(([name, table]) => [name, gathering(table)] as const);
  for (const event of events) {
    const folded = foldOne(projection, event, states.get(event.subject) ?? known.get(event.subject));
    for (const [name, gathered] of tables) {
      const rows = folded[name];
      if (rows === undefined) continue;
      for (const row of Array.isArray(rows) ? (rows as Row[]) : [rows as Row]) gathered.take(row);
      if (name === projection.state) states.set(event.subject, rows as Row);
    }
  }
  return { rows: new Map(tables.map(([name, gathered]) => [name, gathered.rows()])), states };
}

function foldOne(projection: Projection, event: Recorded, state: Row | undefined): Folded {
  try {
    if (event.unreadable !== undefined) throw new Error(event.unreadable);
    return projection.fold(event, state);
  } catch (error) {
    throw new FoldFailed(event, error as Error);
  }
}

type Gathering = { take(row: Row): void; rows(): Row[] };

function gathering(table: Table): Gathering {
  if (table.how === 'add') {
    const rows: Row[] = [];
    return { take: (row) => void rows.push(row), rows: () => rows };
  }
  const byKey = new Map<string, Row>();
  const sums = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  const keyOf = keyOfRow(table);
  return {
    take(row) {
      const key = keyOf(row);
      const before = table.how === 'sum' ? byKey.get(key) : undefined;
      byKey.set(key, before === undefined ? row : summed(before, row, sums));
    },
    rows: () => [...byKey.values()],
  };
}

const keyOfRow = ({ key: [only, ...more] }: Table): ((row: Row) => string) =>
  more.length === 0
    ? (row) => String(row[only!])
    : (row) => JSON.stringify([row[only!], ...more.map((column) => row[column])]);

function summed(before: Row, row: Row, sums: readonly string[]): Row {
  const sum = { ...before };
  for (const column of sums) sum[column] = Number(before[column]) + Number(row[column]);
  return sum;
}
