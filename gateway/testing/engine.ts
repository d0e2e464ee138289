import type { Server } from 'node:http';
import { Module } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { sha256Of } from '../../commands/clients/api-key.js';
import type { WriteSide, WriteSideParts } from '../../commands/context.js';
import type { KeptOf } from '../../commands/memory/forgetting.js';
import { type Reactor, startCompanionReactor } from '../../commands/reactors/companion-reactor.js';
import { writeSideOver } from '../../commands/testing/side.js';
import { openGames, stageOf } from '../../commands/voice/games.js';
import { unwatched, type Watch } from '../../commands/watch.js';
import type { EventLog } from '../../eventstore/log.js';
import { createTokens, type Tokens } from '../auth/player-tokens.js';
import { openDoor } from '../door.js';
import { GatewayModule } from '../gateway.module.js';
import { closeApp, openApp, type Patience } from '../http/app.js';
import { addressesBy } from '../limits/address.js';
import type { Rates } from '../limits/limits.js';
import { followForGateway } from '../tail.js';
import type { ConnectionParts } from '../ws/connection.js';
import { Push } from '../ws/push.js';
import { serveSockets } from '../ws/server.js';
import { showing } from '../ws/show.js';

export type TestEngine = {
  log: EventLog;
  side: WriteSide;
  tokens: Tokens;
  push: Push;
  reactor: Reactor;
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What the engine took for bugs of its own: a test that caused none finds none. */
  bugs: unknown[];
  stop(): Promise<void>;
};

export const ADMIN_KEY = 'agl_admin_for_tests';

@Module({})
class EngineModule {}

export type TestEngineOptions = Pick<ConnectionParts, 'takenWithinMs'> & {
  keptOf?: KeptOf;
  rates?: Partial<Rates>;
  /** Begun with nothing used; nobody is held back without it. */
  quotaBy?: WriteSideParts['quotaBy'];
  connectionsMax?: number;
  ofKeyMax?: number;
  patience?: Patience;
  watch?: Watch;
};

const unlimited: Rates = { address: null, key: null, player: null };

/** The gateway as the engine composes it, over a log that a test gives; without read models. */
export async function startTestEngine(log: EventLog, more: TestEngineOptions = {}): Promise<TestEngine> {
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => void bugs.push(error);
  const {
    keptOf = async () => null,
    rates = {},
    connectionsMax = Number.MAX_SAFE_INTEGER,
    patience,
    ofKeyMax = Number.MAX_SAFE_INTEGER,
    watch = unwatched,
    quotaBy,
    ...slow
  } = more;
  const side = writeSideOver(log, { watch, ...(quotaBy && { quotaBy }) });
  side.quota.begin([]);
  const tokens = createTokens([Buffer.alloc(32, 3)], side.now);
  const adminKeySha256 = sha256Of(ADMIN_KEY);
  const door = openDoor({ side, tokens, adminKeySha256, rates: { ...unlimited, ...rates } });
  const { authentication, limits } = door;
  const push = new Push(showing(side), side, { ofKeyMax });
  const tail = await followForGateway(log, side, push);
  const games = openGames(log);
  const reactor = startCompanionReactor({
    log,
    now: side.now,
    warn: () => undefined,
    stageOf: (id) => stageOf(games, id, false),
  });
  const usage = async () => 0;
  const gateway = GatewayModule.register({
    ...{ side, authentication, tokens, push, usage, keptOf },
    // Nobody carries an erasure out here.
    certifiedWithinMs: 100,
  });
  const module = { module: EngineModule, imports: [gateway] };
  const app = await openApp({ module, door, logger: false, onBug, watch, ...(patience && { patience }) });
  const server = app.getHttpServer() as Server;
  const commands = app.get(CommandBus, { strict: false });
  const sockets = serveSockets(server, {
    ...{ commands, side, authentication, push, limits, onBug, connectionsMax },
    addressOf: addressesBy([]),
    ...slow,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = server.address() as { port: number };
  const stop = async () => {
    push.restart();
    for (const part of [sockets.close, () => closeApp(app), tail.stop, reactor.stop]) await part();
  };
  return { log, side, tokens, push, reactor, url: `http://127.0.0.1:${port}`, bugs, stop };
}
