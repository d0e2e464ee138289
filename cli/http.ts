import type { Server } from 'node:http';
import type { Server as TlsServer } from 'node:tls';
import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CommandsModule } from '../commands/commands.module.js';
import type { WriteSide } from '../commands/context.js';
import { lineOf } from '../commands/voice/line-of.js';
import type { Sounds } from '../commands/voice/sounds.js';
import { turns } from '../commands/voice/turns.js';
import { quotaOf } from '../domain/client/client.js';
import { clientId, streamOf } from '../domain/kernel/ids.js';
import { reject } from '../domain/kernel/rejection.js';
import type { EventLog } from '../eventstore/log.js';
import type { Tokens } from '../gateway/auth/player-tokens.js';
import type { Door } from '../gateway/door.js';
import { GatewayModule } from '../gateway/gateway.module.js';
import { closeApp, openApp } from '../gateway/http/app.js';
import { Refused } from '../gateway/http/problems.js';
import type { Tls } from '../gateway/http/tls.js';
import type { Push } from '../gateway/ws/push.js';
import { usdOn } from '../projections/cost-figures.js';
import { isDatabaseDown } from '../projections/database.js';
import { projections } from '../projections/index.js';
import { momentAt } from '../projections/memory/asked.js';
import { keptOf } from '../projections/memory/kept.js';
import { watchProjections } from '../projections/runner.js';
import { eventsThisMonth } from '../projections/usage.js';
import type { MemoryAsk, ReactorStatus, ReadApiParts } from '../read-api/parts.js';
import { ReadApiModule } from '../read-api/read-api.module.js';
import { today } from '../read-api/terms.js';
import type { Engine } from './engine.js';
import { HealthController, LOG_HEALTH, PARTS, STOPPING, VOICE_HEALTH } from './health.controller.js';
import { partsOf } from './health-parts.js';
import { type Logger, nestLogger } from './logger.js';
import { COST_TODAY, METRICS, MetricsController, PROJECTION_STATUS } from './metrics.controller.js';
import { reactorGroups } from './reactor-groups.js';
import { answersGames, type Settings, UsageError } from './settings.js';
import { renewing, tlsFiles } from './tls.js';

export type Http = {
  server: Server;
  commands: CommandBus;
  /** @returns `http(s)://HOST:PORT` */
  listen(settings: Settings): Promise<string>;
  close(): Promise<void>;
};

export type HttpParts = {
  engine: Engine;
  door: Door;
  tokens: Tokens;
  logger: Logger;
  push: Push;
  /** `null`: nobody speaks here. */
  sounds: Sounds | null;
  tls: Tls | null;
  onBug: (error: unknown) => void;
};

@Module({})
class EngineModule {}

/** What changes something, and what answers questions, by the engine's roles. */
function rooms({ engine, door: { authentication }, tokens, push, sounds }: HttpParts) {
  const { side, stores, settings } = engine;
  if (!answersGames(settings)) return [CommandsModule.register(side)];
  const { pool } = stores;
  const usage = (id: string) => eventsThisMonth(pool, id).catch(later);
  const gateway = GatewayModule.register({
    ...{ side, authentication, tokens, usage, push },
    keptOf: (player, memory) => keptOf(pool, player, memory).catch(later),
  });
  if (!settings.AGL_ROLES.includes('api')) return [gateway];
  const questions = ReadApiModule.register({
    pool: stores.reads,
    writes: pool,
    projections: engine.followers,
    fresh: freshnessOf(engine),
    history: stores.log.readStream,
    reactors: () => reactorsOf(stores.log),
    authenticate: authentication.caller,
    openSealed: side.sealer.open,
    quota: (id) => quotaIn(side, id),
    recalled: (ask) => recalledBy(engine, ask),
    lineOf: linesOf(side),
    soundOf: sounds?.of ?? null,
  });
  return [gateway, questions];
}

