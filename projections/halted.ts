import type { Pool, PoolClient } from 'pg';
import type { FoldFailed } from './changes.js';
import type { Recorded } from './recorded.js';

/** What of the log a read model does not take in for now, and what never. */
export type Halted = {
  /** Subjects of which an event is parked: what follows of them waits behind it. */
  subjects: Set<string>;
  /** Positions of events that somebody has decided to pass over. */
  skipped: Set<number>;
  /** When this process parked one last; milliseconds since it began. */
  lastAt: number;
};

export const nothingHalted = (): Halted => ({
  subjects: new Set(),
  skipped: new Set(),
  lastAt: Number.NEGATIVE_INFINITY,
});

export async function readHalted(pool: Pool, projection: string): Promise<Halted> {
  const { rows } = await pool.query(
    'select subject, position, state from parked_events where projection = $1',
    [projection],
  );
  const skipped = rows.filter(({ state }) => state === 'skipped');
  const waiting = rows.filter(({ state }) => state !== 'skipped');
  return {
    lastAt: Number.NEGATIVE_INFINITY,
    subjects: new Set(waiting.map(({ subject }) => subject)),
    skipped: new Set(skipped.map(({ position }) => Number(position))),
  };
}

/** An event that is put aside, and why. */
export type ToPark = { event: Recorded; error: Error; tries: number };

/** What waits behind a parked event of its subject was never tried. */
export const behind = (event: Recorded): ToPark => ({
  event,
  error: new Error('waits behind an earlier parked event of its subject'),
  tries: 0,
});

export async function park(client: PoolClient, projection: string, parked: readonly ToPark[]): Promise<void> {
  for (const { event, error, tries } of parked) {
    const cause = (error as FoldFailed).cause as Error | undefined;
    await client.query(
      `insert into parked_events
        (projection, position, subject, event_id, type, stream, revision, error, stack, tries, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'parked')
        on conflict (projection, position) do update set error = excluded.error, stack = excluded.stack,
          tries = parked_events.tries + excluded.tries, state = 'parked'`,
      [
        ...[projection, event.position, event.subject, event.id, event.type, event.stream, event.revision],
        ...[storable(error.message), storable(cause?.stack ?? error.stack ?? ''), tries],
      ],
    );
  }
}

const storable = (text: string) => text.replaceAll('\0', '\uFFFD').slice(0, 4_000);

export type ParkedRow = {
  position: number;
  subject: string;
  id: string;
  type: string;
  stream: string;
  revision: number;
  error: string;
  stack: string | null;
  tries: number;
  state: 'parked' | 'retry' | 'skipped';
  parkedAt: string;
};

/** `subject`: of this one only. */
export type ParkedPage = { after: number; limit: number; subject?: string };

/** What a read model has put aside, in the order of the log, after a position. */
export async function parkedOf(
  pool: Pool,
  projection: string,
  { after, limit, subject }: ParkedPage,
): Promise<ParkedRow[]> {
  const { rows } = await pool.query(
    `select * from parked_events where projection = $1 and position > $2 and ($4::text is null or subject = $4)
      order by position limit $3`,
    [projection, after, limit, subject ?? null],
  );
  return rows.map((row) => ({
    position: Number(row.position),
    subject: row.subject,
    id: row.event_id,
    type: row.type,
    stream: row.stream,
    revision: Number(row.revision),
    error: row.error,
    stack: row.stack,
    tries: row.tries,
    state: row.state,
    parkedAt: row.parked_at.toISOString(),
  }));
}

/** It is parked no more. */
export const unpark = (client: PoolClient, { projection, position }: Which) =>
  client.query('delete from parked_events where projection = $1 and position = $2', [projection, position]);

/** How many each read model has put aside and not passed over. */
export async function parkedCounts(pool: Pool): Promise<Map<string, number>> {
  const { rows } = await pool.query(
    "select projection, count(*) as parked from parked_events where state <> 'skipped' group by projection",
  );
  return new Map(rows.map(({ projection, parked }) => [projection, Number(parked)]));
}

/** The read models of which somebody wants parked events to be taken once more. */
export async function toRetry(pool: Pool): Promise<Set<string>> {
  const { rows } = await pool.query("select distinct projection from parked_events where state = 'retry'");
  return new Set(rows.map(({ projection }) => projection));
}

/** `position`: one; without it all. */
export type Which = { projection: string; position?: number };

/** They are taken once more, in their order, by whoever writes the read model. Returns how many. */
export async function askRetry(pool: Pool, { projection, position }: Which): Promise<number> {
  const { rowCount } = await pool.query(
    `update parked_events set state = 'retry' where projection = $1 and state <> 'skipped'
      and ($2::bigint is null or subject in
        (select subject from parked_events where projection = $1 and position = $2))`,
    [projection, position ?? null],
  );
  return rowCount ?? 0;
}

/** The event is passed over for good, also by a rebuild; what waits behind it is taken. Returns how many. */
export async function skipParked(pool: Pool, { projection, position }: Which): Promise<number> {
  const { rowCount } = await pool.query(
    "update parked_events set state = 'skipped' where projection = $1 and ($2::bigint is null or position = $2)",
    [projection, position ?? null],
  );
  if (rowCount) await askRetry(pool, { projection, position });
  return rowCount ?? 0;
}
