import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { cost } from './cost.js';
import type { Row } from './projection.js';
import { rowsOf } from './testing/folded.js';
import { acted, CLIENT, GAME, registered } from './testing/stories.js';

test('a line counts on the day of the engine on which it was written; a gesture is no line', () => {
  const log = memoryLog();
  const silent = acted('c', '2026-01-01T00:00:00Z');
  delete (silent.data as Row).dialogue;
  const later = acted('d', '2026-01-01T00:00:00Z');
  later.metadata.recordedAt = '2026-11-21T00:00:00.000Z';
  const ofCache = acted('e', '2026-01-01T00:00:00Z');
  ((ofCache.data as Row).dialogue as Row).source = 'cache';
  log.tell('player-p1', registered(), acted('a', '2026-01-01T00:00:00Z'));
  log.tell('player-p1', acted('b', '2026-01-02T00:00:00Z'), silent, later, ofCache);
  const free = { calls: 0, input_tokens: 0, output_tokens: 0, nano_usd: 0 };
  const of = { client_id: CLIENT, game_id: GAME, ...free };
  assert.deepEqual(rowsOf(cost, log.events).cost_days, [
    { ...of, day: '2026-11-20', source: 'template', lines: 2 },
    { ...of, day: '2026-11-21', source: 'template', lines: 1 },
    { ...of, day: '2026-11-20', source: 'cache', lines: 1 },
  ]);
});
