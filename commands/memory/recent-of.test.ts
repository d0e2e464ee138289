import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LogUnavailable, type ReadStream, type StoredEvent } from '../../eventstore/log.js';
import { all, anEvent, someEvents } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { type RecentEvents, recentInProcess } from './recent-events.js';
import { recentOf } from './recent-of.js';
import { revisionsOf } from './testing/streams.js';

const ANN = 'player-ann';

/** A log that holds so much of Ann, and what was asked of it. */
function opened(length: number, recent: RecentEvents = recentInProcess(), clock = () => 0) {
  const log = memoryLog();
  const events = length === 0 ? [] : log.tell(ANN, ...someEvents(length));
  const warned: string[] = [];
  const reads: (ReadStream | undefined)[] = [];
  const readStream: typeof log.readStream = (stream, options) => {
    reads.push(options);
    return log.readStream(stream, options);
  };
  const warn = (message: string) => void warned.push(message);
  return { log, events, warned, reads, ...recentOf({ log: { ...log, readStream }, recent, warn, clock }) };
}

/** A store that answers as one is told to, and how often it was asked. */
function store(answer: () => Promise<never>) {
  const asked = { times: 0 };
  const ask = () => {
    asked.times++;
    return answer();
  };
  return { asked, push: ask, last: ask, forget: ask, count: ask } satisfies RecentEvents & { asked: object };
}
const failing = () => Promise.reject(new Error('away'));
const hanging = () => new Promise<never>(() => {});

describe('what happened last', () => {
  it('comes from memory when all of it was noted, and from the log when not: then it is noted', async () => {
    const { events, reads, note, lastEvents } = opened(300);
    note(events.slice(0, 250));
    assert.deepEqual(await lastEvents(ANN, 249), events.slice(150, 250));
    assert.equal(reads.length, 0);
    assert.deepEqual(await lastEvents(ANN, 299), events.slice(200));
    assert.deepEqual(reads, [{ from: 299, backwards: true, max: 100 }]);
    assert.deepEqual(await lastEvents(ANN, 299), events.slice(200));
    assert.equal(reads.length, 1);
  });

  it('of a player of whom the log knows nothing is nothing', async () => {
    assert.deepEqual(await opened(0).lastEvents(ANN, 5), []);
  });

  it('is not to be had while neither knows', async () => {
    const { log, lastEvents } = opened(3);
    log.faults.beforeRead = () => {
      throw new LogUnavailable('away');
    };
    await assert.rejects(lastEvents(ANN, 2), LogUnavailable);
  });

  it('is noted of many players at once, each his own', async () => {
    const { log, reads, note, lastEvents } = opened(2);
    const streams = Array.from({ length: 200 }, (_, nth) => `player-${nth}`);
    for (const stream of streams) log.tell(stream, ...someEvents(2));
    note(log.events);
    for (const stream of streams) assert.deepEqual(revisionsOf(await lastEvents(stream, 1)), [0, 1]);
    assert.equal(reads.length, 0);
  });
});

describe('a stream read through the memory', () => {
  const place = fc.record({ from: fc.nat(320), max: fc.option(fc.nat(260), { nil: undefined }) });

  it('is the stream of the log, whatever of it was noted and wherever it is read from', async () => {
    const noted = fc.array(fc.record({ from: fc.nat(320), count: fc.nat(160) }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(310),
        noted,
        fc.array(place, { minLength: 1 }),
        async (length, parts, reads) => {
          const { log, events, note, readStream } = opened(length);
          for (const { from, count } of parts) note(events.slice(from, from + count));
          for (const { from, max } of reads) {
            const options = { from, backwards: true, ...(max !== undefined && { max }) };
            assert.deepEqual(await all(readStream(ANN, options)), await all(log.readStream(ANN, options)));
          }
          assert.deepEqual(await all(readStream(ANN, { from: 3, max: 5 })), events.slice(3, 8));
          assert.deepEqual(
            await all(readStream(ANN, { backwards: true, max: 2 })),
            events.slice(-2).reverse(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('asks the log for what lies further back alone, and only when that is read', async () => {
    const { events, reads, note, readStream } = opened(300);
    note(events);
    const back = () => readStream(ANN, { from: 299, backwards: true, max: 5_000 });
    const found: StoredEvent[] = [];
    for await (const event of back()) if (found.push(event) === 100) break;
    assert.deepEqual(reads, []);
    assert.equal((await all(back())).length, 300);
    assert.deepEqual(reads, [{ from: 199, backwards: true, max: 4_900 }]);
  });
});

describe('a memory that fails', () => {
  for (const [how, answer] of Object.entries({ failing, hanging }))
    it(`${how}, is done without, said once, and asked again by one alone`, async () => {
      const recent = store(answer);
      let now = 0;
      const { events, warned, note, lastEvents } = opened(120, recent, () => now);
      const wanted = events.slice(20);
      const read = () => lastEvents(ANN, 119);
      assert.deepEqual(await Promise.all([read(), read(), read()]), [wanted, wanted, wanted]);
      for (const second of [1, 2, 3]) {
        const { times } = recent.asked;
        now = second * 1_000 - 1;
        note(events);
        assert.deepEqual(await read(), wanted);
        assert.equal(recent.asked.times, times);
        now += 1;
        assert.deepEqual(await Promise.all([read(), read(), read()]), [wanted, wanted, wanted]);
        assert.equal(recent.asked.times, times + 1);
      }
      assert.deepEqual(warned, ['the short-term memory does not answer: the log is read instead']);
    });

  it('is used again when it answers, and said again when it fails anew, once a minute at most', async () => {
    const kept = recentInProcess();
    let [away, now] = [true, 0];
    const unlessAway = <T>(ask: () => Promise<T>) => (away ? failing() : ask());
    const recent: RecentEvents = {
      push: (stream, some) => unlessAway(() => kept.push(stream, some)),
      last: (stream, upTo) => unlessAway(() => kept.last(stream, upTo)),
      forget: (stream) => unlessAway(() => kept.forget(stream)),
      count: kept.count,
    };
    const { events, warned, reads, note, lastEvents } = opened(120, recent, () => now);
    for (const said of [1, 1, 2]) {
      away = true;
      await lastEvents(ANN, 119);
      assert.equal(warned.length, said);
      now += 30_000;
      away = false;
      note(events);
      await new Promise((resolve) => setImmediate(resolve));
      const before = reads.length;
      assert.deepEqual(await lastEvents(ANN, 119), events.slice(20));
      assert.equal(reads.length, before);
    }
  });

  it('of who was erased is kept no more, whoever is told first, and however late others read what was before', async () => {
    for (const told of ['by somebody', 'by the log'] as const) {
      const recent = recentInProcess();
      const { log, events, note, forget, lastEvents } = opened(120, recent);
      note(events);
      assert.equal(await recent.count(ANN), 120);
      if (told === 'by somebody') forget(ANN);
      else note(log.tell(ANN, { ...anEvent(), type: 'PlayerErased' }));
      assert.equal(await recent.count(ANN), 0);
      note(events);
      assert.deepEqual(await lastEvents(ANN, 119), events.slice(20));
      assert.equal(await recent.count(ANN), 0);
    }
  });

  it('takes no more than there is room for on the way', async () => {
    const recent = store(hanging);
    const { events, note } = opened(500, recent);
    for (let again = 0; again < 1_000; again++) note(events);
    assert.equal(recent.asked.times, 20);
  });
});
