import { Controller, Get, Inject, Req } from '@nestjs/common';
import { studios, whoIsKnown } from '../gateway/openapi/operation.js';
import { cast, game, gamesPage, personaList, wholeCharacter } from './answers/games.js';
import { playersPage } from './answers/players.js';
import { type Asked, Front } from './front.js';
import { GetCharacter, GetCharacters, GetPersonas } from './queries/characters.js';
import { GetGame, GetGames } from './queries/games.js';
import { GetPlayersOfGame } from './queries/players-of-game.js';
import { Question } from './question.js';
import { characterTerms, gameListTerms, gameTerms, listTerms, nothing } from './terms.js';

@Controller('games')
export class GameQuestionsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Question({
    summary: 'Which games has this client?',
    callers: studios,
    terms: listTerms,
    answer: gamesPage,
  })
  @Get()
  games(@Req() asked: Asked) {
    return this.front.answer(asked, listTerms, (caller, terms) => new GetGames(caller, terms));
  }

  @Question({
    summary: 'Which game is this?',
    callers: studios,
    terms: gameTerms,
    answer: game,
    errors: ['not_found'],
  })
  @Get(':gameId')
  game(@Req() asked: Asked) {
    return this.front.answer(asked, gameTerms, (caller, { gameId }) => new GetGame(caller, gameId));
  }

  @Question({
    summary: 'Who plays this game?',
    callers: studios,
    terms: gameListTerms,
    answer: playersPage,
    errors: ['not_found'],
  })
  @Get(':gameId/players')
  players(@Req() asked: Asked) {
    return this.front.answer(asked, gameListTerms, (caller, terms) => new GetPlayersOfGame(caller, terms));
  }

  @Question({
    summary: 'Who can be at a player’s side in this game?',
    callers: studios,
    terms: gameTerms,
    answer: cast,
    errors: ['not_found'],
  })
  @Get(':gameId/characters')
  characters(@Req() asked: Asked) {
    return this.front.answer(asked, gameTerms, (caller, { gameId }) => new GetCharacters(caller, gameId));
  }

  @Question({
    summary: 'Who is this companion, and what has it to say?',
    callers: studios,
    terms: characterTerms,
    answer: wholeCharacter,
    errors: ['not_found'],
  })
  @Get(':gameId/characters/:persona')
  character(@Req() asked: Asked) {
    return this.front.answer(asked, characterTerms, (caller, terms) => new GetCharacter(caller, terms));
  }
}

@Controller('characters')
export class PersonasController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Question({
    summary: 'Who can be at a player’s side in every game?',
    callers: whoIsKnown,
    terms: nothing,
    answer: personaList,
  })
  @Get()
  personas(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, () => new GetPersonas());
  }
}
