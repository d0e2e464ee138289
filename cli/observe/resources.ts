import { statfs } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Registry } from 'prom-client';
import type { Commands } from '../../commands/connection.redis.js';
import type { Found } from '../../domain/kernel/found.js';
import type { Pool } from '../../projections/database.js';
import { counted, type Finding, type Metrics, standing } from './registries.js';

/** What a thread works with. Threads that have the same are added up. */
export type Resources = {
  thread: 'main' | 'followers';
  pools: Record<string, Pool>;
  caches: Record<string, Found>;
  /** Without Redis there is none. */
  redis?: Commands | undefined;
};

export function watchResources({ thread, pools, caches, redis }: Resources): Metrics {
  const registry = new Registry();
  standing(registry, {
    name: 'postgres_connections',
    help: 'Connections to Postgres, and who waits for one',
    labels: ['pool', 'state'],
    look: () => Object.entries(pools).flatMap(([pool, of]) => connectionsOf(pool, of)),
  });
  standing(registry, {
    name: 'postgres_connections_max',
    help: 'Connections there may be at most',
    labels: ['pool'],
    look: () => Object.entries(pools).map(([pool, of]) => ({ labels: { pool }, value: of.options.max })),
  });
  counted(registry, {
    name: 'cache_requests_total',
    help: 'What was looked for, and whether it was at hand',
    labels: ['cache', 'outcome'],
    look: () => Object.entries(caches).flatMap(([cache, of]) => lookedFor(cache, of)),
  });
  counted(registry, {
    name: 'redis_commands_total',
    help: 'Commands to Redis, by how they ended',
    labels: ['outcome'],
    look: () => Object.entries(redis ?? {}).map(([outcome, value]) => ({ labels: { outcome }, value })),
  });
  const delay = monitorEventLoopDelay();
  delay.enable();
  standing(registry, {
    name: 'event_loop_lag_seconds',
    help: 'How late the event loop of a thread was, in the time since the last look: the 99th of a hundred',
    labels: ['thread'],
    look: () => [{ labels: { thread }, value: lagOf(delay) }],
  });
  return () => registry.getMetricsAsJSON();
}

function connectionsOf(pool: string, { totalCount, idleCount, waitingCount }: Pool): Finding[] {
  const states = { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  return Object.entries(states).map(([state, value]) => ({ labels: { pool, state }, value }));
}

const lookedFor = (cache: string, { hits, misses }: Found): Finding[] => [
  { labels: { cache, outcome: 'hit' }, value: hits },
  { labels: { cache, outcome: 'miss' }, value: misses },
];

/** The library's own has the time between its looks in it. */
function lagOf(delay: ReturnType<typeof monitorEventLoopDelay>): number {
  const ms = delay.percentile(99) / 1e6 - delay.min / 1e6;
  delay.reset();
  return Number.isFinite(ms) ? Math.max(0, ms) / 1_000 : 0;
}

/** The disk of the data folder. */
export function watchDisk(registry: Registry, dir: string): void {
  standing(registry, {
    name: 'disk_bytes',
    help: 'Of the disk that the data folder is on',
    labels: ['state'],
    async look() {
      const { blocks, bavail, bsize } = await statfs(dir);
      return [
        { labels: { state: 'size' }, value: blocks * bsize },
        { labels: { state: 'free' }, value: bavail * bsize },
      ];
    },
  });
}
