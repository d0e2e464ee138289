import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CountedRedis } from '../commands/connection.redis.js';
import type { WriteSide } from '../commands/context.js';
import type { Sounds } from '../commands/voice/sounds.js';
import { tellsOfOneself } from '../domain/memory/telling.js';
import { createTokens } from '../gateway/auth/player-tokens.js';
import { openDoor } from '../gateway/door.js';
import type { Tls } from '../gateway/http/tls.js';
import { addressesBy } from '../gateway/limits/address.js';
import { followForGateway, type Tail } from '../gateway/tail.js';
import { Push } from '../gateway/ws/push.js';
import { type SocketGateway, serveSockets } from '../gateway/ws/server.js';
import { showing } from '../gateway/ws/show.js';
import { migrate } from '../migrations/index.js';
import { builtInElsewhere } from '../projections/embedding/embedder.elsewhere.js';
import { unreadBookOf } from '../projections/emotion-model/models.js';
import { projectionsOf } from '../projections/index.js';
import { makeLive } from '../projections/models.js';
import type { VectorStore } from '../projections/vectors/vectors.js';
import type { Followers } from './followers/followers.js';
import type { MailSetup } from './followers/mails.js';
import { startFollowers } from './followers/thread.js';
import type { VoiceSetup } from './followers/voice.js';
import { keepGraves } from './graves.js';
import { createHttp, type Http } from './http.js';
import type { Logger } from './logger.js';
import { type MemorySide, memorySetup, openMemorySide } from './memory.js';
import { openObserving } from './observe/observing.js';
import type { Metrics } from './observe/registries.js';
import { beginQuota, keepLearning, usageBefore } from './quota.js';
import { openSecrets, type Secrets } from './secrets.js';
import { answersGames, type Settings, UsageError } from './settings.js';
import { openSpeaker } from './speaker.js';
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

type Stop = () => Promise<void>;

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
  const stores = await openStores(settings, logger);
  stops.push(stores.close);
  await migrate(stores.urls.database).catch((error: Error) => {
    throw new UsageError(`${settings.DATABASE_URL ? 'DATABASE_URL: ' : ''}${error.message}`);
  });
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
  const push: Push = new Push(showing(side), side, whispers);
  const followers = startFollowers(
    {
      urls: stores.urls,
      roles: settings.AGL_ROLES,
      logLevel: logger.level,
      dataDir: settings.AGL_DATA_DIR,
      voice: voiceSetup(settings, secrets),
      memory,
      mail: mailSetup(settings, secrets),
      certificateKey: secrets.certificateKey,
      tracing: observing.setup,
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

function voiceSetup(settings: Settings, { keysForPersons, keyForPrompts }: Secrets): VoiceSetup {
  const {
    ANTHROPIC_API_KEY: apiKey,
    ANTHROPIC_BASE_URL: baseURL,
    AGL_LLM_MODEL: model,
    REDIS_URL: redis,
  } = settings;
  return {
    keysForPersons,
    keyForPrompts,
    model,
    ...(apiKey && { anthropic: { apiKey, ...(baseURL && { baseURL }) } }),
    ...(redis && { redis }),
  };
}

function mailSetup(settings: Settings, { keysForPersons, keysForTokens }: Secrets): MailSetup {
  const { AGL_PUBLIC_URL, HOST, PORT, AGL_TLS_CERT, AGL_SMTP_URL: url, AGL_MAIL_FROM: from } = settings;
  const scheme = AGL_TLS_CERT ? 'https' : 'http';
  const publicUrl = (AGL_PUBLIC_URL ?? `${scheme}://${HOST}:${PORT}`).replace(/\/+$/, '');
  return { keysForPersons, keysForTokens, publicUrl, ...(url && from && { smtp: { url, from } }) };
}

/** What is made when it is first used takes as long as a frame may: so before anybody waits for it. */
function warmUp(): void {
  for (const text of ['I live by the sea', '我住在海边']) tellsOfOneself(text);
}

type Around = { push: Push; logger: Logger; stops: Stop[]; tls: Tls | null };

async function serveAll(engine: Engine, { push, logger, stops, tls }: Around): Promise<string> {
  const { settings, side, secrets } = engine;
  const tokens = createTokens(secrets.keysForTokens, side.now);
  const { AGL_LIMIT_ADDRESS: address, AGL_LIMIT_KEY: key, AGL_LIMIT_PLAYER: player } = settings;
  const { adminKeySha256 } = secrets;
  const door = openDoor({
    side,
    tokens,
    adminKeySha256,
    rates: { address, key, player },
    redis: engine.redis,
  });
  const onBug = (error: unknown) => logger.error({ error: String((error as Error).stack ?? error) }, 'a bug');
  const sounds = settings.AGL_ROLES.includes('api') ? openSpeaker(settings, logger) : null;
  stops.push(async () => sounds?.close());
  if (answersGames(settings)) await followLog(engine, { push, logger, stops, sounds });
  const http: Http = await createHttp({ engine, door, tokens, push, logger, sounds, onBug, tls });
  stops.push(http.close);
  if (settings.AGL_ROLES.includes('gateway')) {
    warmUp();
    const parts = {
      ...{ commands: http.commands, side, push, onBug, ...door },
      addressOf: addressesBy(settings.AGL_TRUSTED_PROXIES),
      connectionsMax: settings.AGL_LIMIT_CONNECTIONS,
    };
    const sockets: SocketGateway = serveSockets(http.server, parts);
    stops.push(() => sockets.close());
  }
  stops.push(async () => push.restart());
  const url = await http.listen(settings);
  announce(engine, url, stops);
  // Until whoever shares out the players has noticed that this instance is not ready any more.
  stops.push(() => sleep(settings.AGL_DRAIN_MS));
  return url;
}

/** From now on streams and sockets know of whatever any instance stores; quotas go on from what was stored. */
async function followLog(
  { side, stores, memory }: Engine,
  { push, logger, stops, sounds }: Omit<Around, 'tls'> & { sounds: Sounds | null },
): Promise<void> {
  const onErased = (player: string) => {
    memory.forget(player);
    sounds?.forget();
  };
  const used = await usageBefore(stores.pool);
  const tail: Tail = await followForGateway(stores.log, side, push, onErased);
  stops.push(tail.stop);
  const ended = new AbortController();
  stops.push(async () => ended.abort());
  const { position: from } = push;
  const { signal } = ended;
  void beginQuota(side.quota, used, { log: stores.log, from, logger, signal });
  void keepLearning(side.quota, stores.pool, signal);
}

/** Where the running engine is to be found by the other verbs, on this machine and by this user alone. */
function announce({ settings, stores }: Engine, url: string, stops: Stop[]): void {
  const file = join(settings.AGL_DATA_DIR, 'engine.json');
  const about = { pid: process.pid, instance: randomUUID(), url, ...stores.urls };
  writeFileSync(file, JSON.stringify(about), { mode: 0o600 });
  stops.push(async () => rmSync(file, { force: true }));
}
