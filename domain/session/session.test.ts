import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GameEventType } from '../events/game-event.js';
import { SESSION_GAP_MS, type Session, sessionAfter } from './session.js';

const START = Date.parse('2026-01-01T10:00:00Z');
const at = (ms: number) => new Date(START + ms).toISOString();

/** The sessions that a player's events make, each as it ended. */
function sessionsOf(told: [type: GameEventType, ms: number][]): Session[] {
  const sessions = new Map<string, Session>();
  let session: Session | null = null;
  told.forEach(([type, ms], nth) => {
    session = sessionAfter({ id: `e${nth}`, type, at: at(ms) }, session);
    sessions.set(session.id, session);
  });
  return [...sessions.values()];
}

test('a session counts what happened in it', () => {
  const [session, ...more] = sessionsOf([
    ['session.start', 0],
    ['player.kill', 1_000],
    ['player.kill', 2_000],
    ['player.death', 3_000],
    ['player.victory', 4_000],
    ['player.defeat', 5_000],
  ]);
  assert.deepEqual(more, []);
  const { id, ...counted } = session!;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(counted, {
    startedAt: START,
    lastAt: START + 5_000,
    ended: false,
    ...{ events: 6, kills: 2, deaths: 1, victories: 1, defeats: 1 },
  });
});

test('a pause of more than half an hour, an end and a start each make another', () => {
  const told: [GameEventType, number][] = [
    ['player.kill', 0],
    ['player.kill', SESSION_GAP_MS],
    ['player.kill', 2 * SESSION_GAP_MS + 1],
    ['session.end', 2 * SESSION_GAP_MS + 2],
    ['player.kill', 2 * SESSION_GAP_MS + 3],
    ['session.start', 2 * SESSION_GAP_MS + 4],
  ];
  assert.deepEqual(
    sessionsOf(told).map(({ events, ended }) => [events, ended]),
    [
      [2, false],
      [2, true],
      [1, false],
      [1, false],
    ],
  );
});

test('an event told late counts in the session at hand, and moves no time', () => {
  const [session, ...more] = sessionsOf([
    ['session.start', 10_000],
    ['player.kill', 5_000],
  ]);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [session!.startedAt, session!.lastAt, session!.events],
    [START + 10_000, START + 10_000, 2],
  );
});
