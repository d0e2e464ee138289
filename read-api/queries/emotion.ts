import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { feelingAt, initialFeeling } from '../../domain/emotion/feel.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { FeelingView } from '../answers/players.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';

/** How does, or did, this player feel? Without a time: after all that has been told. */
export class GetEmotion {
  readonly reads = ['players', 'emotions'];

  constructor(
    readonly caller: Caller,
    readonly id: string,
    readonly at: string | undefined,
  ) {}
}

/** Clocks of games may run ahead of ours by up to a day. */
const AHEAD_MS = 2 * 24 * 3_600_000;

@QueryHandler(GetEmotion)
export class GetEmotionHandler implements IQueryHandler<GetEmotion> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, id, at }: GetEmotion): Promise<FeelingView | Rejection> {
    const player = await reachPlayer(this.parts, caller, id);
    if (player instanceof Rejection) return player;
    const now = Date.now();
    const felt = await player.emotionAt(at ?? new Date(now + AHEAD_MS).toISOString());
    if (felt) return felt;
    const moment = at ?? new Date(now).toISOString();
    return { ...feelingAt(initialFeeling, Date.parse(moment)), at: moment };
  }
}
