import knexOf, { type Knex } from 'knex';
import * as readModels from './2026-11-01-000000-read-models.js';
import * as generations from './2026-11-24-000000-generations.js';
import * as lineAccounts from './2026-11-28-000000-line-accounts.js';
import * as givenUp from './2026-11-29-000000-given-up-generations.js';
import * as vectors from './2026-11-29-000000-vectors.js';
import * as madeBy from './2026-11-29-000001-made-by.js';
import * as erasures from './2026-11-30-000000-erasures.js';
import * as installationKeys from './2026-11-30-000001-installation-keys.js';
import * as roomForStates from './2026-11-30-000002-room-for-states.js';

/** Every migration, in the order in which they run. A name that has run anywhere never changes. */
const migrations: { name: string; up: Migration; down: Migration }[] = [
  { name: '2026-11-01-000000-read-models', ...readModels },
  { name: '2026-11-24-000000-generations', ...generations },
  { name: '2026-11-28-000000-line-accounts', ...lineAccounts },
  { name: '2026-11-29-000000-given-up-generations', ...givenUp },
  { name: '2026-11-29-000000-vectors', ...vectors },
  { name: '2026-11-29-000001-made-by', ...madeBy },
  { name: '2026-11-30-000000-erasures', ...erasures },
  { name: '2026-11-30-000001-installation-keys', ...installationKeys },
  { name: '2026-11-30-000002-room-for-states', ...roomForStates },
];

type Migration = (knex: Knex) => Promise<void>;

/** Every migration of this build by name; the files beside this one, in order. */
export const migrationNames: readonly string[] = migrations.map(({ name }) => name);

/** Any number, the same in every engine: who holds this advisory lock migrates, the others wait. */
const LOCK = 4_750_001;

/**
 * Brings the database up to this build. Engines that start together take turns.
 * @returns the names of what ran now.
 * @throws Error in one line when the database cannot be reached or a migration fails (it is rolled back).
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const knex = knexOf({
    client: 'pg',
    connection: { connectionString: databaseUrl, connectionTimeoutMillis: 5_000 },
    pool: { min: 0, max: 3 },
    migrations: { migrationSource: source },
    // What fails is thrown as well; the engine's log is JSON lines, not prints of a library.
    log: { warn() {}, error() {}, debug() {}, deprecate() {} },
  });
  try {
    return await lockedMigrate(knex);
  } catch (error) {
    throw new Error(`the database cannot be migrated: ${(error as Error).message.split('\n')[0]}`);
  } finally {
    await knex.destroy();
  }
}

/** The lock belongs to one connection, so a killed engine never leaves it behind. */
async function lockedMigrate(knex: Knex): Promise<string[]> {
  const connection = await knex.client.acquireConnection();
  try {
    await knex.raw('select pg_advisory_lock(?)', [LOCK]).connection(connection);
    // Knex marks a running migration in a table; the mark of a killed engine would block every later start.
    await knex.migrate.forceFreeMigrationsLock();
    const [, ran] = (await knex.migrate.latest()) as [number, string[]];
    await knex.raw('select pg_advisory_unlock(?)', [LOCK]).connection(connection);
    return ran;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

const source: Knex.MigrationSource<(typeof migrations)[number]> = {
  getMigrations: async () => migrations,
  getMigrationName: ({ name }) => name,
  getMigration: async ({ up, down }) => ({ up, down }),
};
