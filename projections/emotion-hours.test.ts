import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { projectionNamed, rowsOf } from './testing/folded.js';
import { CLIENT, GAME, gameEvent, play } from './testing/stories.js';

const emotions = projectionNamed('emotions');
const emotionHours = projectionNamed('emotion_hours');

test('an hour holds what its events were felt as, to the thousandth', () => {
  const log = memoryLog();
  log.tell('player-p1', gameEvent('player.victory', '2026-01-01T10:59:59.999Z'));
  log.tell('player-p1', gameEvent('player.victory', '2026-01-01T11:00:00Z'));
  log.tell('player-p2', gameEvent('player.victory', '2026-01-01T11:30:00Z'));
  const felt = rowsOf(emotions, log.events).emotions!;
  const sum = (column: string, of: typeof felt) =>
    of.reduce((sum, row) => sum + Math.round((row[column] as number) * 1000), 0);
  const { label } = felt[0]!;
  assert.ok(felt.every((row) => row.label === label));
  const rows = (of: typeof felt, at: string) => ({
    client_id: CLIENT,
    game_id: GAME,
    at,
    label,
    felt: of.length,
    intensity_thousandths: sum('intensity', of),
    valence_thousandths: sum('valence', of),
  });
  assert.deepEqual(rowsOf(emotionHours, log.events).emotion_hours, [
    rows(felt.slice(0, 1), '2026-01-01T10:00:00.000Z'),
    rows(felt.slice(1), '2026-01-01T11:00:00.000Z'),
  ]);
});

test('the hours of a play add up to what each event was felt as', () => {
  const { events } = play({ players: 3, events: 200, from: '2026-11-20T10:58:00Z' });
  const felt = rowsOf(emotions, events).emotions!;
  const hours = rowsOf(emotionHours, events).emotion_hours!;
  const count = (rows: typeof felt, of: (row: (typeof felt)[0]) => number) => {
    const labels: Record<string, number> = {};
    for (const row of rows) labels[row.label as string] = (labels[row.label as string] ?? 0) + of(row);
    return labels;
  };
  assert.deepEqual(
    count(hours, ({ felt }) => felt as number),
    count(felt, () => 1),
  );
  assert.deepEqual(
    count(hours, (row) => row.valence_thousandths as number),
    count(felt, (row) => Math.round((row.valence as number) * 1000)),
  );
  assert.equal(new Set(hours.map(({ at }) => at)).size, 2);
});
