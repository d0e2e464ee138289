import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEvent, LogEventData } from '../events/log-events.js';
import { fold } from '../kernel/decider.js';
import { Rejection } from '../kernel/rejection.js';
import { FORGOTTEN_AT_ONCE, player } from './player.js';

const registered = {
  type: 'PlayerRegistered',
  data: { clientId: 'c', gameId: 'g', externalId: 'sealed:x', person: 'p1', persona: 'cool', lang: 'en' },
} as LogEvent;
const given = (...events: LogEvent[]) => fold(player, events);

describe('a player', () => {
  const memories: LogEventData<'MemoriesForgotten'> = {
    keys: ['talk/1'],
    memoryIds: ['m1', 'm2'],
    reason: 'asked',
    at: '2026-11-28T18:30:05.000Z',
    causedBy: 'e1',
  };
  const forget = (over: Partial<typeof memories> = {}) =>
    player.decide({ type: 'ForgetMemories', memories: { ...memories, ...over } }, given(registered));

  it('is the same person in every game of the client', () => {
    assert.equal(given(registered).person, 'p1');
  });

  it('has memories forgotten by what names them', () => {
    assert.deepEqual(forget(), [{ type: 'MemoriesForgotten', data: memories }]);
  });

  it('forgets nothing when nothing is named', () => {
    assert.deepEqual(forget({ keys: [], memoryIds: [] }), []);
  });

  it('has a memory of many occurrences forgotten whole, by as many events as that takes', () => {
    const many = Array.from({ length: 2 * FORGOTTEN_AT_ONCE + 1 }, (_, nth) => `${nth}`);
    const events = forget({ memoryIds: many });
    assert.ok(!(events instanceof Rejection));
    const told = events.map(({ data }) => data as typeof memories);
    assert.deepEqual(
      told.map(({ memoryIds }) => memoryIds.length),
      [FORGOTTEN_AT_ONCE, FORGOTTEN_AT_ONCE, 1],
    );
    assert.deepEqual(
      told.flatMap(({ memoryIds }) => memoryIds),
      many,
    );
    assert.ok(told.every(({ keys }) => keys.join() === memories.keys.join()));
  });

  it('refuses what names no whole memory, or too many, and says which field', () => {
    const many = Array(FORGOTTEN_AT_ONCE + 1).fill('x');
    const wrong = [
      [{ keys: [] }, 'bad_frame', 'keys'],
      [{ memoryIds: [] }, 'bad_frame', 'memoryIds'],
      [{ keys: many }, 'too_large', 'keys'],
    ] as const;
    for (const [over, code, field] of wrong) {
      const refused = forget(over as Partial<typeof memories>);
      assert.ok(refused instanceof Rejection);
      assert.deepEqual([refused.code, refused.detail.field], [code, field]);
    }
  });

  it('that nobody knows has none', () => {
    const refused = player.decide({ type: 'ForgetMemories', memories }, player.initial);
    assert.ok(refused instanceof Rejection && refused.code === 'not_found');
  });
});
