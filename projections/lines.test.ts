import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { lines } from './lines.js';
import type { Row } from './projection.js';
import { rowsOf } from './testing/folded.js';
import { asked, lineFailed, lineWritten } from './testing/spoken.js';
import { acted, CLIENT, GAME, registered } from './testing/stories.js';

const AT = '2026-02-01T23:00:00Z';

const rowsFrom = (...events: Parameters<ReturnType<typeof memoryLog>['tell']>[1][]): Row[] => {
  const log = memoryLog();
  log.tell('player-p1', ...events);
  return rowsOf(lines, log.events).companion_lines ?? [];
};

test('what was asked for, and what came of it, under the time of the act', () => {
  const [first, second] = [asked('a', AT), asked('b', AT)];
  const written = lineWritten(first);
  const failed = lineFailed(second, 'too_late');
  const rows = rowsFrom(registered(), first, second, written, failed);
  const about = {
    player_id: 'p1',
    at: '2026-02-01T23:00:00.000Z',
    game_id: GAME,
    client_id: CLIENT,
    action: 'cheer',
  };
  const recorded_at = '2026-11-20T10:00:00.000Z';
  const [one, other] = [first, second].map(({ data }) => (data as Row).actionId);
  const dialogueOf = ({ data }: { data: unknown }) => (data as Row).dialogue;
  assert.deepEqual(rows, [
    { ...about, recorded_at, revision: 1, position: 2, action_id: one, outcome: 'asked' },
    { ...about, recorded_at, revision: 2, position: 3, action_id: other, outcome: 'asked' },
    {
      ...{ ...about, recorded_at, revision: 3, position: 4, action_id: one },
      ...{ outcome: 'written', dialogue: dialogueOf(written) },
    },
    {
      ...{ ...about, recorded_at, revision: 4, position: 5, action_id: other },
      ...{ outcome: 'failed', dialogue: dialogueOf(failed), reason: 'too_late' },
    },
  ]);
});

test('the memories that a line was given are told with it', () => {
  const act = asked('a', AT);
  const { data, ...event } = lineWritten(act);
  const recalled = [{ memoryId: 'm1', score: 0.4 }];
  const [, row] = rowsFrom(act, { ...event, data: { ...(data as Row), recalled } });
  assert.deepEqual(row!.recalled, recalled);
});

test('what a model wrote stays sealed', () => {
  const act = asked('a', AT);
  const [, row] = rowsFrom(act, lineWritten(act));
  assert.match((row!.dialogue as { text: string }).text, /^sealed:/);
});

test('an act that asks for nothing is told of elsewhere', () => {
  assert.deepEqual(rowsFrom(registered(), acted('a', AT)), []);
});
