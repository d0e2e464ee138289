import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder } from './embedded/engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from './embedded/start.js';
import { type ConnectLog, connectLog } from './log.eventstore.js';
import { type EventLog, LogUnavailable, type PlacedEvent, START } from './log.js';
import { all, anEvent, idsOf, someEvents, until } from './testing/events.js';
import { openProxy } from './testing/proxy.js';

const ROUNDS = process.env.AGL_LONG === '1' ? 5 : 1;

async function aNode(t: TestContext, dir = temporaryFolder(t), port = 0): Promise<EmbeddedNode> {
  const node = await startEmbeddedNode({ dir, port });
  t.after(() => node.stop());
  return node;
}

function aLog(t: TestContext, url: string, options: Partial<ConnectLog> = {}): EventLog {
  const log = connectLog({ url, appendWithinMs: 60_000, ...options });
  t.after(() => log.close());
  return log;
}

const portOf = ({ url }: EmbeddedNode) => Number(new URL(url).port);

/** Appends to some streams, one append after the other in each, until it is stopped; each is acked. */
function writing(log: EventLog, streams: string[]) {
  const acked: string[] = [];
  let on = true;
  const writers = streams.map(async (stream) => {
    while (on) {
      const events = someEvents(2);
      const appended = await log.append(stream, events, 'any');
      assert.ok(appended.ok);
      acked.push(...idsOf(events));
    }
  });
  return {
    acked,
    async stop() {
      on = false;
      await Promise.all(writers);
    },
  };
}

function following(log: EventLog) {
  const stop = new AbortController();
  const seen: PlacedEvent[] = [];
  const running = (async () => {
    for await (const { events } of log.follow(START, { signal: stop.signal })) seen.push(...events);
  })();
  return {
    seen,
    async stop() {
      stop.abort();
      await running;
    },
  };
}

const more = async (of: { length: number }, count = 40) => {
  const soFar = of.length;
  await until(() => of.length > soFar + count);
};

async function killed(node: EmbeddedNode): Promise<void> {
  const pid = node.pid();
  process.kill(pid, 'SIGKILL');
  await until(() => node.pid() !== pid);
}

async function storedIn(log: EventLog, streams: string[]): Promise<string[]> {
  return idsOf((await Promise.all(streams.map((stream) => all(log.readStream(stream))))).flat());
}

