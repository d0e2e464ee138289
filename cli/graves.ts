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
  const head = await stores.log.head();
  await buryAgain(stores, head);
  await eraseAgain(stores, head);
  await certifyAgain(stores);
}

const CERTIFIED = 'ErasureCertified' satisfies LogEventType;

/** What the read model that is farthest has passed is buried: a database that was put back is behind with both. */
async function buryAgain({ log, pool }: Stores, upTo: number): Promise<void> {
  const passed = (await readModels(pool)).filter(({ stage }) => stage === 'live').map((one) => one.position);
  const { signal } = new AbortController();
  for await (const events of log.read(Math.max(START, ...passed), { upTo, types: [ERASED], signal }))
    for (const stored of events) {
      const event = recordedOrBroken(stored);
      if (event) await bury(pool, event);
    }
}

/** A log that was put back ends before erasures that the database knows of. */
async function eraseAgain({ log, pool }: Stores, head: number): Promise<void> {
  const { rows } = await pool.query(
    'select player_id, client_id, game_id from erased_players where position > $1',
    [head],
  );
  for (const { player_id: id, client_id: clientId, game_id: gameId } of rows) {
    const stream = streamOf.player(playerId(id));
    const [draft] = drafted([{ type: ERASED, data: {} }], { clientId, gameId }, new Date());
    const told = await log.append(stream, [{ ...draft!, id: erasureId(stream) }], 'any');
    // A place of another log may never come in this one.
    if (told.ok)
      await pool.query('update erased_players set position = $2 where player_id = $1', [id, told.position]);
  }
}

const TOGETHER = 100;

/**
 * A log that was put back may end before certificates, and has snapshots and pages of before. The last that were certified
 * are the first that it does not know: once it has a hundred in a row, it has those before as well.
 */
async function certifyAgain({ log, pool }: Stores): Promise<void> {
  for (let at = 0, lost = 1; lost > 0; at += TOGETHER - lost) {
    const { rows } = await pool.query<{ player_id: string }>(
      `select player_id from erased_players where certified_at is not null
        order by certified_at desc, player_id limit ${TOGETHER} offset $1`,
      [at],
    );
    const there = await Promise.all(rows.map(({ player_id }) => isCertified(log, player_id)));
    const without = rows.filter((_, nth) => !there[nth]).map(({ player_id }) => player_id);
    await openAgain(pool, without);
    lost = without.length;
  }
}

async function isCertified(log: EventLog, id: string): Promise<boolean> {
  for await (const { type } of log.readStream(streamOf.player(playerId(id)), { backwards: true }))
    if (type === CERTIFIED || type === ERASED) return type === CERTIFIED;
  return false;
}

/** Whoever carries out erasures does these once more. */
async function openAgain(pool: Pool, players: readonly string[]): Promise<void> {
  await pool.query(
    'update erased_players set certified_at = null, claimed_at = null where player_id = any($1)',
    [players],
  );
}
