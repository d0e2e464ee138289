import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Acted } from '../../domain/companion/companion.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { RecallAsk } from '../../domain/memory/recall.js';
import { aRecalled } from '../../domain/memory/testing/recalled.js';
import type { NewEvent } from '../../eventstore/log.js';
import { until } from '../../eventstore/testing/events.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { metadataOf } from '../context.js';
import type { RecallFor, TracedAsk } from '../memory/recall-for.js';
import { aGameEvent } from '../testing/side.js';
import { keptSpans } from '../testing/spans.js';
import { type Tracing, untraced } from '../tracing.js';
import { COMPANIONS, startCompanionReactor } from './companion-reactor.js';

const now = () => new Date('2026-01-01T00:00:00Z');
const memory = aRecalled({ lastAt: '2025-12-24T12:00:00.000Z' });

const newEvent = (type: string, data: unknown, id: string, imported = false): NewEvent => {
  const metadata = metadataOf(type, { correlationId: id, causationId: id }, now());
  return { id, type, data, metadata: { ...metadata, ...(imported && { imported }) } };
};
const registered = () => {
  const who = { clientId: 'c1', gameId: 'g1', externalId: 'sealed:x', persona: 'cute', lang: 'en' };
  return newEvent('PlayerRegistered', who, randomUUID());
};
const happened = (type: string, at: number, { imported = false, nth = 0 } = {}) => {
  const { id: _, ...event } = aGameEvent(type, at, { hero: 'Jinx' });
  return newEvent('GameEventRecorded', event, derivedId(`${nth}`, `${type} ${at}`), imported);
};

const actsIn = (log: MemoryLog) =>
  log.events.filter(({ type }) => type === 'CompanionActed').map(({ data }) => data as Acted);

/** Lives through what is told, one after the other; with all that was asked, and what was warned of. */
async function live(
  log: MemoryLog,
  story: readonly NewEvent[],
  recall: RecallFor,
  tracing: Tracing = untraced,
) {
  const asked: TracedAsk[] = [];
  const warnings: unknown[] = [];
  const recallFor: RecallFor = (ask) => {
    asked.push(ask);
    return recall(ask);
  };
  const warn = (_: string, error: unknown) => void warnings.push(error);
  const reactor = startCompanionReactor({ log, now, warn, recallFor, tracing });
  for (const event of story) await log.append('player-a', [event], 'any');
  const last = log.events.at(-1)!.position;
  await until(() => reactor.position() >= last);
  await reactor.stop();
  assert.equal((await log.groupStatus(COMPANIONS))!.parked, 0);
  return { asked, warnings };
}

const match = (nth = 0) => [happened('session.start', 0, { nth }), happened('match.start', 60, { nth })];

describe('a companion with a memory', () => {
  it('asks at few events, with the place and the moment, and says what it spoke of', async () => {
    const log = memoryLog();
    const kills = Array.from({ length: 50 }, (_, nth) => happened('player.kill', 100 + nth));
    const { asked } = await live(log, [registered(), ...match(), ...kills], async () => [memory]);
    assert.ok(asked.length <= 2, `${asked.length} asked`);
    const [{ playerId, revision, cue }] = asked as [RecallAsk];
    assert.deepEqual([playerId, revision, cue.at], ['a', 1, '2026-01-01T00:00:00.000Z']);
    assert.deepEqual(cue.facts, { what: 'session.start', hero: 'Jinx' });
  });

  it('has a part of the trace for what it recalls and one for what it chooses to say', async () => {
    const { tracing, spans } = keptSpans();
    const [greeted, silent] = [happened('session.start', 0), happened('player.loot', 1)];
    for (const event of [greeted, silent]) event.metadata.traceparent = 'append';
    const told = [registered(), greeted, silent, happened('match.start', 60)];
    const { asked } = await live(memoryLog(), told, async () => [], tracing);
    assert.deepEqual(
      asked.map(({ traceparent }) => traceparent),
      ['feel', undefined],
    );
    const below = spans.filter(({ within }) => within === 'feel');
    assert.deepEqual(
      below.map(({ name, about }) => [name, about?.line]),
      [
        ['choose line', 'template'],
        ['append', undefined],
        ['choose line', 'none'],
      ],
    );
  });

  it('writes down what was recalled', async () => {
    const uses = [];
    for (let nth = 0; nth < 12; nth++) {
      const log = memoryLog();
      await live(log, [registered(), ...match(nth)], async () => [memory]);
      uses.push(...actsIn(log).flatMap(({ recalled = [] }) => recalled));
    }
    assert.ok(uses.length > 0);
    for (const use of uses) assert.deepEqual(use, { memoryId: 'a-memory', score: 0.5 });
  });

  it('speaks all the same where its memory hangs or fails, and leaves it alone then', async () => {
    const failing: RecallFor = async () => {
      throw new Error('away');
    };
    const throwing: RecallFor = () => {
      throw new Error('broken');
    };
    const hanging: RecallFor = () => new Promise(() => undefined);
    for (const recall of [failing, throwing, hanging]) {
      const log = memoryLog();
      const { asked, warnings } = await live(log, [registered(), ...match()], recall);
      assert.equal(actsIn(log).filter(({ dialogue }) => dialogue).length, 2);
      assert.equal(asked.length, 1);
      assert.equal(warnings.length, recall === hanging ? 0 : 1, 'that it was slow is nothing to be mended');
    }
  });

  it('tells whom it asks that it no longer waits', async () => {
    let told = false;
    await live(memoryLog(), [registered(), ...match()], ({ signal }) => {
      signal!.addEventListener('abort', () => (told = true));
      return new Promise(() => undefined);
    });
    assert.ok(told);
  });

  it('remembers nothing while it lives through a recording, nor of what it has answered already', async () => {
    const log = memoryLog();
    const recording = ['session.start', 'match.start'].map((type, nth) =>
      happened(type, nth * 60, { imported: true }),
    );
    const imported = await live(log, [registered(), ...recording], async () => [memory]);
    assert.deepEqual(imported.asked, []);
    await live(log, [happened('match.start', 900)], async () => [memory]);
    const before = actsIn(log);
    const forgetful = memoryLog();
    forgetful.events.push(...structuredClone(log.events));
    const again = await live(forgetful, [], async () => [memory]);
    assert.deepEqual(again.asked, []);
    assert.deepEqual(actsIn(forgetful), before);
  });
});
