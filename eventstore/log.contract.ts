import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { groupPromises } from './group.contract.js';
import type { EventLog, Expected, ReadRange } from './log.js';
import { START } from './log.js';
import { all, anEvent, followed, idsOf, someEvents } from './testing/events.js';

export type LogWithoutGroups = Omit<EventLog, 'consume' | 'groupStatus' | 'parked' | 'replayParked'>;
export type OpenLog<Log = EventLog> = () => Promise<{ log: Log; close(): Promise<void> }>;

const streamName = () => `tested-${randomUUID().replaceAll('-', '')}`;

/** What every adapter of the port promises. Streams get names of their own, so a log that is in use will do. */
export const logContract = (name: string, open: OpenLog<LogWithoutGroups>) =>
  contract(`the event log, ${name}`, open, promises);

export const groupContract = (name: string, open: OpenLog) =>
  contract(`groups of consumers, ${name}`, open, groupPromises);

type Promises<Log> = Record<string, (log: Log) => Promise<void>>;

function contract<Log>(name: string, open: OpenLog<Log>, promises: Promises<Log>): void {
  describe(name, () => {
    let opened: Awaited<ReturnType<OpenLog<Log>>>;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());
    for (const [promise, holds] of Object.entries(promises)) it(promise, () => holds(opened.log));
  });
}

const retryFor = (expected: 'any' | 'no_stream' | 'exact') => async (log: LogWithoutGroups) => {
  const stream = streamName();
  const what = expected === 'exact' ? 0 : expected;
  if (expected === 'exact') await log.append(stream, [anEvent()], 'no_stream');
  const events = someEvents(3);
  const once = await log.append(stream, events, what);
  assert.ok(once.ok);
  await log.append(stream, [anEvent()], 'any');
  assert.deepEqual(await log.append(stream, events, what), once);
  const ids = idsOf(await all(log.readStream(stream)));
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(ids.length, expected === 'exact' ? 5 : 4);
};

