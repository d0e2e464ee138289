import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Registry } from 'prom-client';
import type { WriteSide } from '../../commands/context.js';
import { noQuota, openQuota } from '../../commands/quota/quota.js';
import { watchDoings } from './doings.js';

const LIMIT = 100;

/** Clients in memory, each with so much of a hundred used. */
function told(used: Record<string, number>) {
  const now = () => new Date();
  const quota = openQuota({ limitOf: () => LIMIT, now, warn: () => {} });
  const month = now().toISOString().slice(0, 7);
  quota.begin(Object.entries(used).map(([clientId, events]) => ({ clientId, month, events })));
  const peek = (stream: string) => (stream === 'client-away' ? undefined : { tier: 'free', quota: LIMIT });
  const side = { quota, clients: { peek } } as unknown as WriteSide;
  const registry = new Registry();
  watchDoings(registry, { side, push: { connections: { websocket: 2, sse: 1 } } as never });
  const lines = async () =>
    (await registry.metrics()).split('\n').filter((line) => line.startsWith('agl_quota'));
  return { quota, lines };
}

it('tells of clients whose month is nearly used up, and of no other', async () => {
  const { quota, lines } = told({ far: 79, near: 80, full: 100, away: 90 });
  assert.deepEqual(await lines(), [
    'agl_quota_used_ratio{client="full"} 1',
    'agl_quota_used_ratio{client="near"} 0.8',
    'agl_quota_clients{state="near"} 1',
    'agl_quota_clients{state="used_up"} 1',
  ]);
  const lease = await quota.take('far', 5);
  lease.settle(5);
  assert.ok(
    (await lines()).includes('agl_quota_used_ratio{client="far"} 0.84'),
    'it moves with what is stored',
  );
});

it('names twenty of them, however many there are', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, nth) => [`client ${nth}`, 80 + (nth % 20)]),
  );
  const lines = await told(many).lines();
  assert.equal(lines.filter((line) => line.startsWith('agl_quota_used_ratio')).length, 20);
  assert.ok(
    lines.slice(0, 20).every((line) => line.endsWith(' 0.99')),
    'the nearest',
  );
  assert.ok(lines.includes('agl_quota_clients{state="near"} 500'));
});

it('has nobody to tell of where nobody has a quota', () => {
  assert.deepEqual([...noQuota.used()], []);
});
