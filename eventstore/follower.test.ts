import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Follower } from './follower.js';
import { type Batch, type PlacedEvent, START } from './log.js';
import { anEvent, until } from './testing/events.js';

/** A log that is an array, whose subscriptions break off when told. */
class FakeLog {
  readonly events: PlacedEvent[] = [];
  subscriptions = 0;
  open = 0;
  private breakers = new Set<() => void>();

  add(count = 1): void {
    for (let n = 0; n < count; n++) {
      const position = this.events.length * 10 + 10;
      this.events.push({ ...anEvent(), stream: 's', revision: this.events.length, position });
    }
    this.wake();
  }

  /** Every subscription ends, by an error or without one. */
  disconnect(): void {
    this.broken++;
    this.wake();
  }

  head = async () => this.events.at(-1)?.position ?? START;

  subscribe = async function* (this: FakeLog, after: number, signal: AbortSignal) {
    this.subscriptions++;
    this.open++;
    const born = this.broken;
    let next = this.events.findIndex(({ position }) => position > after);
    if (next < 0) next = this.events.length;
    try {
      while (!signal.aborted) {
        if (this.broken !== born) {
          if (this.broken % 2) throw new Error('the connection broke');
          return;
        }
        const some = this.events.slice(next, next + 7);
        next += some.length;
        if (some.length > 0) yield some;
        else await this.news(signal);
      }
    } finally {
      this.open--;
    }
  }.bind(this);

  private broken = 0;
  private wake(): void {
    for (const wake of [...this.breakers]) wake();
  }
  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.breakers.delete(done);
        resolve();
      };
      this.breakers.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

function collect(
  follower: Follower,
  after: number | 'end',
  options: { pauseMs?: number; maxBatch?: number } = {},
) {
  const stop = new AbortController();
  const seen: number[] = [];
  const { maxBatch, pauseMs } = options;
  const running = (async () => {
    for await (const batch of follower.follow(after, {
      signal: stop.signal,
      ...(maxBatch && { maxBatch }),
    })) {
      assert.equal(batch.position, batch.events.at(-1)!.position);
      seen.push(...batch.events.map(({ position }) => position));
      if (pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  })();
  return {
    seen,
    async stop() {
      stop.abort();
      await running;
    },
  };
}

const positionsOf = (log: FakeLog, after = 0) =>
  log.events.map(({ position }) => position).filter((position) => position > after);

describe('following the log', () => {
  it('costs one subscription, however many follow', async () => {
    const log = new FakeLog();
    log.add(20);
    const follower = new Follower(log);
    const followers = Array.from({ length: 50 }, () => collect(follower, 'end'));
    await until(() => log.subscriptions === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    log.add(30);
    for (const { seen } of followers) await until(() => seen.length === 30);
    assert.equal(log.subscriptions, 1);
    await Promise.all(followers.map(({ stop }) => stop()));
    await follower.close();
    assert.equal(log.open, 0, 'nothing stays open');
  });

  it('brings who is far back to the ring, and gives the extra subscription up', async () => {
    const log = new FakeLog();
    log.add(40);
    const follower = new Follower(log);
    const late = collect(follower, START);
    await until(() => late.seen.length === 40);
    log.add(5);
    await until(() => late.seen.length === 45);
    assert.deepEqual(late.seen, positionsOf(log));
    await until(() => log.open === 1);
    await late.stop();
    await follower.close();
  });

  it('lets a slow follower fall off the ring and catch up, in order, without loss', async () => {
    const log = new FakeLog();
    const follower = new Follower(log, () => undefined, 8);
    const slow = collect(follower, START, { pauseMs: 2, maxBatch: 4 });
    const quick = collect(follower, START);
    for (let n = 0; n < 40; n++) {
      log.add(5);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => slow.seen.length === 200 && quick.seen.length === 200);
    assert.deepEqual(slow.seen, positionsOf(log));
    assert.deepEqual(quick.seen, positionsOf(log));
    assert.ok(log.subscriptions > 1, 'it did fall off');
    await Promise.all([slow.stop(), quick.stop()]);
    await follower.close();
  });

  it('holds no more than its ring for one that does not move at all, while others go on', async () => {
    const log = new FakeLog();
    const follower = new Follower(log, () => undefined, 50);
    const stop = new AbortController();
    const stuck = follower.follow(START, { signal: stop.signal, maxBatch: 5 });
    const quick = collect(follower, START);
    log.add(5);
    const first = await stuck.next();
    const positions = ({ value }: IteratorResult<Batch, void>) =>
      value!.events.map(({ position }) => position);
    for (let n = 0; n < 200; n++) {
      log.add(20);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => quick.seen.length === 4_005);
    const { ring, waiting } = follower as unknown as {
      ring: { size: number; events: unknown[] };
      waiting: unknown[];
    };
    assert.ok(ring.size <= 50 && ring.events.length <= 101, `${ring.size} of ${ring.events.length}`);
    assert.ok(waiting.length <= 3);
    assert.ok(log.open <= 2, 'and nothing is read ahead for it');
    const late = positions(first);
    while (late.length < 4_005) late.push(...positions(await stuck.next()));
    assert.deepEqual(late, quick.seen);
    stop.abort();
    await stuck.return(undefined);
    await quick.stop();
    await follower.close();
  });

  it('whatever is added and however often the connection breaks: each sees every event once, in order', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ add: fc.integer({ min: 1, max: 12 }) }) },
      { weight: 1, arbitrary: fc.constant({ break: true as const }) },
      { weight: 1, arbitrary: fc.constant({ wait: true as const }) },
    );
    const property = fc.asyncProperty(
      fc.nat(30),
      fc.integer({ min: 1, max: 20 }),
      fc.array(step, { minLength: 1, maxLength: 12 }),
      async (before, capacity, steps) => {
        const log = new FakeLog();
        log.add(before);
        const from = Math.floor(before / 2) * 10;
        const follower = new Follower(log, () => undefined, capacity);
        const starts = [START, from, START];
        const followers = starts.map((after, n) => collect(follower, after, { maxBatch: n * 3 + 1 }));
        for (const one of steps) {
          if ('add' in one) log.add(one.add);
          else if ('break' in one) log.disconnect();
          await new Promise((resolve) => setTimeout(resolve, 'wait' in one ? 3 : 0));
        }
        for (const [n, { seen }] of followers.entries()) {
          const expected = positionsOf(log, starts[n]);
          await until(() => seen.length >= expected.length);
          assert.deepEqual(seen, expected);
        }
        await Promise.all(followers.map(({ stop }) => stop()));
        await follower.close();
        assert.equal(log.open, 0);
      },
    );
    await fc.assert(property, { numRuns: 30 });
  });

  it('ends every follower when it is closed', async () => {
    const follower = new Follower(new FakeLog());
    const one = collect(follower, START);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await follower.close();
    await one.stop();
  });
});
