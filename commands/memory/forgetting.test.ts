import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { LogEventData } from '../../domain/events/log-events.js';
import { talkOf } from '../../domain/memory/keys.js';
import type { NewEvent } from '../../eventstore/log.js';
import { all, until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { metadataOf } from '../metadata.js';
import { FORGETTING, type Kept, startForgetting } from './forgetting.js';

const STREAM = 'player-ann';
const id = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
const told = (nth: number, type: string, data: object): NewEvent => ({
  id: id(nth),
  type,
  data,
  metadata: metadataOf(type, { correlationId: id(nth), causationId: id(nth), gameId: 'g' }, new Date(0)),
});
const chat = (nth: number, minute: number, also: object = {}) =>
  told(nth, 'ChatMessageReceived', { text: 'sealed:x', at: at(minute), ...also });
const emotion = {
  ...{ label: 'happy', intensity: 0.5, valence: 0.5, arousal: 0.5, dominance: 0.5 },
  ...{ confidence: 1, source: 'rule' },
};
const spoke = (nth: number, minute: number, memoryId: string, causedBy = id(nth)) =>
  told(nth, 'CompanionActed', {
    ...{ actionId: id(nth), causedBy, at: at(minute), emotion, action: 'nod', occasion: 'chat' },
    recalled: [{ memoryId, score: 0.8 }],
  });

describe('a player who asks to forget that', () => {
  let log: ReturnType<typeof memoryLog>;
  let kept: Kept | null;
  let forgetting: ReturnType<typeof startForgetting>;
  const warned: string[] = [];
  beforeEach(() => {
    log = memoryLog();
    kept = null;
    warned.length = 0;
    const keptOf = async () => kept;
    const warn = (message: string) => void warned.push(message);
    forgetting = startForgetting({ log, keptOf, now: () => new Date(0), warn });
  });
  afterEach(() => forgetting.stop());

  const forgotten = async () =>
    (await all(log.readStream(STREAM))).flatMap(({ type, data }) =>
      type === 'MemoriesForgotten' ? [data as LogEventData<'MemoriesForgotten'>] : [],
    );
  const wish = async (...before: NewEvent[]) => {
    await log.append(STREAM, [...before, chat(99, 30, { wishes: 'forget' })], 'any');
    await until(async () => (await log.groupStatus(FORGETTING))?.inFlight === 0);
    return forgotten();
  };

  it('means what the companion spoke of last: all of that memory goes', async () => {
    kept = { keys: ['multi_kill/5'], memoryIds: [id(7), id(8)] };
    const [done, ...others] = await wish(chat(1, 20, { tells: true }), spoke(2, 29, id(7)));
    assert.deepEqual(others, []);
    assert.deepEqual(done, {
      ...{ keys: ['multi_kill/5'], memoryIds: [id(7), id(8)], reason: 'asked', at: at(30), causedBy: id(99) },
    });
  });

  it('goes whole, however often it happened', async () => {
    kept = { keys: ['kill/Jinx'], memoryIds: Array.from({ length: 2_500 }, (_, nth) => id(nth)) };
    const done = await wish(spoke(2, 29, id(7)));
    assert.deepEqual(
      done.map(({ keys, memoryIds }) => [keys, memoryIds.length]),
      [1_000, 1_000, 500].map((count) => [kept!.keys, count]),
    );
    assert.deepEqual(
      done.flatMap(({ memoryIds }) => memoryIds),
      kept.memoryIds,
    );
  });

  it('or what was told last, also when no read model has it yet', async () => {
    const { key, id: memory } = talkOf(id(3), 'ann');
    const [done] = await wish(spoke(2, 20, id(7)), chat(3, 29, { tells: true }), chat(4, 29));
    assert.deepEqual([done!.keys, done!.memoryIds], [[key], [memory]]);
  });

  it('means what was told, not what came to the companion’s mind while it answered', async () => {
    const { key } = talkOf(id(3), 'ann');
    const [done] = await wish(spoke(1, 27, id(8)), chat(3, 29, { tells: true }), spoke(2, 29, id(7), id(3)));
    assert.deepEqual(done!.keys, [key]);
  });

  it('means nothing of long ago, and nothing where nothing was spoken of', async () => {
    assert.deepEqual(await wish(spoke(2, 1, id(7)), chat(3, 2, { tells: true }), chat(4, 29)), []);
  });

  it('is carried out once, also by another instance that is given the wish again', async () => {
    kept = { keys: ['k'], memoryIds: [id(7)] };
    await wish(spoke(2, 29, id(7)));
    await forgetting.stop();
    const again = startForgetting({ log, keptOf: async () => kept, now: () => new Date(9), warn: () => {} });
    await log.append(STREAM, [chat(100, 31)], 'any');
    await until(async () => (await log.groupStatus(FORGETTING))?.inFlight === 0);
    await again.stop();
    assert.equal((await forgotten()).length, 1);
  });
});
