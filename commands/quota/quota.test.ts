import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PlacedEvent } from '../../eventstore/log.js';
import { openQuota, type SharedCount } from './quota.js';

const NOW = '2026-03-15T12:00:00.000Z';

const stored = (position: number, clientId = 'c', more: object = {}, recordedAt = NOW): PlacedEvent => ({
  ...{ id: `e${position}`, type: 'GameEventRecorded', stream: 'player-p', revision: position, position },
  data: {},
  metadata: { $correlationId: 'x', $causationId: 'x', schemaVersion: 1, clientId, recordedAt, ...more },
});

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
      return granted;
    },
    async giveBack(key: string, count: number) {
      counts.set(key, (counts.get(key) ?? 0) - count);
    },
  };
  return here;
}

const open = (
  limit: number | null,
  more: { shared?: SharedCount; now?: () => Date; warned?: string[] } = {},
) => {
  const { warned = [], ...rest } = more;
  const warn = (message: string) => void warned.push(message);
  const quota = openQuota({ limitOf: () => limit, now: () => new Date(NOW), warn, ...rest });
  return quota;
};

describe('a quota', () => {
  it('is what the log holds of this month, and what is under way', async () => {
    const quota = open(10);
    quota.begin([
      { clientId: 'c', month: '2026-03', events: 4 },
      { clientId: 'c', month: '2026-02', events: 9 },
      { clientId: 'd', month: '2026-03', events: 9 },
    ]);
    quota.observe(stored(1));
    quota.observe(stored(2, 'c', { imported: true }));
    quota.observe(stored(3, 'c', {}, '2026-02-28T23:59:59.999Z'));
    const lease = await quota.take('c', 3);
    assert.equal(lease.granted, 3);
    assert.equal((await quota.take('c', 3)).granted, 2, 'what is under way counts');
  });

  it('counts what is acknowledged once, whether the log has told of it yet or not', async () => {
    const quota = open(10);
    quota.begin([]);
    const lease = await quota.take('c', 4);
    lease.settle(4, 7);
    const left = async () => {
      const { granted, settle } = await quota.take('c', 100);
      settle(0);
      return granted;
    };
    assert.equal(await left(), 6, 'the log has not told of it');
    for (const position of [4, 5, 6, 7]) quota.observe(stored(position));
    assert.equal(await left(), 6, 'the log has');
  });

  it('gives back what was not stored, and begins anew with each month', async () => {
    let now = NOW;
    const quota = open(10, { now: () => new Date(now) });
    quota.begin([]);
    (await quota.take('c', 10)).settle(3, 3);
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
});

describe('a quota that instances share', () => {
  it('is never passed, and never lost, whoever takes of it in whatever order', async () => {
    const asks = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 9 }), fc.nat(9)), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(asks, fc.integer({ min: 1, max: 60 }), async (of, limit) => {
        const shared = countHere();
        const instances = [0, 1, 2].map(() => open(limit, { shared }));
        for (const instance of instances) instance.begin([]);
        let position = 0;
        let total = 0;
        for (const [nth, count, failing] of of) {
          const lease = await instances[nth]!.take('c', count);
          const written = Math.min(lease.granted, failing);
          total += written;
          position += written;
          lease.settle(written, position);
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
    (await quota.take('c', 6)).settle(6, 6);
    for (const position of [1, 2, 3, 4, 5, 6]) quota.observe(stored(position));
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
});
