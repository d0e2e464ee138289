import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Position } from '../../eventstore/log.js';
import { inTransaction } from '../database.js';
import { dropGivenUp, inStore } from '../elsewhere.js';
import { dropGeneration, type Model, openAsked, readModel, readModels, takeTurns } from '../models.js';
import type { Projection } from '../projection.js';
import { withRebuildLocks } from '../rebuild/lock.js';
import { type Stage, schemaOf } from '../tables.js';
import { nameIn, playerTables, rowsNaming } from './residue.js';

/** Whoever writes the read model has not come to the erasure yet. */
export class Behind extends Error {
  override readonly name = 'Behind';
}

type Erased = { playerId: string; position: Position };
type Of = { pool: Pool; projection: Projection };

/** Rows of a player in all generations of a read model. */
export async function countIn({ pool, projection }: Of, player: string): Promise<number> {
  let found = 0;
  for (const model of await modelsOf(pool, projection))
    found += await rowsNaming(pool, await tablesIn(pool, model), player);
  return found;
}

/**
 * Sees to it that no generation has anything of a player. Of the one that is read it is taken away by whoever writes it,
 * when they come to the erasure in the log; of one that was read before, here. One that was begun, and that nobody builds
 * now, is given up: were only its rows taken, what is built on would differ. @throws Behind, BeingRebuilt, StoreAway
 */
export async function clearIn({ pool, projection }: Of, erased: Erased): Promise<void> {
  await arrived({ pool, projection }, erased.position);
  const old = await readModel(pool, projection.name, 'old');
  if (old) await clearOld({ pool, projection }, old, erased.playerId);
  const next = await readModel(pool, projection.name, 'next');
  if (next && next.position < erased.position) await beginAnew(pool, projection);
}

const modelsOf = async (pool: Pool, { name }: Projection): Promise<Model[]> =>
  (await readModels(pool)).filter((model) => model.name === name);

async function tablesIn(pool: Pool, { stage, tables }: Pick<Model, 'stage' | 'tables'>) {
  const schema: (typeof schemaOf)[Stage] = schemaOf[stage];
  return (await playerTables(pool)).filter((one) => one.schema === schema && tables.includes(one.name));
}

const WITHIN_MS = 3_000;
const LOOK_MS = 50;

async function arrived({ pool, projection: { name } }: Of, position: Position): Promise<void> {
  for (const end = performance.now() + WITHIN_MS; ; await sleep(LOOK_MS)) {
    const live = await readModel(pool, name, 'live');
    if (live === undefined || live.position >= position) return;
    if (performance.now() >= end) throw new Behind(`${name} is behind the erasure`);
  }
}

async function clearOld({ pool, projection }: Of, old: Model, player: string): Promise<void> {
  for (const table of await tablesIn(pool, old))
    await pool.query(`delete from ${table.place} where ${table.column} = $1`, [nameIn(table, player)]);
  const { name: model, generation } = old;
  await inStore(projection, (store) => store.erase({ model, generation }, player));
}

async function beginAnew(pool: Pool, projection: Projection): Promise<void> {
  await withRebuildLocks(pool, [projection], async () => {
    const asked = await inTransaction(pool, async (client) => {
      await takeTurns(client, projection);
      const next = await readModel(client, projection.name, 'next');
      if (next) await dropGeneration(client, projection, next);
      return next?.asked ?? null;
    });
    await dropGivenUp(pool, projection);
    if (asked) await openAsked(pool, projection, asked);
  });
}
