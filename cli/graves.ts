import { drafted } from '../commands/context.js';
import { erasureId } from '../commands/erasing/erase-player.js';
import type { LogEventType } from '../domain/events/log-events.js';
import { playerId, streamOf } from '../domain/kernel/ids.js';
import { type EventLog, START } from '../eventstore/log.js';
import type { Pool } from '../projections/database.js';
import { bury, ERASED } from '../projections/erased.js';
import { readModels } from '../projections/models.js';
import { recordedOrBroken } from '../projections/recorded.js';

type Stores = { log: EventLog; pool: Pool };

/**
 * Before anybody is served: who was erased stays so, also where the database or the log is a copy of before that was put
 * back. What one of the two has forgotten, the other tells.
 */
export async function keepGraves(stores: Stores): Promise<void> {
  await buryAgain(stores);
  await tellAgain(stores);
}

const CERTIFIED = 'ErasureCertified' satisfies LogEventType;

/** What the read model that is farthest has passed is buried: a database that was put back is behind with both. */
async function buryAgain({ log, pool }: Stores): Promise<void> {
  const upTo = await log.head();
  const passed = (await readModels(pool)).filter(({ stage }) => stage === 'live').map((one) => one.position);
  const { signal } = new AbortController();
  for await (const events of log.read(Math.max(START, ...passed), { upTo, types: [ERASED], signal }))
    for (const stored of events) {
      const event = recordedOrBroken(stored);
      if (event) await bury(pool, event);
    }
}

const TOGETHER = 100;

/**
 * A log that was put back may end before certificates, and before erasures too; where it went on, by what places it has
 * cannot be told. So its players' streams are asked. The last that were certified are the first that it does not know:
 * once it has a hundred in a row, it has those before as well.
 */
async function tellAgain({ log, pool }: Stores): Promise<void> {
  for (let at = 0, goesOn = true; goesOn; at += TOGETHER) {
    const { rows } = await pool.query<Buried>(
      `select player_id, client_id, game_id, certified_at is not null as certified from erased_players
        order by certified_at desc nulls first, player_id limit ${TOGETHER} offset $1`,
      [at],
    );
    const told = await Promise.all(rows.map(({ player_id }) => toldOf(log, player_id)));
    for (const one of rows.filter((_, nth) => told[nth] === null)) await eraseAgain({ log, pool }, one);
    const lost = rows.filter(({ certified }, nth) => certified && told[nth] !== CERTIFIED);
    // These come first from now on: so what is next stays in its place.
    await openAgain(pool, lost);
    goesOn = lost.length > 0 || rows.some(({ certified }) => !certified);
  }
}

type Buried = { player_id: string; client_id: string | null; game_id: string | null; certified: boolean };

/** How far the log knows of an erasure. */
async function toldOf(log: EventLog, id: string): Promise<typeof CERTIFIED | typeof ERASED | null> {
  for await (const { type } of log.readStream(streamOf.player(playerId(id)), { backwards: true }))
    if (type === CERTIFIED || type === ERASED) return type;
  return null;
}

async function eraseAgain({ log, pool }: Stores, buried: Buried): Promise<void> {
  const { player_id: id, client_id: clientId, game_id: gameId } = buried;
  const stream = streamOf.player(playerId(id));
  const tenant = { ...(clientId && { clientId }), ...(gameId && { gameId }) };
  const [draft] = drafted([{ type: ERASED, data: {} }], tenant, new Date());
  const told = await log.append(stream, [{ ...draft!, id: erasureId(stream) }], 'any');
  // A place of another log may never come in this one.
  if (told.ok)
    await pool.query('update erased_players set position = $2 where player_id = $1', [id, told.position]);
}

/** Whoever carries out erasures does these once more. */
async function openAgain(pool: Pool, players: readonly Buried[]): Promise<void> {
  await pool.query(
    'update erased_players set certified_at = null, claimed_at = null where player_id = any($1)',
    [players.map(({ player_id }) => player_id)],
  );
}
