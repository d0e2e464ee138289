import { Controller, HttpCode, HttpStatus, Inject, Param, Post, Res, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { WriteSide } from '../../commands/context.js';
import { ErasePlayer } from '../../commands/erasing/erase-player.js';
import { WRITE_SIDE } from '../../commands/tokens.js';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { CallerGuard } from '../auth/caller.guard.js';
import { Operation, studios } from '../openapi/operation.js';
import { CERTIFIED_WITHIN_MS } from '../tokens.js';
import { erasure } from './answers.js';
import { reachedOrErased } from './owned.js';
import { CallerOf } from './request.js';

@Controller('players/:id/erase')
@UseGuards(CallerGuard)
export class ErasureController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(WRITE_SIDE) private readonly side: WriteSide,
    @Inject(CERTIFIED_WITHIN_MS) private readonly withinMs: number,
  ) {}

  /** Cannot be taken back: so not with a player token, which a game client carries around. */
  @Operation({
    summary: 'Erases a player, for good',
    callers: studios,
    answer: erasure,
    also: { status: 202, when: 'it is being carried out, and certified soon: ask again' },
    errors: ['not_found'],
  })
  @Post()
  @HttpCode(200)
  async erase(
    @CallerOf() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ) {
    if (caller.kind === 'player')
      return reject('forbidden', 'a player token does not erase: an API key does');
    const known = await reachedOrErased(this.side, caller, id);
    if (known instanceof Rejection) return known;
    const certificate = await this.commands.execute(new ErasePlayer(known.id, this.withinMs));
    if (certificate instanceof Rejection) return certificate;
    // Some part is away: it goes on by itself, and who asks again is told.
    if (certificate === null) reply.status(HttpStatus.ACCEPTED);
    return { certificate };
  }
}