/** What is told of the engine itself. */
const ofTheEngine = ({ engine }: HttpParts) => ({
  controllers: [HealthController, MetricsController],
  providers: [
    { provide: PARTS, useValue: partsOf(engine) },
    { provide: STOPPING, useValue: engine.stopping },
    { provide: LOG_HEALTH, useValue: engine.stores.log.health },
    { provide: VOICE_HEALTH, useValue: () => engine.followers.voice().catch(() => null) },
    { provide: PROJECTION_STATUS, useValue: engine.followers.status },
    { provide: METRICS, useValue: [...engine.metrics, engine.followers.metrics] },
    { provide: COST_TODAY, useValue: () => usdOn(engine.stores.pool, today()) },
  ],
});

/** The engine's HTTP server. */
export async function createHttp(parts: HttpParts): Promise<Http> {
  const { logger, onBug, tls } = parts;
  const { settings } = parts.engine;
  const app = await openApp({
    module: { module: EngineModule, imports: rooms(parts), ...ofTheEngine(parts) },
    door: parts.door,
    logger: nestLogger(logger),
    onBug,
    proxies: settings.AGL_TRUSTED_PROXIES,
    tls,
    watch: parts.engine.side.watch,
  });
  const server = app.getHttpServer() as Server;
  const files = tls && tlsFiles(settings);
  const stopRenewing = files ? renewing(server as unknown as TlsServer, files, logger) : () => {};
  return {
    server,
    commands: app.get(CommandBus, { strict: false }),
    listen: (settings) => listen(app, settings),
    close: () => {
      stopRenewing();
      return closeApp(app);
    },
  };
}

/** `at` is of the game's clock: what was not yet told then does not come to mind. */
async function recalledBy({ memory, stores, side }: Engine, { playerId, q, at, kind, limit }: MemoryAsk) {
  const { revision, until } = await momentAt(stores.reads, playerId, at);
  const cue = { at: at ?? side.now().toISOString(), until, facts: {}, ...(kind && { kinds: [kind] }) };
  return memory.recall.recallAt({ playerId, revision, cue, text: q, limit });
}

/** A copy of the database may be behind the one that this process writes. */
const freshnessOf = ({ stores, followers }: Engine): ReadApiParts['fresh'] =>
  stores.reads === stores.pool
    ? followers
    : watchProjections({ log: stores.log, pool: stores.reads, projections });

function later(error: unknown): never {
  if (!isDatabaseDown(error)) throw error;
  throw new Refused(reject('unavailable', 'the database cannot be reached', { retryAfterMs: 1_000 }));
}

/** Who asks for figures gets them also while the log, which knows the tier, cannot be asked. */
const quotaIn = ({ clients }: WriteSide, id: string): Promise<number | null> =>
  clients.state(streamOf.client(clientId(id))).then(quotaOf, () => null);

const LOOKED_FOR = { atOnce: 4, waiting: 128 };

/** Each looks through much of a stream: many at once would keep the others from the log. */
function linesOf(side: WriteSide): ReadApiParts['lineOf'] {
  const inTurn = turns(LOOKED_FOR.atOnce);
  return async (action) => {
    if (inTurn.waiting() < LOOKED_FOR.waiting) return inTurn.take(() => lineOf(side, action));
    throw new Refused(
      reject('unavailable', 'too many lines are looked for at once', { retryAfterMs: 1_000 }),
    );
  };
}

const reactorsOf = (log: EventLog): Promise<ReactorStatus[]> =>
  Promise.all(
    reactorGroups.map(async (group) => {
      const { name } = group;
      const status = await log.groupStatus(group).catch(() => null);
      if (!status) return { name, position: null, inFlight: 0, parked: 0, instances: 0 };
      const { position, inFlight, parked, consumers } = status;
      return { name, position, inFlight, parked, instances: consumers };
    }),
  );

async function listen(app: NestFastifyApplication, { PORT, HOST, AGL_TLS_CERT }: Settings): Promise<string> {
  try {
    // Not Nest's own: it logs the error that is thrown as well.
    await app.getHttpAdapter().getInstance().listen({ port: PORT, host: HOST });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new UsageError(`PORT: ${PORT} on ${HOST} is in use`);
    throw new UsageError(`HOST: ${HOST}:${PORT} cannot be listened on (${code})`);
  }
  const { port } = (app.getHttpServer() as Server).address() as { port: number };
  const scheme = AGL_TLS_CERT ? 'https' : 'http';
  return `${scheme}://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`;
}
