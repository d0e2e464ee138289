import type { ServerResponse } from 'node:http';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { z } from 'zod';
import type { WriteSide } from '../../commands/context.js';
import { WRITE_SIDE } from '../../commands/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { clientId, gameId, playerId } from '../../domain/kernel/ids.js';
import { parsePosition } from '../../domain/kernel/position.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { clientFrame } from '../../sdk/protocol.js';
import type { Authentication, Headers as HeaderFields, PlayerCaller } from '../auth/authenticate.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { Operation, whoIsKnown } from '../openapi/operation.js';
import { AUTHENTICATION, PUSH } from '../tokens.js';
import { watched } from '../watched.js';
import { ackOf, command } from '../ws/play.js';
import type { Push } from '../ws/push.js';
import { ActionsStream } from './actions-stream.js';
import { acknowledged, ofEvents, streamed } from './answers.js';
import { reachedPlayer } from './owned.js';
import { Refused } from './problems.js';
import { bodyAs, CallerOf } from './request.js';

/** Of a player's frames those that are not about a WebSocket itself. */
const [, anEvent, events, chat, feedback] = clientFrame.options;
const playFrame = z.discriminatedUnion('type', [anEvent, events, chat, feedback]);

const place = z.string().optional().describe('the place after which to go on');
const since = { params: [z.object({ from: place })], headers: z.object({ 'last-event-id': place }) };

type Reply = { hijack(): void; raw: ServerResponse };

const stopping = () => reject('unavailable', 'this instance is stopping');

/** What a WebSocket does, for networks that let none through: frames one by one, and actions as server-sent events. */
@Controller('players/:id')
@UseGuards(CallerGuard)
export class PlayController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(WRITE_SIDE) private readonly side: WriteSide,
    @Inject(AUTHENTICATION) private readonly authentication: Authentication,
    @Inject(PUSH) private readonly push: Push,
  ) {}

  @Operation({
    summary: 'Takes a frame, as a socket would; `me` is whose token it is',
    callers: whoIsKnown,
    body: playFrame,
    answer: acknowledged,
    errors: [...ofEvents, 'not_found'],
  })
  @Post('frames')
  @HttpCode(200)
  async frame(
    @CallerOf() caller: Caller,
    @Param('id') named: string,
    @Body() body: unknown,
    @Headers('traceparent') traceparent: string | undefined,
  ) {
    const id = meant(caller, named);
    const frame = bodyAs(playFrame, body);
    const known = await reachedPlayer(this.side, caller, id);
    if (known instanceof Rejection) return known;
    const { side, commands } = this;
    const recorded = await watched(side, frame, { ...known, traceparent }, (traceparent) =>
      command(
        frame,
        { commands, player: known.id, now: side.now(), traceparent },
        Buffer.byteLength(JSON.stringify(body)),
      ),
    );
    return recorded instanceof Rejection ? recorded : ackOf(frame, recorded);
  }

  @Operation({
    summary: 'Tells what a companion does, as server-sent events',
    callers: whoIsKnown,
    ...since,
    answer: { types: ['text/event-stream'], schema: streamed },
    errors: ['not_found'],
  })
  @Get('actions/stream')
  async actions(
    @CallerOf() caller: Caller,
    @Param('id') named: string,
    @Query('from') from: string | undefined,
    @Req() { headers }: { headers: HeaderFields },
    @Res() reply: Reply,
  ): Promise<void> {
    const id = meant(caller, named);
    const since = placeIn(headers['last-event-id'] ?? from);
    const known = await reachedPlayer(this.side, caller, id);
    if (known instanceof Rejection) throw new Refused(known);
    if (this.push.leaving) throw new Refused(stopping());
    const { push, side } = this;
    const listener = listening(caller, known, side.now());
    const full = push.full(listener);
    if (full) throw new Refused(full);
    const stream = new ActionsStream(listener, reply.raw, { push, side });
    // Its key may have ended while we were looking; from here on it would be told.
    const still = await this.authentication.caller(headers);
    if (still instanceof Rejection) {
      stream.leave();
      throw new Refused(still);
    }
    if (push.leaving) {
      stream.leave();
      throw new Refused(stopping());
    }
    reply.hijack();
    stream.begin(since, known);
  }
}

/** A game client knows its token, and need not know what the engine calls its player. */
const meant = (caller: Caller, id: string): string =>
  id === 'me' && caller.kind === 'player' ? caller.playerId : id;

function placeIn(text: unknown) {
  if (text === undefined || text === '') return null;
  const place = typeof text === 'string' ? parsePosition(text) : null;
  if (place) return place;
  throw new Refused(reject('bad_frame', 'from: not a position of this engine', { field: 'from' }));
}

/** A game's own server listens for its player by its key. */
function listening(
  caller: Caller,
  player: { id: string; clientId: string; gameId: string },
  now: Date,
): PlayerCaller {
  if (caller.kind === 'player') return caller as PlayerCaller;
  const { keyId, endsAt } = caller.kind === 'client' ? caller : {};
  return {
    kind: 'player',
    clientId: clientId(player.clientId),
    gameId: gameId(player.gameId),
    playerId: playerId(player.id),
    keyId: keyId || null,
    issuedAt: now.getTime() / 1000,
    ...(endsAt && { endsAt }),
  };
}
