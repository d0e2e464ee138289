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
  const keyOf = keyOfRow(table);
  const rows = () => [...byKey.values()];
  if (table.how === 'put') return { take: (row) => void byKey.set(keyOf(row), row), rows };
  const sums = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  return {
    take(row) {
      const key = keyOf(row);
      const sum = byKey.get(key);
      // A copy that is ours to add to: a fold may keep the row it gave.
      if (sum === undefined) byKey.set(key, { ...row });
      else for (const column of sums) sum[column] = Number(sum[column]) + Number(row[column]);
    },
    rows,
  };
}

function keyOfRow({ key: [only, ...more] }: Table): (row: Row) => string {
  if (more.length === 0) return (row) => String(row[only!]);
  const columns = [only!, ...more];
  return (row) => {
    let key = '';
    for (const column of columns) {
      const value = String(row[column]);
      // With its length before it, no value can be taken for a part of two.
      key += `${value.length}:${value}`;
    }
    return key;
  };
}
