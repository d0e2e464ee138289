import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { activity } from './activity.js';
import { rowsOf } from './testing/folded.js';
import { CLIENT, GAME, gameEvent } from './testing/stories.js';

test('a day is one of the game, in UTC; a player began with the earliest event, whenever it was told', () => {
  const log = memoryLog();
  log.tell('player-p1', gameEvent('player.kill', '2026-02-02T00:30:00+01:00'));
  log.tell('player-p1', gameEvent('player.kill', '2026-02-01T23:59:59.999Z'));
  log.tell('player-p1', gameEvent('player.kill', '2026-02-02T00:00:00Z'));
  log.tell('player-p1', gameEvent('player.kill', '2026-01-20T10:00:00Z'));
  log.tell('player-p2', gameEvent('player.kill', '2026-02-01T10:00:00Z'));
  const of = { client_id: CLIENT, game_id: GAME };
  const { activity_days: days, activity_players: began } = rowsOf(activity, log.events);
  assert.deepEqual(days, [
    { ...of, player_id: 'p1', at: '2026-02-01T00:00:00.000Z', events: 2 },
    { ...of, player_id: 'p1', at: '2026-02-02T00:00:00.000Z', events: 1 },
    { ...of, player_id: 'p1', at: '2026-01-20T00:00:00.000Z', events: 1 },
    { ...of, player_id: 'p2', at: '2026-02-01T00:00:00.000Z', events: 1 },
  ]);
  assert.deepEqual(began, [
    { ...of, player_id: 'p1', first_at: '2026-01-20T10:00:00.000Z' },
    { ...of, player_id: 'p2', first_at: '2026-02-01T10:00:00.000Z' },
  ]);
});
