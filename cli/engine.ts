import type { CountedRedis } from '../commands/connection.redis.js';
import type { WriteSide } from '../commands/context.js';
import { Push } from '../gateway/ws/push.js';
import { showing } from '../gateway/ws/show.js';
import { migrate } from '../migrations/index.js';
import { builtInElsewhere } from '../projections/embedding/embedder.elsewhere.js';
import { unreadBookOf } from '../projections/emotion-model/models.js';
import { projectionsOf } from '../projections/index.js';
import { makeLive } from '../projections/models.js';
import { backToEndOf } from '../projections/put-back.js';
import type { VectorStore } from '../projections/vectors/vectors.js';
import type { Followers } from './followers/followers.js';
import { setupOf } from './followers/setup.js';
import { startFollowers } from './followers/thread.js';
import { keepGraves } from './graves.js';
import type { Logger } from './logger.js';
import { type MemorySide, memorySetup, openMemorySide } from './memory.js';
import { openObserving } from './observe/observing.js';
import type { Metrics } from './observe/registries.js';
import { openSecrets, type Secrets } from './secrets.js';
import { serveAll } from './serving.js';
import { type Settings, UsageError } from './settings.js';
import { lockDataDir, makeDataDir, openStores, type Stores } from './stores.js';
import { readTls, tlsFiles } from './tls.js';
import { writeSideOf } from './write-side.js';

export type Engine = {
  settings: Settings;
  side: WriteSide;
  stores: Stores;
  secrets: Secrets;
  followers: Followers;
  /** From a cue to memories, for who asks here. */
  memory: Pick<MemorySide, 'recall' | 'forget'>;
  /** What instances share; `null`: there is but this one. */
  redis: CountedRedis | null;
  vectors: VectorStore;
  /** What Prometheus is told of this side. */
  metrics: readonly Metrics[];
  /** `http(s)://HOST:PORT`; empty when it serves nobody. */
  url: string;
  /** Aborted when it is told to stop. */
  stopping: AbortSignal;
  stop(): Promise<void>;
};

export type Stop = () => Promise<void>;

/** The one composition root: opens the stores, starts what the roles ask for, and serves when asked to. */
export async function startEngine(settings: Settings, logger: Logger, serve = true): Promise<Engine> {
  makeDataDir(settings);
  const stops: Stop[] = [];
  const stopping = new AbortController();
  const stop = async () => {
    stopping.abort();
    for (const part of stops.splice(0).reverse())
      await part().catch((error) => logger.warn({ error }, 'stopping'));
  };
  try {
    const lock = await lockDataDir(settings);
    stops.push(async () => lock.release());
    return await compose({ settings, logger, serve, stops, stop, stopping: stopping.signal });
  } catch (error) {
    await stop();
    throw error;
  }
}

type Composition = { settings: Settings; logger: Logger; serve: boolean; stops: Stop[] } & Pick<
  Engine,
  'stop' | 'stopping'
>;

async function compose({ settings, logger, serve, stops, ...ends }: Composition): Promise<Engine> {
  const files = serve ? tlsFiles(settings) : null;
  const tls = files && readTls(files);
  const observing = await openObserving(settings, logger);
  stops.push(observing.close);
  const stores = await migratedStores(settings, logger, stops);
  await followFromItsEnd(stores, logger);
  await keepGraves(stores);
  const secrets = await openSecrets(settings, stores.pool);
  const memory = memorySetup(settings, secrets.keysForPersons);
  // The followers embed what is remembered: what is asked is embedded there as well.
  const builtIn = () => builtInElsewhere((texts) => followers.embed(texts));
  const memorySide = openMemorySide(memory, { ...stores, logger, builtIn });
  const { index } = memorySide;
  stops.push(memorySide.close);
  // Whoever starts first: a gateway asks what was used, also where no projector has been yet.
  await makeLive(stores.pool, projectionsOf(unreadBookOf(settings.AGL_DATA_DIR), { index }));
  const { side, redis, ...written } = writeSideOf(settings, { stores, secrets, logger, ...observing });
  stops.push(async () => written.close());
  const whispers = written.whispers((playerId, frame) => push.whisper(playerId, frame));
  stops.push(async () => whispers.close());
  const push: Push = new Push(showing(side), side, {
    ...{ whispers, ofKeyMax: settings.AGL_LIMIT_CONNECTIONS_KEY },
  });
  const followers = startFollowers(
    {
      ...setupOf(settings, secrets),
      ...{ urls: stores.urls, logLevel: logger.level, memory, tracing: observing.setup },
    },
    logger,
    whispers.tell,
  );
  stops.push(followers.stop);
  const caches = { ...written.caches, ...memorySide.caches };
  const metrics = observing.metricsOf({ side, push, stores, caches, redis: redis?.commands });
  const engine: Engine = {
    ...{ settings, side, stores, secrets, followers, redis, metrics, ...ends },
    ...{ memory: memorySide, vectors: memorySide.vectors, url: '' },
  };
  if (serve) engine.url = await serveAll(engine, { push, logger, stops, tls });
  return engine;
}

async function followFromItsEnd({ log, pool }: Stores, logger: Logger): Promise<void> {
  const readModels = await backToEndOf(log, pool);
  if (readModels.length > 0)
    logger.warn(
      { readModels },
      'the log ends before what was read of it: one of before was put back. `agl rebuild --all` takes out what it does not tell any more',
    );
}

async function migratedStores(settings: Settings, logger: Logger, stops: Stop[]): Promise<Stores> {
  const stores = await openStores(settings, logger);
  stops.push(stores.close);
  await migrate(stores.urls.database).catch((error: Error) => {
    throw new UsageError(`${settings.DATABASE_URL ? 'DATABASE_URL: ' : ''}${error.message}`);
  });
  return stores;
}
