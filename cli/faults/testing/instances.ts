import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startRedis, type TestRedis } from '../../../commands/voice/testing/redis.js';
import { type EmbeddedNode, startEmbeddedNode } from '../../../eventstore/embedded/start.js';
import { openProxy, type Proxy as Wire } from '../../../eventstore/testing/proxy.js';
import { postmasterPid } from '../../../projections/embedded-postgres/postmaster.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../projections/embedded-postgres/start.js';
import { putCluster } from '../../../projections/testing/cluster.js';
import {
  cleanUp,
  type Engine,
  freePort,
  type RunOptions,
  startEngine,
  temporaryFolder,
} from './processes.js';

export const ADMIN_KEY = 'the admin key of these tests';

/** What instances share: an event store, a Postgres and a Redis, each a process of its own, and wires to them. */
export type Shared = {
  node: EmbeddedNode;
  redis: TestRedis;
  database: string;
  /** An instance by its name, which has a folder of its own; started anew it is at the same address. */
  start(name: string, how?: { env?: Record<string, string>; wires?: Wires }): Promise<Engine>;
  /** A way to what is shared that can be cut. */
  wires(): Promise<Wires>;
  killRedis(): Promise<void>;
  startRedis(): Promise<void>;
  /** The postmaster as it is now; it is started again by itself. */
  postgres(): Promise<number | null>;
  stop(): Promise<void>;
};

export type Wires = { log: Wire; database: Wire; redis: Wire };

const portOf = (url: string) => Number(new URL(url.replace(/^esdb/, 'http')).port);
const through = (url: string, wire: Wire | undefined) =>
  wire ? url.replace(`:${portOf(url)}`, `:${wire.port}`) : url;

/** `null` where no redis-server is installed. */
export async function openShared(): Promise<Shared | null> {
  let redis = await startRedis();
  if (!redis) return null;
  const { port: redisPort } = redis;
  const dir = temporaryFolder();
  const cluster = join(dir, 'postgres');
  await putCluster(cluster);
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dir: cluster });
  const node = await startEmbeddedNode({ dir: join(dir, 'log') });
  const secret = randomBytes(32).toString('base64');
  const ports = new Map<string, number>();
  const made: Wire[] = [];
  return {
    node,
    redis,
    database: postgres.url,
    async start(name, { env = {}, wires } = {}) {
      const port = ports.get(name) ?? (await freePort());
      ports.set(name, port);
      const options: RunOptions = {
        env: {
          PORT: String(port),
          EVENTSTORE_URL: through(node.url, wires?.log),
          DATABASE_URL: through(postgres.url, wires?.database),
          REDIS_URL: through(redis!.url, wires?.redis),
          AGL_MASTER_KEY: secret,
          AGL_ADMIN_KEY: ADMIN_KEY,
          ...env,
        },
      };
      return startEngine(join(dir, name), options);
    },
    async wires() {
      const [log, database, toRedis] = await Promise.all(
        [portOf(node.url), portOf(postgres.url), redisPort].map(openProxy),
      );
      made.push(log!, database!, toRedis!);
      return { log: log!, database: database!, redis: toRedis! };
    },
    killRedis: () => redis!.kill(),
    async startRedis() {
      redis = await startRedis(redisPort);
    },
    postgres: () => postmasterPid(join(cluster, 'data')),
    async stop() {
      for (const wire of made) wire.close();
      await cleanUp(join(dir, 'none'));
      await Promise.allSettled([node.stop(), postgres.stop(), redis?.stop()]);
      await cleanUp(dir);
    },
  };
}
