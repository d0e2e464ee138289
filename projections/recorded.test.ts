import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnreadableEvent } from '../domain/events/read.js';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { recordedOf } from './recorded.js';
import { gameEvent, stored } from './testing/stories.js';

const placed = (event: ReturnType<typeof stored>) => memoryLog().tell('player-p1-with-dashes', event)[0]!;

test('an event of the log, typed, with its place and its times in one form', () => {
  const event = recordedOf(placed(gameEvent('player.kill', '2024-05-01T12:00:00+02:00')))!;
  assert.equal(event.subject, 'p1-with-dashes');
  assert.equal(event.revision, 0);
  assert.equal(event.position, 1);
  assert.equal(event.type === 'GameEventRecorded' && event.data.at, '2024-05-01T10:00:00.000Z');
});

test('each event is of its own subject, of however many streams', () => {
  const event = placed(gameEvent('player.kill', '2024-05-01T12:00:00Z'));
  const subjectIn = (stream: string) => recordedOf({ ...event, stream })!.subject;
  for (const time of ['once', 'again'])
    for (let nth = 0; nth < 10_001; nth++) assert.equal(subjectIn(`player-${nth}`), `${nth}`, time);
});

test('a type of a newer version is nothing, not an error', () => {
  assert.equal(recordedOf(placed(stored('HologramProjected', { any: 1 }))), null);
});

test('what breaks the shape of its type is unreadable, with the reason', () => {
  const broken = (event: ReturnType<typeof stored>, reason: RegExp) =>
    assert.throws(
      () => recordedOf(placed(event)),
      (error: Error) => error instanceof UnreadableEvent && reason.test(error.message),
    );
  broken(stored('GameEventRecorded', { type: 'player.kill' }), /at: /);
  broken(gameEvent('player.kill', 'yesterday'), /at: not a time/);
  broken(gameEvent('player.kill', '+275760-01-01T00:00:00Z'), /at: not a time/);
  broken(stored('GameDeleted', {}, { recordedAt: 'never' }), /recordedAt: not a time/);
});
