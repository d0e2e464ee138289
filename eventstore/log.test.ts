import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventStoreDBClient } from '@eventstore/db-client';
import { openEngine } from './embedded/engine/engine.js';
import { temporaryFolder } from './embedded/engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from './embedded/start.js';
import { groupContract, logContract } from './log.contract.js';
import { connectLog } from './log.eventstore.js';
import { LogUnavailable, type PlacedEvent, START } from './log.js';
import { engineLog } from './testing/engine-log.js';
import { all, anEvent, idsOf, someEvents, until } from './testing/events.js';
import { memoryLog } from './testing/memory-log.js';

const cleaners: (() => void)[] = [];
const folder = () => temporaryFolder({ after: (clean) => cleaners.push(clean) });

logContract('the official client over the embedded node', async () => {
  const node = await startEmbeddedNode({ dir: folder() });
  const log = connectLog({ url: node.url });
  const close = async () => {
    await log.close();
    await node.stop();
    for (const clean of cleaners.splice(0)) clean();
  };
  return { log, close };
});

logContract('the engine, without client and wire', async () => {
  const log = engineLog(await openEngine({ dir: folder() }));
  const close = async () => {
    await log.close();
    for (const clean of cleaners.splice(0)) clean();
  };
  return { log, close };
});

for (const contract of [logContract, groupContract]) {
  contract('in memory, for tests', async () => {
    const log = memoryLog();
    return { log, close: () => log.close() };
  });
}

const { EVENTSTORE_URL } = process.env;
if (EVENTSTORE_URL) {
  for (const contract of [logContract, groupContract]) {
    contract('the official client over EVENTSTORE_URL', async () => {
      const log = connectLog({ url: EVENTSTORE_URL });
      return { log, close: () => log.close() };
    });
  }
}

describe('a connection that skips a type of event', () => {
  it('is told of all others, far back and live, and of those that only begin like it', async (t) => {
    const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
    const log = connectLog({ url: node.url, skip: ['Bulk'] });
    const stop = new AbortController();
    t.after(async () => {
      stop.abort();
      await log.close();
      await node.stop();
    });
    const tell = (type: string) => log.append('a', [{ ...anEvent(), type }], 'any');
    for (const type of ['Bulk', 'Act', 'BulkLoaded']) await tell(type);
    const seen: string[] = [];
    const running = (async () => {
      for await (const { events } of log.follow(START, { signal: stop.signal })) {
        seen.push(...events.map(({ type }) => type));
      }
    })();
    await until(() => seen.length === 2);
    for (const type of ['Bulk', 'Spoken']) await tell(type);
    await until(() => seen.includes('Spoken'));
    stop.abort();
    await running;
    assert.deepEqual(seen, ['Act', 'BulkLoaded', 'Spoken']);
  });
});

