import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReachedPlayer } from '../../domain/access/reached.js';
import { streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { player } from '../../domain/player/player.js';
import { drafted, type WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';

/** Every token that the player was given until now opens nothing any more, on every instance. */
export class RevokePlayerTokens extends Command<{ id: string } | Rejection> {
  constructor(readonly player: ReachedPlayer) {
    super();
  }
}

@CommandHandler(RevokePlayerTokens)
export class RevokePlayerTokensHandler implements ICommandHandler<RevokePlayerTokens> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ player: id }: RevokePlayerTokens): Promise<{ id: string } | Rejection> {
    const now = this.side.now();
    const done = await this.side.players.submit(streamOf.player(id), (state) => {
      const decided = player.decide({ type: 'RevokePlayerTokens', upTo: now.getTime() / 1000 }, state);
      return decided instanceof Rejection ? decided : drafted(decided, state, now);
    });
    return done instanceof Rejection ? done : { id };
  }
}
