import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { personas } from '../../domain/kernel/language.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import {
  builtInLines,
  builtInPersonas,
  type CastMember,
  characterView,
  isBuiltIn,
  type PersonaView,
} from '../../domain/voice/cast.js';
import type { WholeCharacter } from '../answers/games.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachGame } from '../reach.js';

/** Who can be at a player's side in every game? */
export class GetPersonas {
  readonly reads = [];
}

@QueryHandler(GetPersonas)
export class GetPersonasHandler implements IQueryHandler<GetPersonas> {
  async execute(): Promise<{ items: PersonaView[] }> {
    return { items: builtInPersonas() };
  }
}

/** Who can be at a player's side in this game? */
export class GetCharacters {
  readonly reads = ['games'];

  constructor(
    readonly caller: Caller,
    readonly gameId: string,
  ) {}
}

@QueryHandler(GetCharacters)
export class GetCharactersHandler implements IQueryHandler<GetCharacters> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, gameId }: GetCharacters): Promise<{ items: CastMember[] } | Rejection> {
    const game = await reachGame(this.parts, caller, gameId);
    if (game instanceof Rejection) return game;
    const written = await game.characters();
    const plain = personas.map((persona) => {
      const { lines: _, ...member } = characterView({ character: persona, like: persona, lines: [] });
      return written.find(({ id }) => id === persona) ?? member;
    });
    return { items: [...plain, ...written.filter(({ builtIn }) => !builtIn)] };
  }
}

/** Who is this companion, and what has it to say? */
export class GetCharacter {
  readonly reads = ['games'];

  constructor(
    readonly caller: Caller,
    readonly terms: { gameId: string; persona: string },
  ) {}
}

@QueryHandler(GetCharacter)
export class GetCharacterHandler implements IQueryHandler<GetCharacter> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetCharacter): Promise<WholeCharacter | Rejection> {
    const { gameId, persona: name } = terms;
    const game = await reachGame(this.parts, caller, gameId);
    if (game instanceof Rejection) return game;
    const written = await game.character(name);
    const character = written ?? (isBuiltIn(name) ? { character: name, like: name, lines: [] } : null);
    if (!character) return reject('not_found', 'no such character');
    return { ...characterView(character), gameId, builtInLines: builtInLines(character.like) };
  }
}
