import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { Page } from '../../projections/page.js';
import type { PlayerView } from '../answers/players.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachGame } from '../reach.js';
import type { ListTerms } from '../terms.js';
import { playerView } from './player.js';

/** Who plays this game? */
export class GetPlayersOfGame {
  readonly reads = ['games', 'players'];

  constructor(
    readonly caller: Caller,
    readonly terms: ListTerms & { gameId: string },
  ) {}
}

@QueryHandler(GetPlayersOfGame)
export class GetPlayersOfGameHandler implements IQueryHandler<GetPlayersOfGame> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetPlayersOfGame): Promise<Page<PlayerView> | Rejection> {
    const game = await reachGame(this.parts, caller, terms.gameId);
    if (game instanceof Rejection) return game;
    const page = await game.players({ after: terms.from, limit: terms.limit });
    const items = await Promise.all(page.items.map((row) => playerView(this.parts, caller, row)));
    return { ...page, items };
  }
}
