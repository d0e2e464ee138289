import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ReachedPlayer } from '../../domain/access/reached.js';
import { streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { player } from '../../domain/player/player.js';
import { drafted, type WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';
import type { Kept } from './forgetting.js';

/** A player's memories, all occurrences of each, are to be forgotten. */
export class ForgetMemories extends Command<{ position: number; revision: number } | Rejection> {
  constructor(
    readonly player: ReachedPlayer,
    readonly memories: Kept,
  ) {
    super();
  }
}

@CommandHandler(ForgetMemories)
export class ForgetMemoriesHandler implements ICommandHandler<ForgetMemories> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ player: id, memories }: ForgetMemories) {
    const now = this.side.now();
    const done = await this.side.players.submit(streamOf.player(id), (state) => {
      const [keys, memoryIds] = [[...memories.keys], [...memories.memoryIds]];
      const wanted = { keys, memoryIds, reason: 'asked' as const, at: now.toISOString() };
      const decided = player.decide({ type: 'ForgetMemories', memories: wanted }, state);
      return decided instanceof Rejection ? decided : drafted(decided, state, now);
    });
    if (done instanceof Rejection) return done;
    return { position: done.position, revision: done.revision };
  }
}
