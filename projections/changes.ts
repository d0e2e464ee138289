import type { Lines } from './copy.js';
import { ERASED } from './erased.js';
import type { Folded, Projection, Row, Table } from './projection.js';
import type { Recorded } from './recorded.js';

/** The rows of a batch, what was told of one key folded together; and the states as they are then. */
export type RowChanges = {
  rows: Map<string, Row[]>;
  /** Rows that are written already as `COPY` takes them, of tables that only grow. */
  lines?: Map<string, Lines>;
  states: Map<string, Row>;
  /** Players who were erased: of them there are to be no rows. */
  erased: readonly Recorded[];
};

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
  const folding = startFolding(projection, (subject) => known.get(subject));
  for (const event of events) folding.take(event);
  return folding.changes();
}

/** Events folded one by one into the changes of a batch. */
export type Folding = {
  /** @throws FoldFailed */
  take(event: Recorded): void;
  states: ReadonlyMap<string, Row>;
  changes(): RowChanges;
};

/**
 * `known`: a subject's state from before the batch. `lines`: of these tables rows are taken there, and are no part of
 * the changes.
 */
export function startFolding(
  projection: Projection,
  known: (subject: string) => Row | undefined,
  lines?: ReadonlyMap<string, Taking>,
): Folding {
  const { state, tables } = projection;
  const states = new Map<string, Row>();
  const takings: [name: string, Taking][] = [...(lines ?? [])];
  const gathered = new Map<string, () => Row[]>();
  const erased: Recorded[] = [];
  for (const [name, table] of Object.entries(tables)) {
    // It is the row of its subject, and need not be found a second time by its key.
    if (name === state) gathered.set(name, () => [...states.values()]);
    else if (!lines?.has(name)) {
      const { take, rows } = gathering(table);
      takings.push([name, { take }]);
      gathered.set(name, rows);
    }
  }
  return {
    states,
    take(event) {
      const { subject } = event;
      if (event.type === ERASED) {
        erased.push(event);
        states.delete(subject);
        return;
      }
      const before = state === undefined ? undefined : (states.get(subject) ?? known(subject));
      const folded = foldOne(projection, event, before);
      for (const [name, taking] of takings) {
        const rows = folded[name];
        if (rows === undefined) continue;
        if (Array.isArray(rows)) for (const row of rows as Row[]) taking.take(row);
        else taking.take(rows as Row);
      }
      const after = state === undefined ? undefined : folded[state];
      if (after !== undefined) states.set(subject, after as Row);
    },
    changes: () => ({ rows: new Map([...gathered].map(([name, rows]) => [name, rows()])), states, erased }),
  };
}

function foldOne(projection: Projection, event: Recorded, state: Row | undefined): Folded {
  try {
    if (event.unreadable !== undefined) throw new Error(event.unreadable);
    return projection.fold(event, state);
  } catch (error) {
    throw new FoldFailed(event, error as Error);
  }
}

export type Taking = { take(row: Row): void };
type Gathering = Taking & { rows(): Row[] };

function gathering(table: Table): Gathering {
  const rows: Row[] = [];
  const gathered = () => rows;
  if (table.how === 'add') return { take: (row) => void rows.push(row), rows: gathered };
  const placeOf = placesByKey(table);
  if (table.how === 'put')
    return {
      take(row) {
        rows[placeOf(row, rows.length)] = row;
      },
      rows: gathered,
    };
  const sums = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  return {
    take(row) {
      const place = placeOf(row, rows.length);
      const sum = rows[place];
      // A copy that is ours to add to: a fold may keep the row it gave.
      if (sum === undefined) rows.push({ ...row });
      else for (const column of sums) sum[column] = Number(sum[column]) + Number(row[column]);
    },
    rows: gathered,
  };
}

type Places = Map<string, Places | number>;

/** Where the row of a key is; a new one gets the place that is offered. A map in a map costs less than a long text. */
function placesByKey({ key }: Table): (row: Row, offered: number) => number {
  const places: Places = new Map();
  const [last, above] = [key[key.length - 1]!, key.slice(0, -1)];
  return (row, offered) => {
    let here = places;
    for (const column of above) {
      const value = String(row[column]);
      const below = (here.get(value) as Places | undefined) ?? new Map();
      if (below.size === 0) here.set(value, below);
      here = below;
    }
    const value = String(row[last]);
    const place = here.get(value) as number | undefined;
    if (place === undefined) here.set(value, offered);
    return place ?? offered;
  };
}
