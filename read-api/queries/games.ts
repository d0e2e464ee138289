import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import type { GameRow } from '../../projections/games.js';
import type { Page } from '../../projections/page.js';
import type { GameView } from '../answers/games.js';
import { freshen } from '../freshness.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachGame } from '../reach.js';
import type { ListTerms } from '../terms.js';

/** Which game is this? */
export class GetGame {
  readonly reads = ['games'];

  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {}
}

@QueryHandler(GetGame)
export class GetGameHandler implements IQueryHandler<GetGame> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, id }: GetGame): Promise<GameView | Rejection> {
    const game = await reachGame(this.parts, caller, id);
    return game instanceof Rejection ? game : gameView(game.row);
  }
}

/** Which games has this client? The operator sees all. */
export class GetGames {
  readonly reads = ['games'];

  constructor(
    readonly caller: Caller,
    readonly terms: ListTerms,
  ) {}
}

@QueryHandler(GetGames)
export class GetGamesHandler implements IQueryHandler<GetGames> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetGames): Promise<Page<GameView> | Rejection> {
    if (caller.kind === 'player')
      return reject('forbidden', 'a player token does not open the list of games');
    await freshen(this.parts);
    const page = await this.parts.records.games(caller, { after: terms.from, limit: terms.limit });
    return { ...page, items: page.items.map(gameView) };
  }
}

const gameView = ({ id, clientId, name, config }: GameRow): GameView => ({ id, clientId, name, config });
