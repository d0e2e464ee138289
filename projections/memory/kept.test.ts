import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Pool } from 'pg';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { testRuns } from '../testing/runs.js';
import { gameEvent, stored } from '../testing/stories.js';
import { fadedIn, keptOf } from './kept.js';
import { gameCreated, seated } from './testing/games.js';

const { fresh, starting } = testRuns();
const DAY = 86_400_000;
const NOW = new Date('2026-11-28T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString();

/** Something that is kept under a key of its own, lived so many days ago, and told at once or later. */
const feat = (name: string, lived: number, told = lived) => {
  const event = gameEvent('player.achievement', ago(lived), { name });
  return { ...event, metadata: { ...event.metadata, recordedAt: ago(told) } };
};

/** The first achievement is a first, and stays longer: it is none of those that are looked at here. */
const first = feat('first', 1);

async function remembering(tell: (log: ReturnType<typeof memoryLog>) => void) {
  const { pool } = await fresh();
  const log = memoryLog();
  log.tell('game-g1', gameCreated({}));
  for (const player of ['ann', 'bob']) log.tell(`player-${player}`, seated({ gameId: 'g1' }), first);
  tell(log);
  const run = starting(log, pool);
  assert.ok(await run.caughtUpWithLog(60_000));
  const faded = async (at = NOW, page?: number) => {
    const found: string[] = [];
    for await (const { playerId, memories } of fadedIn(pool, at, page))
      found.push(...memories.map(({ key, memoryIds }) => `${playerId} ${memoryIds.length} ${key}`));
    return found.sort();
  };
  const idOf = async (player: string, name: string): Promise<string> => {
    const asked = 'select id from memories where player_id = $1 and key = $2 order by revision';
    return (await pool.query(asked, [player, `achievement/${name}`])).rows[0]!.id;
  };
  return { log, run, pool: pool as Pool, faded, idOf };
}

describe('what has faded', () => {
  it('is what was not lived for long and is weak, with all its occurrences; not what is young, strong or lived again', async () => {
    const { faded } = await remembering((log) => {
      log.tell('player-ann', feat('old', 130), feat('old', 120), feat('young', 60));
      log.tell('player-ann', feat('again', 130), feat('again', 10));
    });
    assert.deepEqual(await faded(), ['ann 2 achievement/old']);
    assert.deepEqual(await faded(new Date(ago(40))), [], 'it was not yet so');
  });

  it('is not what was told lately, as by an import', async () => {
    const { faded } = await remembering((log) => log.tell('player-ann', feat('imported', 700, 10)));
    assert.deepEqual(await faded(), []);
    const later = new Date(NOW.getTime() + 110 * DAY);
    assert.ok((await faded(later)).includes('ann 1 achievement/imported'));
  });

  it('is not what was recalled lately, by whichever of its occurrences', async () => {
    const { log, run, faded, idOf } = await remembering((log) => {
      for (const player of ['ann', 'bob'])
        log.tell(`player-${player}`, feat('old', 130), feat('old', 120), feat('other', 120));
    });
    assert.equal((await faded()).length, 4);
    const emotion = { label: 'happy', intensity: 1, valence: 1, arousal: 0, dominance: 0, confidence: 1 };
    const act = { actionId: 'a', causedBy: first.id, action: 'cheer', occasion: 'kill' };
    const recalled = [{ memoryId: await idOf('ann', 'old'), score: 0.5 }];
    const acted = { ...act, at: ago(5), emotion: { ...emotion, source: 'rule' }, recalled };
    log.tell('player-ann', stored('CompanionActed', acted));
    assert.ok(await run.caughtUpWithLog(60_000));
    assert.deepEqual(
      await faded(),
      ['ann 1 achievement/other', 'bob 1 achievement/other', 'bob 2 achievement/old'],
      'of another player it is another memory',
    );
  });

  it('is found in pages of whatever size, each once, each player together', async () => {
    const { pool, faded } = await remembering((log) => {
      for (const player of ['ann', 'bob'])
        for (let nth = 0; nth < 7; nth++)
          log.tell(`player-${player}`, feat(`f${nth}`, nth % 3 === 1 ? 60 : 120));
    });
    const all = await faded();
    assert.equal(all.length, 10);
    for (const page of [1, 2, 3, 5, 8, 100]) assert.deepEqual(await faded(NOW, page), all, `${page}`);
    const players: string[] = [];
    for await (const { playerId } of fadedIn(pool, NOW, 2)) players.push(playerId);
    assert.deepEqual(players, ['ann', 'bob']);
  });

  it('is not what is forgotten already', async () => {
    const { log, run, faded, pool, idOf } = await remembering((log) =>
      log.tell('player-ann', feat('old', 120)),
    );
    const kept = await keptOf(pool, 'ann', await idOf('ann', 'old'));
    log.tell('player-ann', stored('MemoriesForgotten', { ...kept, reason: 'faded', at: ago(1) }));
    assert.ok(await run.caughtUpWithLog(60_000));
    assert.deepEqual(await faded(), []);
  });
});

describe('all that is kept of a memory', () => {
  it('is of whichever occurrence is named, and of that player alone', async () => {
    const { pool } = await remembering((log) => {
      for (const player of ['ann', 'bob']) log.tell(`player-${player}`, feat('old', 20), feat('old', 10));
    });
    const asked = `select id from memories where player_id = 'ann' and key = 'achievement/old' order by revision`;
    const ids = (await pool.query(asked)).rows.map(({ id }) => id);
    assert.equal(ids.length, 2);
    for (const id of ids)
      assert.deepEqual(await keptOf(pool, 'ann', id), { keys: ['achievement/old'], memoryIds: ids });
    assert.equal(await keptOf(pool, 'bob', ids[0]), null);
    assert.equal(await keptOf(pool, 'ann', 'none'), null);
  });
});
