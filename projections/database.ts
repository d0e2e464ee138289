import { once } from 'node:events';
import pg from 'pg';

/** What the projections and the reader say of themselves; a `pino` logger fits. */
export type Logger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** SQLSTATE classes that say "not now": connection, resources, operator intervention, system error. */
const DOWN_CLASSES = new Set(['08', '53', '57', '58']);
const DOWN_CODES = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  // What a replica says to a question that stood in the way of what it replays.
  '40001',
]);
const DOWN_MESSAGES =
  /Connection terminated|timeout exceeded|Client has encountered a connection error|not queryable/;

/** True when the database cannot answer now, whatever is asked; asking again later may succeed. */
export function isDatabaseDown(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseDown);
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code ?? '');
  if (DOWN_CODES.has(code)) return true;
  return code.length === 5 ? DOWN_CLASSES.has(code.slice(0, 2)) : DOWN_MESSAGES.test(error.message);
}

/** True when the disk of the database is full: it answers, and takes nothing new. */
export const isFull = (error: unknown): boolean => (error as { code?: unknown }).code === '53100';

/** Why it cannot be done now, of what `isDatabaseDown` is true of. */
export const whyDown = (error: unknown): string =>
  isFull(error) ? 'the database has no room' : 'the database cannot be reached';

/** True when a table is not there: an engine that keeps the read models has not been on this database yet. */
export const isNotMade = (error: unknown): boolean => (error as { code?: unknown }).code === '42P01';

/** Connections of one process to one database. */
export type Pool = pg.Pool;

export type PoolOptions = { url: string; logger: Logger; max?: number };

/**
 * The connections of one process to Postgres. A connection that breaks while idle is logged and replaced;
 * one that cannot be had within five seconds rejects.
 */
export function openPool({ url, logger, max = 12 }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'agl',
  });
  // An error of a connection that somebody holds is told by the query at hand; without a listener it would end
  // the process, and none could be there in time for one that breaks at the moment it is made.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => logger.warn({ error: error.message }, 'a connection to Postgres broke'));
  return endingWhole(pool);
}

const CLOSED_WITHIN_MS = 5_000;

/**
 * The library's own `end` resolves when it has said goodbye on every connection, not when the server has heard it: a
 * server that is told to stop at that moment breaks them off, and both sides complain.
 */
function endingWhole(pool: pg.Pool): pg.Pool {
  const open = new Set<pg.PoolClient>();
  const end = pool.end.bind(pool) as () => Promise<void>;
  pool.on('connect', (client) => open.add(client));
  pool.on('remove', (client) => open.delete(client));
  const whole = async () => {
    await end();
    const signal = AbortSignal.timeout(CLOSED_WITHIN_MS);
    while (open.size > 0 && !signal.aborted) await once(pool, 'remove', { signal }).catch(() => {});
  };
  pool.end = whole as typeof pool.end;
  return pool;
}

/**
 * Opens a transaction that need not wait for the disk. For read models only: they can be derived again, and
 * their rows and checkpoint are there together or not at all.
 */
export const RELAXED = 'begin; set local synchronous_commit = off';

/** Runs on one connection in one transaction; any error rolls all of it back. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
  opening = 'begin',
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(opening);
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    const usable = await client.query('rollback').then(
      () => true,
      () => false,
    );
    client.release(!usable);
    throw error;
  }
}