describe('several connections in one process', () => {
  it('one whose node is killed harms no other, and nothing that any acked is lost or doubled', async (t) => {
    const [one, two] = await Promise.all([aNode(t), aNode(t)]);
    const logs = [one.url, two.url, two.url].map((url) => aLog(t, url));
    const streams = logs.map((_, n) => [1, 2, 3, 4].map((k) => `s-${n}-${k}`));
    const all = logs.map((log, n) => writing(log, streams[n]!));
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(all.map(({ acked }) => more(acked)));
      await killed(one);
    }
    await Promise.all(all.map(({ acked }) => more(acked)));
    await Promise.all(all.map(({ stop }) => stop()));
    for (const [n, { acked }] of all.entries()) {
      const stored = await storedIn(logs[n]!, streams[n]!);
      assert.deepEqual(stored.toSorted(), acked.toSorted());
    }
  });

  it('a node that hangs under large appends, and is killed with all of them on the way, loses none', async (t) => {
    const node = await aNode(t);
    const log = aLog(t, node.url);
    await log.append('s-0', [anEvent()], 'any');
    process.kill(node.pid(), 'SIGSTOP');
    const events = Array.from({ length: 200 }, () => anEvent({ text: 'x'.repeat(50_000) }));
    const appends = events.map((event, n) => log.append(`s-${n % 20}`, [event], 'any'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await killed(node);
    assert.ok((await Promise.all(appends)).every(({ ok }) => ok));
    const stored = await storedIn(
      log,
      Array.from({ length: 20 }, (_, n) => `s-${n}`),
    );
    assert.deepEqual(stored.toSorted().length, 201);
    assert.equal(new Set(stored).size, 201);
  });
});

describe('an append whose answer is lost', () => {
  async function losing(t: TestContext) {
    const node = await aNode(t);
    const proxy = await openProxy(portOf(node));
    t.after(() => proxy.close());
    const log = aLog(t, `esdb://127.0.0.1:${proxy.port}?tls=false`);
    const direct = aLog(t, node.url);
    const first = await log.append('s', someEvents(3), 'no_stream');
    assert.ok(first.ok);
    return { proxy, log, direct, head: first.revision };
  }

  it('is known when it is sent again expecting exact, though others have appended since', async (t) => {
    const { proxy, log, direct, head } = await losing(t);
    const events = someEvents(2);
    proxy.mute();
    const appending = log.append('s', events, head);
    await until(async () => (await all(direct.readStream('s'))).length === 5);
    await direct.append('s', someEvents(1), 'any');
    proxy.cut();
    const appended = await appending;
    assert.ok(appended.ok);
    assert.equal(appended.revision, head + 2);
    const stored = await all(direct.readStream('s'));
    assert.equal(stored.length, 6);
    assert.deepEqual(idsOf(stored.slice(3, 5)), idsOf(events));
  });

  it('is refused when it is sent again expecting exact, and had been refused before', async (t) => {
    const { proxy, log, direct, head } = await losing(t);
    await direct.append('s', someEvents(1), head);
    proxy.mute();
    const appending = log.append('s', someEvents(2), head);
    await new Promise((resolve) => setTimeout(resolve, 200));
    proxy.cut();
    assert.deepEqual(await appending, { ok: false, reason: 'wrong_expected_version' });
    assert.equal((await all(direct.readStream('s'))).length, 4);
  });
});

describe('a log that stays away', () => {
  it('is answered at once, says so once, and takes appends again by itself', async (t) => {
    const dir = temporaryFolder(t);
    const node = await startEmbeddedNode({ dir });
    const port = portOf(node);
    const told: string[] = [];
    const onBreaker = (state: string) => told.push(state);
    const log = aLog(t, node.url, { appendWithinMs: 300, onBreaker });
    await log.append('s', [anEvent()], 'any');
    assert.equal(log.health().breaker, 'closed');
    await node.stop();
    // Nothing opens it while nobody asks: on a busy machine one append may fail too seldom.
    await until(async () => {
      await assert.rejects(log.append('s', [anEvent()], 'any'), LogUnavailable);
      return log.health().breaker === 'open';
    });
    for (let n = 0; n < 1_000; n++) {
      await assert.rejects(log.append('s', [anEvent()], 'any'), /cannot be reached since .*: .*ECONNREFUSED/);
    }
    await assert.rejects(all(log.readStream('s')), LogUnavailable);
    assert.match(log.health().trouble!.reason, /ECONNREFUSED/);
    await aNode(t, dir, port);
    await until(() => log.health().breaker === 'half_open');
    assert.ok((await log.append('s', [anEvent()], 'any')).ok);
    assert.deepEqual(log.health(), { breaker: 'closed', trouble: null, underWay: 0, waiting: 0 });
    assert.deepEqual(told, ['open', 'closed']);
    assert.equal((await all(log.readStream('s'))).length, 2);
  });

  it('lets callers that wait for it go when it opens, however many there are', async (t) => {
    const log = aLog(t, 'esdb://127.0.0.1:1?tls=false', { appendWithinMs: 200 });
    const appends = Array.from({ length: 3_000 }, (_, n) => log.append(`s-${n}`, [anEvent()], 'any'));
    const outcomes = await Promise.allSettled(appends);
    assert.ok(outcomes.every((one) => one.status === 'rejected' && one.reason instanceof LogUnavailable));
    const { underWay, waiting } = log.health();
    assert.deepEqual([underWay, waiting], [0, 0]);
  });
});

describe('more than one node', () => {
  it('of which one is dead: the other is found', async (t) => {
    const node = await aNode(t);
    const log = aLog(t, `kurrentdb://127.0.0.1:1,127.0.0.1:${portOf(node)}?tls=false`);
    assert.ok((await log.append('s', [anEvent()], 'any')).ok);
    assert.equal((await all(log.readStream('s'))).length, 1);
    assert.ok((await log.head()) > START);
  });

  it('another takes over with the same log: followers and appends go on, without gap or double', async (t) => {
    const dir = temporaryFolder(t);
    const spare = await startEmbeddedNode({ dir });
    const ports = [0, portOf(spare)];
    await spare.stop();
    let serving = await startEmbeddedNode({ dir });
    ports[0] = portOf(serving);
    t.after(() => serving.stop());
    const log = aLog(t, `esdb://127.0.0.1:${ports[0]},127.0.0.1:${ports[1]}?tls=false`);
    const streams = ['a', 'b', 'c'];
    const writers = writing(log, streams);
    const follower = following(log);
    for (const next of [1, 0]) {
      await more(writers.acked);
      process.kill(serving.pid(), 'SIGKILL');
      await serving.stop();
      serving = await startEmbeddedNode({ dir, port: ports[next]! });
    }
    await more(writers.acked);
    await writers.stop();
    await until(() => follower.seen.length >= writers.acked.length);
    await follower.stop();
    assert.deepEqual(idsOf(follower.seen).sort(), writers.acked.toSorted());
    const stored = (await storedIn(log, streams)).sort();
    assert.deepEqual(stored, writers.acked.toSorted());
  });
});
