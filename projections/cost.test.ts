import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { cost } from './cost.js';
import { forecastFrom } from './forecast.js';
import type { Row } from './projection.js';
import { rowsOf } from './testing/folded.js';
import {
  acted,
  asked,
  CLIENT,
  COST,
  failed,
  GAME,
  MODEL,
  registered,
  usage,
  written,
} from './testing/stories.js';

const AT = '2026-01-01T00:00:00Z';
const free = {
  ...{ calls: 0, input_tokens: 0, cache_write_tokens: 0, cache_read_tokens: 0, output_tokens: 0 },
  nano_usd: 0,
};
const paid = {
  ...{ calls: 1, input_tokens: 600, cache_write_tokens: 20, cache_read_tokens: 1_000, output_tokens: 40 },
  nano_usd: COST,
};
const of = { client_id: CLIENT, game_id: GAME };

test('a line counts on the day of the engine on which it was written; a gesture is no line', () => {
  const log = memoryLog();
  const silent = acted('c', AT);
  delete (silent.data as Row).dialogue;
  const later = acted('d', AT);
  later.metadata.recordedAt = '2026-11-21T00:00:00.000Z';
  const ofCache = acted('e', AT);
  ((ofCache.data as Row).dialogue as Row).source = 'cache';
  log.tell('player-p1', registered(), acted('a', AT));
  log.tell('player-p1', acted('b', '2026-01-02T00:00:00Z'), silent, later, ofCache);
  const plain = { ...of, ...free, scene: '', model: '' };
  assert.deepEqual(rowsOf(cost, log.events).cost_days, [
    { ...plain, day: '2026-11-20', source: 'template', lines: 2 },
    { ...plain, day: '2026-11-21', source: 'template', lines: 1 },
    { ...plain, day: '2026-11-20', source: 'cache', lines: 1 },
  ]);
  const player = { ...of, player_id: 'p1', calls: 0, nano_usd: 0 };
  assert.deepEqual(rowsOf(cost, log.events).cost_player_days, [
    { ...player, at: '2026-11-20T00:00:00.000Z', lines: 3 },
    { ...player, at: '2026-11-21T00:00:00.000Z', lines: 1 },
  ]);
});

test('an act that asks is no line: what follows it is, with what it cost, by scene, model and who wrote it', () => {
  const log = memoryLog();
  const fromCache = { dialogue: { text: 'sealed:x', lang: 'zh', source: 'cache' }, cost: 0 };
  const noUsage = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };
  log.tell('player-p1', registered(), asked('a', AT), written('a', AT), asked('b', AT), written('b', AT));
  log.tell('player-p1', asked('c', AT), written('c', AT, { ...fromCache, usage: noUsage }));
  log.tell('player-p1', asked('d', AT), failed('d', AT, { model: MODEL, usage, cost: COST }));
  log.tell('player-p1', asked('e', AT), failed('e', AT, { reason: 'game_budget' }));
  log.tell('player-p2', asked('f', AT), written('f', AT, { scene: 'chat', model: 'claude-opus-5-5' }));
  log.tell('player-p2', failed('g', AT, { scene: 'recap', dialogue: undefined, model: MODEL, cost: 7 }));
  const [scene, day] = ['first_ever', '2026-11-20'];
  const twice = Object.fromEntries(Object.entries(paid).map(([column, value]) => [column, 2 * value]));
  const { cost_days: days, cost_player_days: players } = rowsOf(cost, log.events);
  assert.deepEqual(days, [
    { ...of, day, source: 'llm', scene, model: MODEL, ...twice, lines: 2 },
    { ...of, day, source: 'cache', scene, model: MODEL, ...free, lines: 1 },
    { ...of, day, source: 'template', scene, model: MODEL, ...paid, lines: 1 },
    { ...of, day, source: 'template', scene, model: '', ...free, lines: 1 },
    { ...of, day, source: 'llm', scene: 'chat', model: 'claude-opus-5-5', ...paid, lines: 1 },
    { ...of, day, source: 'none', scene: 'recap', model: MODEL, ...free, lines: 0, calls: 1, nano_usd: 7 },
  ]);
  const at = '2026-11-20T00:00:00.000Z';
  assert.deepEqual(players, [
    { ...of, at, player_id: 'p1', lines: 5, calls: 3, nano_usd: 3 * COST },
    { ...of, at, player_id: 'p2', lines: 1, calls: 2, nano_usd: COST + 7 },
  ]);
});

test('a month goes on as the last seven days with lines did; today is what it is so far', () => {
  const days = Array.from({ length: 9 }, (_, nth) => ({ day: `2026-02-0${nth + 1}`, nano: (nth + 1) * 1e9 }));
  assert.deepEqual(forecastFrom(days, '2026-02-09'), {
    ...{ month: '2026-02', spentUsd: 45, daysLeft: 19 },
    // The 2nd to the 8th.
    ...{ perDayUsd: 5, usd: 45 + 19 * 5 },
  });
  const gap = days.filter(({ day }) => day < '2026-02-03');
  assert.deepEqual(forecastFrom(gap, '2026-02-28'), {
    ...{ month: '2026-02', spentUsd: 3, daysLeft: 0, perDayUsd: 1.5, usd: 3 },
  });
  // Days of the month before are gone by, and are not spent in this one.
  assert.deepEqual(forecastFrom(days, '2026-03-01'), {
    ...{ month: '2026-03', spentUsd: 0, daysLeft: 30, perDayUsd: 6, usd: 180 },
  });
});

test('a forecast from today alone, from too long ago, and from nothing', () => {
  const today = '2026-12-31';
  assert.deepEqual(forecastFrom([{ day: today, nano: 5 }], today), {
    ...{ month: '2026-12', spentUsd: 5e-9, daysLeft: 0, perDayUsd: 5e-9, usd: 5e-9 },
  });
  const nothing = { month: '2026-12', spentUsd: 0, daysLeft: 30, perDayUsd: null, usd: 0 };
  assert.deepEqual(forecastFrom([{ day: '2026-10-31', nano: 5 }], '2026-12-01'), nothing);
  assert.deepEqual(forecastFrom([], '2026-12-01'), nothing);
});
