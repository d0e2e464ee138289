import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derivedId } from '../domain/kernel/ids.js';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { sessions } from './sessions.js';
import { rowsOf } from './testing/folded.js';
import { CLIENT, GAME, gameEvent } from './testing/stories.js';

test('a row a session, as its newest event left it', () => {
  const log = memoryLog();
  const first = gameEvent('session.start', '2026-01-31T23:59:00Z');
  log.tell('player-p1', first, gameEvent('player.kill', '2026-02-01T00:00:00.500Z'));
  log.tell('player-p1', gameEvent('player.death', '2026-02-01T00:00:00Z'));
  log.tell('player-p2', gameEvent('player.defeat', '2026-02-01T00:00:02Z'));
  log.tell('player-p1', gameEvent('session.end', '2026-02-01T00:00:01.5Z'));
  log.tell('player-p1', gameEvent('player.victory', '2026-02-01T00:00:02Z'));
  const rows = rowsOf(sessions, log.events).sessions!;
  assert.deepEqual(rows[0], {
    player_id: 'p1',
    at: '2026-01-31T23:59:00.000Z',
    session_id: derivedId(first.id, 'session'),
    client_id: CLIENT,
    game_id: GAME,
    last_at: '2026-02-01T00:00:01.500Z',
    ended: true,
    events: 4,
    kills: 1,
    deaths: 1,
    victories: 0,
    defeats: 0,
    seconds: 61.5,
  });
  assert.deepEqual(
    rows.map((row) => [row.player_id, row.events, row.victories, row.defeats, row.ended]),
    [
      ['p1', 4, 0, 0, true],
      ['p2', 1, 0, 1, false],
      ['p1', 1, 1, 0, false],
    ],
  );
});

test('sessions that begin in the same instant are as many rows', () => {
  const log = memoryLog();
  const at = '2026-02-01T00:00:00Z';
  log.tell('player-p1', gameEvent('session.end', at), gameEvent('player.kill', at));
  const rows = rowsOf(sessions, log.events).sessions!;
  assert.deepEqual(
    rows.map(({ at, events }) => [at, events]),
    [
      ['2026-02-01T00:00:00.000Z', 1],
      ['2026-02-01T00:00:00.000Z', 1],
    ],
  );
});

test('what is of no game is no session', () => {
  const log = memoryLog();
  const event = gameEvent('player.kill', '2026-02-01T00:00:00Z');
  log.tell('player-p1', { ...event, metadata: { ...event.metadata, gameId: undefined } } as typeof event);
  assert.deepEqual(rowsOf(sessions, log.events), { sessions: [], session_states: [] });
});
