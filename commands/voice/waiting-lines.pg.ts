import type { Pool } from 'pg';
import type { UnderWay, Waiting, WaitingLines } from './batches.js';

type Row = { id: string; stream: string; revision: string; batch: string };

const lineOf = ({ id, stream, revision }: Row): Waiting => ({ id, stream, revision: Number(revision) });

export function waitingLinesInPostgres(pool: Pool): WaitingLines {
  return {
    async add({ id, stream, revision }) {
      await pool.query(
        'insert into line_batches (id, stream, revision) values ($1, $2, $3) on conflict (id) do nothing',
        [id, stream, revision],
      );
    },
    take: (max, afterMs) => take(pool, max, afterMs),
    async putBack(ids) {
      await pool.query('update line_batches set claimed_at = null where id = any($1) and batch is null', [
        ids,
      ]);
    },
    async asked(ids, batch) {
      await pool.query('update line_batches set batch = $2 where id = any($1)', [ids, batch]);
    },
    underWay: () => underWay(pool),
    async abandoned(afterMs) {
      const { rows } = await pool.query<Row>(
        `select id, stream, revision from line_batches
          where batch is null and claimed_at <= now() - $1 * interval '1 ms'`,
        [afterMs],
      );
      return rows.map(lineOf);
    },
    async done(ids) {
      await pool.query('delete from line_batches where id = any($1)', [ids]);
    },
  };
}

async function underWay(pool: Pool): Promise<UnderWay[]> {
  const { rows } = await pool.query<Row & { age: string }>(
    `select id, stream, revision, batch, extract(epoch from now() - claimed_at) * 1000 as age
      from line_batches where batch is not null order by batch, asked_at`,
  );
  const batches = new Map<string, UnderWay>();
  for (const row of rows) {
    const { lines, ageMs } = batches.get(row.batch) ?? { lines: [], ageMs: 0 };
    batches.set(row.batch, {
      batch: row.batch,
      lines: [...lines, lineOf(row)],
      ageMs: Math.max(ageMs, Number(row.age)),
    });
  }
  return [...batches.values()];
}

async function take(pool: Pool, max: number, afterMs: number): Promise<Waiting[]> {
  const { rows } = await pool.query<Row>(
    `update line_batches set claimed_at = now() where id in (
       select id from line_batches where claimed_at is null and exists (
         select from line_batches where claimed_at is null and asked_at <= now() - $2 * interval '1 ms'
       ) order by asked_at limit $1 for update skip locked
     ) returning id, stream, revision`,
    [max, afterMs],
  );
  return rows.map(lineOf);
}
