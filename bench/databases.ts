import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../migrations/index.js';
import { startEmbeddedPostgres } from '../projections/embedded-postgres/start.js';
import type { Tidy } from './tidy.js';

export type Database = { url: string; drop(): Promise<void> };

/** A Postgres of its own, and migrated databases in it. */
export async function startDatabases(tidy: Tidy): Promise<{ fresh(): Promise<Database> }> {
  const server = await startEmbeddedPostgres({ dir: join(await tidy.folder(), 'postgres') });
  tidy.later(server.stop);
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  let made = 0;
  return {
    async fresh() {
      const name = `bench_${made++}`;
      await ask(`create database ${name}`);
      const url = server.url.replace(/\/postgres$/, `/${name}`);
      await migrate(url);
      return { url, drop: () => ask(`drop database ${name} with (force)`) };
    },
  };
}
