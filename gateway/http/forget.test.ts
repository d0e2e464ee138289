import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Kept } from '../../commands/memory/forgetting.js';
import { reject } from '../../domain/kernel/rejection.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { aGame, aPlayer, aStudio, call, type Studio, type TestPlayer } from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';
import { Refused } from './problems.js';

let log: MemoryLog;
let engine: TestEngine;
let studio: Studio;
let player: TestPlayer;
let other: TestPlayer;
let away = false;
const asked: string[] = [];

/** What read models have: a player's memories, until the log says that they are forgotten. */
async function keptOf(playerId: string, memoryId: string): Promise<Kept | null> {
  asked.push(playerId);
  if (away)
    throw new Refused(reject('unavailable', 'the database cannot be reached', { retryAfterMs: 1_000 }));
  const gone = forgottenOf(playerId).flatMap(({ memoryIds }) => memoryIds);
  const ids = ['one', 'two'].map((nth) => `${playerId}-${nth}`);
  return ids.includes(memoryId) && !gone.includes(memoryId) ? { keys: ['a/key'], memoryIds: ids } : null;
}
type Forgotten = { keys: string[]; memoryIds: string[]; reason: string; causedBy?: string };
const forgottenOf = (playerId: string) =>
  log.events
    .filter(({ type, stream }) => type === 'MemoriesForgotten' && stream === `player-${playerId}`)
    .map(({ data }) => data as Forgotten);

before(async () => {
  log = memoryLog();
  engine = await startTestEngine(log, { keptOf });
  studio = await aStudio(engine);
  const game = await aGame(engine, studio);
  [player, other] = [await aPlayer(engine, studio, game), await aPlayer(engine, studio, game)];
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const forget = (memoryId: string, headers: Record<string, string> = studio.key, of = player.playerId) =>
  call(engine, `/players/${of}/memories/${memoryId}`, { method: 'DELETE', headers });
const bearer = ({ token }: TestPlayer) => ({ authorization: `Bearer ${token}` });

describe('forgetting one memory', () => {
  it('is refused to whom the player is not: nothing is even looked up', async () => {
    const stranger = await aStudio(engine);
    for (const headers of [stranger.key, bearer(other)]) {
      const { status, body } = await forget(`${player.playerId}-one`, headers);
      assert.deepEqual([status, body.code], [404, 'not_found']);
    }
    assert.equal((await forget(`${player.playerId}-one`, {})).status, 401);
    assert.equal((await forget('one', studio.key, 'nobody')).status, 404);
    assert.deepEqual([asked, forgottenOf(player.playerId)], [[], []]);
  });

  it("says not found of one that is not there, and of another's", async () => {
    for (const id of ['unknown', `${other.playerId}-one`, '%2e%2e']) {
      const { status, body } = await forget(id);
      assert.deepEqual([status, body.code], [404, 'not_found'], id);
    }
    assert.deepEqual(forgottenOf(player.playerId), []);
  });

  it('is unavailable while the database is away, and nothing is half done', async () => {
    away = true;
    const { status, body } = await forget(`${player.playerId}-one`);
    away = false;
    assert.deepEqual([status, body.code], [503, 'unavailable']);
    assert.deepEqual(forgottenOf(player.playerId), []);
  });

  it('forgets all of its occurrences, once; then there is none', async () => {
    const { status, body } = await forget(`${player.playerId}-two`);
    assert.equal(status, 200);
    assert.equal(body.forgotten, 2);
    assert.match(body.position as string, /./);
    const [event, ...more] = forgottenOf(player.playerId);
    assert.deepEqual(more, []);
    const memoryIds = [`${player.playerId}-one`, `${player.playerId}-two`];
    const { keys, reason } = event!;
    assert.deepEqual([keys, event!.memoryIds, reason], [['a/key'], memoryIds, 'asked']);
    assert.equal((await forget(`${player.playerId}-two`)).status, 404);
    assert.equal((await forget(`${player.playerId}-one`)).status, 404);
    assert.equal(forgottenOf(player.playerId).length, 1);
  });

  it('may be asked for by the player', async () => {
    const { status, body } = await forget(`${other.playerId}-one`, bearer(other), other.playerId);
    assert.deepEqual([status, body.forgotten], [200, 2]);
  });
});
