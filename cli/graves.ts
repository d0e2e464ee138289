import { drafted } from '../commands/context.js';
import { erasureId } from '../commands/erasing/erase-player.js';
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
}

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
  for (const { player_id, client_id: clientId, game_id: gameId } of rows) {
    const stream = streamOf.player(playerId(player_id));
    const [draft] = drafted([{ type: ERASED, data: {} }], { clientId, gameId }, new Date());
    await log.append(stream, [{ ...draft!, id: erasureId(stream) }], 'any');
  }
}