describe('a log that goes away', () => {
  it('killed under writers and followers, loses nothing, doubles nothing, and both go on', async (t) => {
    const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
    const log = connectLog({ url: node.url, appendWithinMs: 60_000 });
    t.after(async () => {
      await log.close();
      await node.stop();
    });
    const stop = new AbortController();
    const followers = [START, 'end' as const].map((after) => {
      const seen: PlacedEvent[] = [];
      const running = (async () => {
        for await (const { events } of log.follow(after, { signal: stop.signal })) seen.push(...events);
      })();
      return { seen, running };
    });
    const acked: string[] = [];
    const writing = new AbortController();
    const writers = ['a', 'b', 'c', 'd'].map(async (stream) => {
      while (!writing.signal.aborted) {
        const events = someEvents(3);
        const appended = await log.append(stream, events, 'any');
        assert.ok(appended.ok);
        acked.push(...idsOf(events));
      }
    });
    for (let round = 0; round < 2; round++) {
      await killed(node, () => acked.length);
    }
    const soFar = acked.length;
    await until(() => acked.length > soFar + 30);
    writing.abort();
    await Promise.all(writers);
    for (const { seen } of followers) await until(() => seen.length >= acked.length);
    stop.abort();
    await Promise.all(followers.map(({ running }) => running));
    for (const { seen } of followers) {
      assert.equal(new Set(idsOf(seen)).size, seen.length, 'nothing comes twice');
      assert.deepEqual(idsOf(seen).sort(), [...acked].sort(), 'all comes, and only that');
    }
    assert.deepEqual(idsOf(followers[0]!.seen), idsOf(followers[1]!.seen), 'in one order');
    const stored = await Promise.all(['a', 'b', 'c', 'd'].map((stream) => all(log.readStream(stream))));
    assert.equal(stored.flat().length, acked.length);
  });

  it('killed under a reader from here to there, gives all of it, once', async (t) => {
    const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
    const log = connectLog({ url: node.url, appendWithinMs: 60_000 });
    t.after(async () => {
      await log.close();
      await node.stop();
    });
    const events = someEvents(20_000).map((event) => ({ ...event, data: 'x'.repeat(500) }));
    for (let n = 0; n < events.length; n += 1_000) await log.append('a', events.slice(n, n + 1_000), 'any');
    await log.append('b', someEvents(10), 'any');
    const seen: string[] = [];
    let killed = false;
    const range = { upTo: await log.head(), streams: ['a'], signal: new AbortController().signal };
    for await (const batch of log.read(START, range)) {
      seen.push(...idsOf(batch));
      if (!killed) process.kill(node.pid(), 'SIGKILL');
      killed = true;
    }
    assert.deepEqual(seen, idsOf(events));
  });

  it('keeps nothing open of reads that were broken off, and is let go at once', async (t) => {
    const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
    t.after(() => node.stop());
    const made = t.mock.method(EventStoreDBClient, 'connectionString');
    const log = connectLog({ url: node.url });
    const client = made.mock.calls[0]!.result as unknown as { disposableStreams: Set<unknown> };
    for (let n = 0; n < 6; n++) await log.append('s', someEvents(500), 'any');
    for (let n = 0; n < 12; n++) {
      await log.head();
      for await (const _ of log.readStream('s', { backwards: n % 2 === 0 })) break;
      const range = { upTo: 2_000, signal: new AbortController().signal };
      for await (const _ of log.read(START, range)) if (n % 2) break;
      const stop = new AbortController();
      for await (const _ of log.follow(START, { signal: stop.signal, maxBatch: 2 })) stop.abort();
    }
    // One call for appends, one that all followers share.
    await until(() => client.disposableStreams.size <= 2);
    await log.close();
  });

  it('says that it is unavailable within its time, for appends and for reads', async () => {
    const troubles: unknown[] = [];
    const log = connectLog({
      url: 'esdb://127.0.0.1:1?tls=false&maxDiscoverAttempts=1',
      appendWithinMs: 100,
      onTrouble: (error) => troubles.push(error),
    });
    await assert.rejects(log.append('s', [anEvent()], 'any'), LogUnavailable);
    await assert.rejects(all(log.readStream('s')), LogUnavailable);
    const range = { upTo: 1, signal: new AbortController().signal };
    await assert.rejects(all(log.read(START, range)), LogUnavailable);
    const stop = new AbortController();
    const following = all(log.follow(START, { signal: stop.signal }));
    await until(() => troubles.length > 0);
    stop.abort();
    assert.deepEqual(await following, []);
    await log.close();
  });
});

async function killed(node: EmbeddedNode, count: () => number): Promise<void> {
  const soFar = count();
  await until(() => count() > soFar + 60);
  const pid = node.pid();
  process.kill(pid, 'SIGKILL');
  await until(() => node.pid() !== pid);
}

it('an event is JSON to every program that reads the log, however it was handed to the client', async (t) => {
  const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
  const log = connectLog({ url: node.url });
  const client = EventStoreDBClient.connectionString(node.url);
  t.after(async () => {
    await Promise.all([log.close(), client.dispose()]);
    await node.stop();
  });
  const event = { ...anEvent(), data: { said: '太强了 🎉', numbers: [1, 2.5, null] } };
  const large = { ...anEvent(), data: { text: '好'.repeat(300_000) } };
  await log.append('a', [event, large], 'no_stream');
  const read = await all(client.readStream('a'));
  assert.deepEqual(
    read.map((one) => one.event?.isJson),
    [true, true],
  );
  assert.deepEqual([read[0]?.event?.data, read[0]?.event?.metadata], [event.data, event.metadata]);
  assert.deepEqual(read[1]?.event?.data, large.data);
});

it('a stream that is deleted for good is an empty one to who reads it', async (t) => {
  const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
  const log = connectLog({ url: node.url });
  const client = EventStoreDBClient.connectionString(node.url);
  t.after(async () => {
    await Promise.all([log.close(), client.dispose()]);
    await node.stop();
  });
  await log.append('a', someEvents(2), 'no_stream');
  await client.tombstoneStream('a');
  assert.deepEqual(await all(log.readStream('a')), []);
});
