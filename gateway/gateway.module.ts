import { type DynamicModule, Module } from '@nestjs/common';
import { CommandsModule } from '../commands/commands.module.js';
import type { WriteSide } from '../commands/context.js';
import type { KeptOf } from '../commands/memory/forgetting.js';
import type { Authentication } from './auth/authenticate.js';
import { CallerGuard } from './auth/caller.guard.js';
import type { Tokens } from './auth/player-tokens.js';
import { AuthController } from './http/auth.controller.js';
import { CharactersController } from './http/characters.controller.js';
import { ClientsController } from './http/clients.controller.js';
import { ErasureController } from './http/erasure.controller.js';
import { GamesController } from './http/games.controller.js';
import { PlayController } from './http/play.controller.js';
import { PlayersController } from './http/players.controller.js';
import { VerifyEmailController } from './http/verify-email.controller.js';
import { AUTHENTICATION, CERTIFIED_WITHIN_MS, KEPT_OF, PUSH, TOKENS, USAGE, type Usage } from './tokens.js';
import type { Push } from './ws/push.js';

export type GatewayParts = {
  side: WriteSide;
  authentication: Authentication;
  tokens: Tokens;
  usage: Usage;
  /** What is kept of a player's memory. */
  keptOf: KeptOf;
  push: Push;
  /** So long the answer to an erasure is held for its certificate. */
  certifiedWithinMs?: number;
};

const CERTIFIED_MS = 10_000;

/** What changes something over HTTP. The sockets are served beside it: `serveSockets`. */
@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: Nest names its modules by classes
export class GatewayModule {
  static register({
    side,
    authentication,
    tokens,
    usage,
    keptOf,
    push,
    ...parts
  }: GatewayParts): DynamicModule {
    const { certifiedWithinMs = CERTIFIED_MS } = parts;
    return {
      module: GatewayModule,
      imports: [CommandsModule.register(side)],
      controllers: [
        AuthController,
        VerifyEmailController,
        ClientsController,
        GamesController,
        CharactersController,
        PlayersController,
        ErasureController,
        PlayController,
      ],
      providers: [
        CallerGuard,
        { provide: AUTHENTICATION, useValue: authentication },
        { provide: TOKENS, useValue: tokens },
        { provide: USAGE, useValue: usage },
        { provide: KEPT_OF, useValue: keptOf },
        { provide: PUSH, useValue: push },
        { provide: CERTIFIED_WITHIN_MS, useValue: certifiedWithinMs },
      ],
    };
  }
}
