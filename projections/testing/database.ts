import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../migrations/index.js';
import { type Logger, openPool } from '../database.js';
import { startEmbeddedPostgres } from '../embedded-postgres/start.js';
import { putCluster } from './cluster.js';

/** A logger that keeps what it is told. */
export const keepingLogger = () => {
  const lines: { level: string; fields: object; message: string }[] = [];
  const keep = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') } satisfies Logger & {
    lines: unknown;
  };
};

export type TestServer = {
  dir: string;
  url: string;
  /** A migrated database of its own, and its pool; or a copy of another, which nobody is connected to any more. */
  fresh(of?: { url: string }): Promise<{ url: string; pool: pg.Pool }>;
  stop(): Promise<void>;
};

/** A real Postgres in a temporary folder, for the tests of one file. */
export async function testServer(): Promise<TestServer> {
  const dir = await mkdtemp(join(tmpdir(), 'agl-postgres-'));
  await putCluster(dir);
  const server = await startEmbeddedPostgres({ dir });
  const pools: pg.Pool[] = [];
  const urlOf = (name: string) => server.url.replace(/\/postgres$/, `/${name}`);
  const migrated = once(async () => {
    await ask(server.url, 'create database migrated');
    await migrate(urlOf('migrated'));
  });
  let made = 0;
  return {
    dir,
    url: server.url,
    async fresh(of) {
      const name = `test_${made++}`;
      if (!of) await migrated();
      const template = of ? new URL(of.url).pathname.slice(1) : 'migrated';
      await ask(server.url, `create database ${name} template ${template}`);
      const url = urlOf(name);
      const pool = openPool({ url, logger: keepingLogger() });
      // Many databases are made on one server: none keeps connections that nobody needs.
      pool.options.idleTimeoutMillis = 1_000;
      pools.push(pool);
      return { url, pool };
    },
    async stop() {
      await Promise.all(pools.filter(({ ended }) => !ended).map((pool) => pool.end()));
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** What is made when it is first asked for. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
