import { Body, Controller, Delete, Inject, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { WriteSide } from '../../commands/context.js';
import { ConfigureGame, CreateGame, DeleteGame } from '../../commands/games/handlers.js';
import { RegisterPlayer } from '../../commands/players/profile.js';
import { WRITE_SIDE } from '../../commands/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { languageSchema, personaSchema } from '../../sdk/protocol.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { isDeeperThan, MAX_DEPTH } from '../events.js';
import { clients, Operation, studios } from '../openapi/operation.js';
import { game, registeredPlayer } from './answers.js';
import { ownedGame } from './owned.js';
import { Refused } from './problems.js';
import { bodyAs, CallerOf } from './request.js';

const config = z.record(z.string(), z.unknown());
const creation = z.object({ name: z.string().trim().min(1).max(200), config: config.optional() });
const change = z.object({ name: z.string().trim().min(1).max(200).optional(), config: config.optional() });
const registration = z.object({
  externalId: z.string().min(1).max(200),
  persona: personaSchema.default('cheerful'),
  lang: languageSchema.default('zh'),
  displayName: z.string().min(1).max(100).optional(),
});

/** One append takes 1 MiB, and a game is asked for its configuration often. */
const MAX_CONFIG_BYTES = 64 * 1024;

function checked<T extends { config?: Record<string, unknown> | undefined }>(wanted: T): T {
  if (isDeeperThan(MAX_DEPTH, wanted.config))
    throw new Refused(reject('bad_frame', `config is nested deeper than ${MAX_DEPTH}`, { field: 'config' }));
  if (wanted.config && Buffer.byteLength(JSON.stringify(wanted.config)) > MAX_CONFIG_BYTES)
    throw new Refused(reject('too_large', `config is over ${MAX_CONFIG_BYTES} bytes`, { field: 'config' }));
  return wanted;
}

@Controller('games')
@UseGuards(CallerGuard)
export class GamesController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(WRITE_SIDE) private readonly side: WriteSide,
  ) {}

  @Operation({ summary: 'Makes a game', callers: clients, body: creation, answer: game })
  @Post()
  create(@CallerOf() caller: Caller, @Body() body: unknown) {
    const wanted = checked(bodyAs(creation, body));
    if (caller.kind !== 'client') return reject('forbidden', 'games belong to clients: send an X-API-Key');
    return this.commands.execute(new CreateGame(caller.clientId, wanted));
  }

  @Operation({
    summary: 'Changes what a game is called, or its settings',
    callers: studios,
    body: change,
    answer: game,
    errors: ['not_found'],
  })
  @Patch(':gameId')
  async configure(@CallerOf() caller: Caller, @Param('gameId') id: string, @Body() body: unknown) {
    const wanted = checked(bodyAs(change, body));
    const owned = await ownedGame(this.side, caller, id);
    return owned instanceof Rejection ? owned : this.commands.execute(new ConfigureGame(owned, wanted));
  }

  @Operation({
    summary: 'Ends a game, and the tokens of its players',
    callers: studios,
    answer: game,
    errors: ['not_found'],
  })
  @Delete(':gameId')
  async remove(@CallerOf() caller: Caller, @Param('gameId') id: string) {
    const owned = await ownedGame(this.side, caller, id);
    return owned instanceof Rejection ? owned : this.commands.execute(new DeleteGame(owned));
  }

  @Operation({
    summary: 'Registers a player; the same again for one that is known',
    callers: studios,
    body: registration,
    answer: registeredPlayer,
    errors: ['not_found', 'erased'],
  })
  @Post(':gameId/players')
  async register(@CallerOf() caller: Caller, @Param('gameId') id: string, @Body() body: unknown) {
    const wanted = bodyAs(registration, body);
    const owned = await ownedGame(this.side, caller, id);
    if (owned instanceof Rejection) return owned;
    const player = await this.commands.execute(new RegisterPlayer(owned, wanted));
    if (player instanceof Rejection) return player;
    return {
      ...player,
      externalId: wanted.externalId,
      ...(wanted.displayName && { displayName: wanted.displayName }),
    };
  }
}
