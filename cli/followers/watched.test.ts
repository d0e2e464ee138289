import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { RecallFor, TracedAsk } from '../../commands/memory/recall-for.js';
import { keptSpans } from '../../commands/testing/spans.js';
import { aRecalled } from '../../domain/memory/testing/recalled.js';
import { openWatched } from './watched.js';

const ask: TracedAsk = {
  playerId: 'a',
  revision: 1,
  cue: { at: '2026-01-01T00:00:00Z', facts: {} },
  limit: 1,
};

it('a recall is a part of the trace of what it is for, however it ends, and of none where none is', async () => {
  const { tracing, spans } = keptSpans();
  const recall = (recallFor: RecallFor, more: Partial<TracedAsk> = { traceparent: 'feel' }) =>
    openWatched(tracing)
      .recallFor(recallFor)({ ...ask, ...more })
      .catch(() => undefined);
  await recall(async () => [aRecalled({}), aRecalled({})]);
  await recall(async () => [], { traceparent: 'write line', signal: AbortSignal.abort() });
  await recall(async () => Promise.reject(new Error('away')));
  await recall(async () => [], {});
  assert.deepEqual(spans, [
    { name: 'recall', within: 'feel', about: { outcome: 'ok', found: 2 } },
    { name: 'recall', within: 'write line', about: { outcome: 'late', found: 0 } },
    { name: 'recall', within: 'feel', about: { outcome: 'failed', found: 0 } },
  ]);
});