const promises: Promises<LogWithoutGroups> = {
  'appends where what is expected is true, and nothing where it is not': async (log) => {
    const stream = streamName();
    const append = (expected: Expected) => log.append(stream, someEvents(2), expected);
    const refused = { ok: false, reason: 'wrong_expected_version' };
    assert.deepEqual(await append('stream_exists'), refused);
    assert.deepEqual(await append(0), refused);
    const first = await append('no_stream');
    assert.ok(first.ok);
    assert.equal(first.revision, 1);
    assert.deepEqual(await append('no_stream'), refused);
    assert.deepEqual(await append(0), refused);
    assert.deepEqual(await append(7), refused);
    const rest = [await append(1), await append('any'), await append('stream_exists')];
    assert.deepEqual(
      rest.map((appended) => appended.ok && appended.revision),
      [3, 5, 7],
    );
    const positions = [first, ...rest].map((appended) => (appended.ok ? appended.position : -1));
    assert.deepEqual(
      positions,
      [...new Set(positions)].sort((a, b) => a - b),
    );
    assert.equal((await all(log.readStream(stream))).length, 8);
  },

  'refuses a batch that it holds in part, and stores none of it twice': async (log) => {
    const stream = streamName();
    const known = anEvent();
    await log.append(stream, [known], 'any');
    assert.equal((await log.append(stream, [known, anEvent()], 'any')).ok, false);
    assert.deepEqual(idsOf(await all(log.readStream(stream))), [known.id]);
  },

  'knows ids by stream': async (log) => {
    const [one, other, event] = [streamName(), streamName(), anEvent()];
    await log.append(one, [event], 'any');
    await log.append(other, [event], 'any');
    assert.deepEqual(idsOf(await all(log.readStream(other))), [event.id]);
  },

  'gives back what it was given': async (log) => {
    const stream = streamName();
    const event = anEvent({ text: '太强了！🎉 "\\', deep: [{ a: [1.5, null, true] }], '': '' });
    const appended = await log.append(stream, [event], 'any');
    const [stored] = await all(log.readStream(stream));
    const { position, ...rest } = stored!;
    assert.deepEqual(rest, { ...event, stream, revision: 0 });
    assert.ok(position === null || (appended.ok && position === appended.position));
  },

  'reads a stream forwards, backwards, from within, and no further than asked': async (log) => {
    const stream = streamName();
    const ids = idsOf(someEvents(0));
    for (const event of someEvents(7)) {
      ids.push(event.id);
      await log.append(stream, [event], 'any');
    }
    const read = async (options?: Parameters<EventLog['readStream']>[1]) =>
      idsOf(await all(log.readStream(stream, options)));
    assert.deepEqual(await read(), ids);
    assert.deepEqual(await read({ from: 4 }), ids.slice(4));
    assert.deepEqual(await read({ from: 2, max: 3 }), ids.slice(2, 5));
    assert.deepEqual(await read({ from: 7 }), []);
    assert.deepEqual(await read({ backwards: true }), ids.toReversed());
    assert.deepEqual(await read({ backwards: true, max: 1 }), [ids[6]]);
    assert.deepEqual(await read({ backwards: true, from: 2 }), [ids[2], ids[1], ids[0]]);
    for await (const event of log.readStream(stream)) if (event.revision === 2) break;
    assert.deepEqual(await read({ max: 1 }), [ids[0]], 'a read that was broken off harms nothing');
  },

  'reads a stream that is not there as an empty one': async (log) => {
    assert.deepEqual(await all(log.readStream(streamName())), []);
    assert.deepEqual(await all(log.readStream(streamName(), { backwards: true, max: 1 })), []);
    assert.deepEqual(await all(log.readStream(streamName(), { from: 5 })), []);
  },

  'keeps only the newest events of a stream when told so': async (log) => {
    const stream = streamName();
    await log.keepNewest(stream, 2);
    const events = someEvents(5);
    for (const event of events) await log.append(stream, [event], 'any');
    assert.deepEqual(idsOf(await all(log.readStream(stream))), idsOf(events.slice(3)));
    const [newest] = await all(log.readStream(stream, { backwards: true, max: 1 }));
    assert.equal(newest!.revision, 4);
  },

  'gives up a stream when told so, again and where there is none, and takes events for it anew': async (
    log,
  ) => {
    const stream = streamName();
    await log.deleteStream(stream);
    await log.append(stream, someEvents(3), 'any');
    await log.deleteStream(stream);
    await log.deleteStream(stream);
    assert.deepEqual(await all(log.readStream(stream)), []);
    const later = someEvents(1);
    assert.ok((await log.append(stream, later, 'any')).ok);
    assert.deepEqual(idsOf(await all(log.readStream(stream))), idsOf(later));
  },

  'tells the position of its newest event': async (log) => {
    const appended = await log.append(streamName(), someEvents(2), 'any');
    assert.ok(appended.ok);
    assert.ok((await log.head()) >= appended.position);
  },

  'is followed from the start, from within and from now on, without gap or double': async (log) => {
    const stream = streamName();
    const mine = (event: { stream: string }) => event.stream === stream;
    const events = someEvents(20);
    const appended = await log.append(stream, events.slice(0, 10), 'any');
    const fromStart = await followed(log, { after: START, count: 10, of: mine, maxBatch: 3 });
    assert.deepEqual(idsOf(fromStart), idsOf(events.slice(0, 10)));
    assert.equal(appended.ok && fromStart.at(-1)!.position, appended.ok && appended.position);
    const within = followed(log, { after: fromStart[4]!.position, count: 15, of: mine });
    const fromNow = followed(log, { after: 'end', count: 10, of: mine });
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const event of events.slice(10)) await log.append(stream, [event], 'any');
    assert.deepEqual(idsOf(await within), idsOf(events.slice(5)));
    assert.deepEqual(idsOf(await fromNow), idsOf(events.slice(10)));
  },

  'shows every follower the same order, that of the positions, under parallel appends': async (log) => {
    const from = await log.head();
    const streams = Array.from({ length: 8 }, streamName);
    const mine = ({ stream }: { stream: string }) => streams.includes(stream);
    const followers = [1, 7, 500].map((maxBatch) =>
      followed(log, { after: from, count: 160, of: mine, maxBatch }),
    );
    const appends = streams.flatMap((stream) =>
      Array.from({ length: 10 }, () => log.append(stream, someEvents(2), 'any')),
    );
    assert.ok((await Promise.all(appends)).every(({ ok }) => ok));
    const [one, ...others] = await Promise.all(followers);
    for (const other of others) assert.deepEqual(idsOf(other), idsOf(one!));
    const positions = one!.map(({ position }) => position);
    assert.deepEqual(
      positions,
      [...new Set(positions)].sort((a, b) => a - b),
    );
    for (const stream of streams) {
      const revisions = one!.filter((event) => event.stream === stream).map(({ revision }) => revision);
      assert.deepEqual(
        revisions,
        revisions.map((_, n) => n),
      );
    }
  },

  'ends a follower when it is told to': async (log) => {
    const stop = new AbortController();
    const following = all(log.follow('end', { signal: stop.signal }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    await following;
    assert.deepEqual(await all(log.follow(START, { signal: AbortSignal.abort() })), []);
  },
  'is read from here to there, by streams and types, and ends though nothing fits any more': async (log) => {
    const [one, other, last] = [streamName(), streamName(), streamName()];
    const from = await log.head();
    const events = someEvents(12).map((event, n) => ({ ...event, type: n % 3 === 0 ? 'Seldom' : 'Tested' }));
    for (const [n, event] of events.entries()) await log.append(n % 2 ? other : one, [event], 'any');
    const end = await log.append(last, someEvents(40), 'any');
    assert.ok(end.ok);
    // What is written later is not of it, however much fits.
    await log.append(one, someEvents(3), 'any');
    const read = async (range: Partial<ReadRange>, after = from) => {
      const whole = { upTo: (end as { position: number }).position, signal: new AbortController().signal };
      return (await all(log.read(after, { ...whole, ...range }))).flat();
    };
    const placed = await read({ streams: [one, other] });
    const upTo = placed[6]!.position;
    const chosen = async (range: Partial<ReadRange>, after = from) => idsOf(await read(range, after));
    const those = (fits: (n: number) => boolean) => idsOf(events.filter((_, n) => fits(n)));
    assert.deepEqual(idsOf(placed), idsOf(events));
    assert.equal((await read({})).length, 52);
    assert.deepEqual(
      await chosen({ streams: [one] }),
      those((n) => n % 2 === 0),
    );
    assert.deepEqual(
      await chosen({ types: ['Seldom'] }),
      those((n) => n % 3 === 0),
    );
    assert.deepEqual(
      await chosen({ streams: [one], types: ['Seldom'] }),
      those((n) => n % 6 === 0),
    );
    assert.deepEqual(
      await chosen({ upTo, streams: [one, other] }),
      those((n) => n <= 6),
    );
    assert.deepEqual(
      await chosen({ upTo, streams: [other] }, placed[1]!.position),
      those((n) => [3, 5].includes(n)),
    );
    assert.deepEqual(await chosen({ types: ['Never'] }), []);
    assert.deepEqual(await chosen({ streams: [streamName()] }), []);
    assert.deepEqual(await chosen({ upTo: from }), []);
    assert.deepEqual(await chosen({ signal: AbortSignal.abort() }), []);
    const beyond = { streams: [one], upTo: Number.MAX_SAFE_INTEGER };
    assert.equal((await read(beyond, placed.at(-1)!.position)).length, 3, 'an end that is not reached yet');
    for await (const _ of log.read(from, { ...beyond, signal: new AbortController().signal })) break;
  },

  'takes a retry under the same ids for done, expecting any': retryFor('any'),
  'takes a retry under the same ids for done, expecting no_stream': retryFor('no_stream'),
  'takes a retry under the same ids for done, expecting exact': retryFor('exact'),
};
