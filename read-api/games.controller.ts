import { Controller, Get, Inject, Req } from '@nestjs/common';
import { type Asked, Front } from './front.js';
import { GetGame, GetGames } from './queries/games.js';
import { GetPlayersOfGame } from './queries/players-of-game.js';
import { gameListTerms, gameTerms, listTerms } from './terms.js';

@Controller('games')
export class GameQuestionsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get()
  games(@Req() asked: Asked) {
    return this.front.answer(asked, listTerms, (caller, terms) => new GetGames(caller, terms));
  }

  @Get(':gameId')
  game(@Req() asked: Asked) {
    return this.front.answer(asked, gameTerms, (caller, { gameId }) => new GetGame(caller, gameId));
  }

  @Get(':gameId/players')
  players(@Req() asked: Asked) {
    return this.front.answer(asked, gameListTerms, (caller, terms) => new GetPlayersOfGame(caller, terms));
  }
}
