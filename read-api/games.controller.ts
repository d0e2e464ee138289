import { Controller, Get, Inject, Req } from '@nestjs/common';
import { type Asked, Front } from './front.js';
import { GetCharacter, GetCharacters, GetPersonas } from './queries/characters.js';
import { GetGame, GetGames } from './queries/games.js';
import { GetPlayersOfGame } from './queries/players-of-game.js';
import { characterTerms, gameListTerms, gameTerms, listTerms, nothing } from './terms.js';

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

  @Get(':gameId/characters')
  characters(@Req() asked: Asked) {
    return this.front.answer(asked, gameTerms, (caller, { gameId }) => new GetCharacters(caller, gameId));
  }

  @Get(':gameId/characters/:persona')
  character(@Req() asked: Asked) {
    return this.front.answer(asked, characterTerms, (caller, terms) => new GetCharacter(caller, terms));
  }
}

@Controller('characters')
export class PersonasController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get()
  personas(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, () => new GetPersonas());
  }
}
