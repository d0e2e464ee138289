import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { openQuota, type QuotaParts, type SharedCount } from './quota.js';

const NOW = '2026-03-15T12:00:00.000Z';

/** A count in this process, as Redis keeps it. */
function countHere(): SharedCount & { counts: Map<string, number>; away: boolean } {
  const counts = new Map<string, number>();
  const here = {
    counts,
    away: false,
    async add(key: string, { count, known, limit }: { count: number; known: number; limit: number }) {
      if (here.away) throw new Error('away');
      const used = Math.max(counts.get(key) ?? 0, known);
      const granted = Math.max(0, Math.min(count, limit - used));
      counts.set(key, used + granted);
      return { granted, used: used + granted };
    },
    async giveBack(key: string, count: number) {
      counts.set(key, (counts.get(key) ?? 0) - count);
    },
  };
  return here;
}

const open = (
  limit: number | null,
  more: Pick<QuotaParts, 'shared' | 'near' | 'passed'> & { now?: () => Date; warned?: string[] } = {},
) => {
  const { warned = [], ...rest } = more;
  const warn = (message: string) => void warned.push(message);
  const quota = openQuota({ limitOf: () => limit, now: () => new Date(NOW), warn, ...rest });
  return quota;
};

describe('a quota', () => {
  it('is what the log held of this month, and what is under way', async () => {
    const quota = open(10);
    quota.begin([
      { clientId: 'c', month: '2026-03', events: 4 },
      { clientId: 'c', month: '2026-02', events: 9 },
      { clientId: 'd', month: '2026-03', events: 9 },
    ]);
    const lease = await quota.take('c', 3);
    assert.equal(lease.granted, 3);
    assert.equal((await quota.take('c', 9)).granted, 3, 'what is under way counts');
  });

  it('learns what was stored and not acknowledged, and takes nothing twice for it', async () => {
    const quota = open(10);
    quota.begin([]);
    (await quota.take('c', 4)).settle(4);
    const left = async () => {
      const { granted, settle } = await quota.take('c', 100);
      settle(0);
      return granted;
    };
    const learn = (events: number) => quota.learn([{ clientId: 'c', month: '2026-03', events }]);
    learn(3);
    assert.equal(await left(), 6, 'what the log held some seconds ago is less than what is known');
    learn(4);
    assert.equal(await left(), 6);
    learn(5);
    assert.equal(await left(), 5);
  });

  it('gives back what was not stored, and begins anew with each month', async () => {
    let now = NOW;
    const quota = open(10, { now: () => new Date(now) });
    quota.begin([]);
    (await quota.take('c', 10)).settle(3);
    assert.equal((await quota.take('c', 10)).granted, 7);
    now = '2026-04-01T00:00:00.000Z';
    assert.equal((await quota.take('c', 10)).granted, 10);
    (await quota.take('c', 10)).settle(0);
  });

  it('holds nobody back before it is known what was used, or how much there is', async () => {
    const quota = open(1);
    assert.equal((await quota.take('c', 5)).granted, 5);
    quota.begin([]);
    assert.equal((await quota.take('c', 5)).granted, 0, 'those five count');
    const unknown = open(null);
    unknown.begin([]);
    assert.equal((await unknown.take('c', 5)).granted, 5);
  });

  it('counts nothing twice where it begins late', async () => {
    const quota = open(100);
    const counted = [{ clientId: 'c', month: '2026-03', events: 60 }];
    quota.learn(counted);
    quota.begin(counted);
    assert.equal((await quota.take('c', 50)).granted, 40);
  });
});

describe('a quota that instances share', () => {
  it('is never passed, and never lost, whoever takes of it in whatever order', async () => {
    const asks = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 9 }), fc.nat(9)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(asks, fc.integer({ min: 1, max: 60 }), async (of, limit) => {
        const shared = countHere();
        const instances = [0, 1, 2].map(() => open(limit, { shared }));
        for (const instance of instances) instance.begin([]);
        let total = 0;
        for (const [nth, count, failing] of of) {
          const lease = await instances[nth]!.take('c', count);
          const written = Math.min(lease.granted, failing);
          total += written;
          lease.settle(written);
          await new Promise(setImmediate);
        }
        assert.ok(total <= limit, `${total} of ${limit}`);
        const rest = await instances[0]!.take('c', 1_000);
        assert.equal(total + rest.granted, limit, 'what was given back is there again');
      }),
      { numRuns: 40 },
    );
  });

  it('comes back after its count was lost, from what the log holds', async () => {
    const shared = countHere();
    const quota = open(10, { shared });
    quota.begin([]);
    (await quota.take('c', 6)).settle(6);
    shared.counts.clear();
    assert.equal((await quota.take('c', 10)).granted, 4);
  });

  it('is counted by each for itself while the count is away, and that is said once', async () => {
    const shared = countHere();
    const warned: string[] = [];
    const quota = open(10, { shared, warned });
    quota.begin([]);
    shared.away = true;
    assert.equal((await quota.take('c', 6)).granted, 6);
    assert.equal((await quota.take('c', 6)).granted, 4);
    assert.deepEqual(warned, ['quotas are counted by each instance for itself']);
  });

  it('far from its end asks nobody, and is not passed either', async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    t.after(() => mock.timers.reset());
    // More than three instances store in the second and a quarter in which one may not have heard of the others.
    const near = 130;
    const asks = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 9 }), fc.nat(9)), {
      minLength: 50,
      maxLength: 150,
    });
    await fc.assert(
      fc.asyncProperty(asks, fc.integer({ min: 1, max: 500 }), async (of, limit) => {
        let time = 0;
        const shared = countHere();
        const instances = [0, 1, 2].map(() => open(limit, { shared, near, passed: () => time }));
        for (const instance of instances) instance.begin([]);
        let total = 0;
        for (const [nth, count, failing] of of) {
          const lease = await instances[nth]!.take('c', count);
          const written = Math.min(lease.granted, failing);
          total += written;
          lease.settle(written);
          time += 100;
          mock.timers.tick(100);
          await new Promise(setImmediate);
        }
        assert.ok(total <= limit, `${total} of ${limit}`);
        mock.timers.tick(300);
        await new Promise(setImmediate);
        time += 2_000;
        const rest = await instances[0]!.take('c', 1_000);
        assert.equal(total + rest.granted, limit, 'and all of it can be had');
      }),
      { numRuns: 60 },
    );
  });

  it('asks once a second at most where the end is far, and lets nobody overtake who waits for the answer', async () => {
    const shared = countHere();
    let asked = 0;
    const counting = {
      ...shared,
      add(...ask: Parameters<SharedCount['add']>) {
        asked++;
        return shared.add(...ask);
      },
    };
    let time = 0;
    const quota = open(1_000_000, { shared: counting, passed: () => time });
    quota.begin([]);
    const first = quota.take('c', 1);
    assert.ok(first instanceof Promise && quota.take('c', 1) instanceof Promise);
    await first;
    await new Promise(setImmediate);
    for (let n = 0; n < 100; n++) assert.ok(!(quota.take('c', 1) instanceof Promise));
    assert.equal(asked, 2);
    time += 1_500;
    assert.ok(quota.take('c', 1) instanceof Promise);
  });

  it('goes on from what the log held where others took what they stored with them', async () => {
    const shared = countHere();
    const quota = open(10, { shared });
    quota.begin([]);
    assert.equal((await quota.take('c', 1)).granted, 1);
    quota.learn([{ clientId: 'c', month: '2026-03', events: 7 }]);
    assert.equal((await quota.take('c', 10)).granted, 3);
  });
});
