import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Delete,
  Headers,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  UseGuards,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { WriteSide } from '../../commands/context.js';
import { ForgetMemories } from '../../commands/memory/forget.js';
import type { KeptOf } from '../../commands/memory/forgetting.js';
import { RecordGameEvents } from '../../commands/players/play.js';
import { ChoosePersona } from '../../commands/players/profile.js';
import { RevokePlayerTokens } from '../../commands/players/tokens.js';
import { WRITE_SIDE } from '../../commands/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { formatPosition } from '../../domain/kernel/position.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { gameEventWithId, languageSchema, MAX_EVENTS_PER_FRAME, personaSchema } from '../../sdk/protocol.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { acceptEvents } from '../events.js';
import { Operation, whoIsKnown } from '../openapi/operation.js';
import { KEPT_OF } from '../tokens.js';
import { watched } from '../watched.js';
import { accepted, forgotten, itself, ofEvents, player } from './answers.js';
import { reachedPlayer } from './owned.js';
import { bodyAs, CallerOf } from './request.js';

const choice = z.object({
  persona: personaSchema.optional(),
  lang: languageSchema.optional(),
  displayName: z.string().min(1).max(100).optional(),
});
const eventsRequest = z.object({
  gameId: z.string().max(64),
  playerId: z.string().max(64),
  events: z.array(gameEventWithId).min(1).max(MAX_EVENTS_PER_FRAME),
});

@Controller()
@UseGuards(CallerGuard)
export class PlayersController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(WRITE_SIDE) private readonly side: WriteSide,
    @Inject(KEPT_OF) private readonly keptOf: KeptOf,
  ) {}

  @Operation({
    summary: 'Changes a player’s companion, language or name',
    callers: whoIsKnown,
    body: choice,
    answer: player,
    errors: ['not_found'],
  })
  @Patch('players/:id')
  async choose(@CallerOf() caller: Caller, @Param('id') id: string, @Body() body: unknown) {
    const wanted = bodyAs(choice, body);
    const known = await reachedPlayer(this.side, caller, id);
    return known instanceof Rejection ? known : this.commands.execute(new ChoosePersona(known.id, wanted));
  }

  /** Who has one of the player's tokens is not let in with it any more. */
  @Operation({
    summary: 'Ends all tokens of a player',
    callers: whoIsKnown,
    answer: itself,
    errors: ['not_found'],
  })
  @Delete('players/:id/tokens')
  @HttpCode(200)
  async revokeTokens(@CallerOf() caller: Caller, @Param('id') id: string) {
    const known = await reachedPlayer(this.side, caller, id);
    return known instanceof Rejection ? known : this.commands.execute(new RevokePlayerTokens(known.id));
  }

  /** All occurrences of that memory are forgotten. */
  @Operation({
    summary: 'Forgets a memory, with all its occurrences',
    callers: whoIsKnown,
    answer: forgotten,
    errors: ['not_found'],
  })
  @Delete('players/:id/memories/:memoryId')
  @HttpCode(200)
  async forget(@CallerOf() caller: Caller, @Param('id') id: string, @Param('memoryId') memoryId: string) {
    const known = await reachedPlayer(this.side, caller, id);
    if (known instanceof Rejection) return known;
    const kept = await this.keptOf(known.id, memoryId);
    if (kept === null) return reject('not_found', 'no such memory');
    const forgotten = await this.commands.execute(new ForgetMemories(known.id, kept));
    if (forgotten instanceof Rejection) return forgotten;
    return {
      forgotten: kept.memoryIds.length,
      position: formatPosition(forgotten.position, forgotten.revision),
    };
  }

  @Operation({
    summary: 'Takes what happened to a player, all or nothing',
    callers: whoIsKnown,
    body: eventsRequest,
    answer: accepted,
    errors: [...ofEvents, 'not_found'],
  })
  @Post('events')
  @HttpCode(200)
  async record(
    @CallerOf() caller: Caller,
    @Body() body: unknown,
    @Headers('traceparent') traceparent: string | undefined,
  ) {
    const request = bodyAs(eventsRequest, body);
    const known = await reachedPlayer(this.side, caller, request.playerId);
    if (known instanceof Rejection) return known;
    if (known.gameId !== request.gameId) return reject('not_found', 'no such player in this game');
    const events = acceptEvents(request.events, this.side.now());
    if (events instanceof Rejection) return events;
    const correlationId = randomUUID();
    const bytes = Buffer.byteLength(JSON.stringify(events));
    const came = { type: 'events', id: correlationId, events } as const;
    const recorded = await watched(this.side, came, { ...known, traceparent }, (traceparent) => {
      const origin = { player: known.id, correlationId, traceparent };
      return this.commands.execute(new RecordGameEvents(origin, events, bytes));
    });
    if (recorded instanceof Rejection) return recorded;
    const { accepted, duplicates, position, revision } = recorded;
    return { accepted, duplicates, position: formatPosition(position, revision) };
  }
}
