import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OwnedGame, ReachedPlayer } from '../../domain/access/reached.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import { characterIn, type Game } from '../../domain/game/game.js';
import { gameId as game, playerId, streamOf } from '../../domain/kernel/ids.js';
import { type Language, type Persona, personas } from '../../domain/kernel/language.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { type Player, personaNameOf, player } from '../../domain/player/player.js';
import { drafted, type WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';

/** `persona`: a built-in one, or a character of the game's own. */
export type PlayerView = { id: string; gameId: string; persona: string; lang: Language };

export type Registration = {
  externalId: string;
  displayName?: string;
  persona: string;
  lang: Language;
};

export class RegisterPlayer extends Command<PlayerView | Rejection> {
  constructor(
    readonly game: OwnedGame,
    readonly registration: Registration,
  ) {
    super();
  }
}

@CommandHandler(RegisterPlayer)
export class RegisterPlayerHandler implements ICommandHandler<RegisterPlayer> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({
    game: { id: gameId, clientId },
    registration,
  }: RegisterPlayer): Promise<PlayerView | Rejection> {
    const { externalId, displayName, persona, lang } = registration;
    const cast = castAs(persona, await this.side.games.state(streamOf.game(game(gameId))));
    if (cast instanceof Rejection) return cast;
    const id = this.side.pseudonym('player', `${gameId}\n${externalId}`);
    const stream = streamOf.player(playerId(id));
    const seal = (text: string) => this.side.sealer.seal(stream, text);
    const data: LogEventData<'PlayerRegistered'> = {
      clientId,
      gameId,
      externalId: await seal(externalId),
      person: this.side.pseudonym('person', `${clientId}\n${externalId}`),
      ...(displayName && { displayName: await seal(displayName) }),
      ...cast,
      lang,
    };
    const done = await this.side.players.submit(stream, (state) => {
      const decided = player.decide({ type: 'RegisterPlayer', registration: data }, state);
      if (decided instanceof Rejection) return decided;
      return drafted(decided, { clientId, gameId }, this.side.now());
    });
    return done instanceof Rejection ? done : playerView(id, done.state);
  }
}

export class ChoosePersona extends Command<PlayerView | Rejection> {
  constructor(
    readonly player: ReachedPlayer,
    readonly choice: { persona?: string; lang?: Language; displayName?: string },
  ) {
    super();
  }
}

@CommandHandler(ChoosePersona)
export class ChoosePersonaHandler implements ICommandHandler<ChoosePersona> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ player: id, choice }: ChoosePersona): Promise<PlayerView | Rejection> {
    const stream = streamOf.player(id);
    const { persona, lang, displayName } = choice;
    const cast = persona === undefined ? {} : await this.castFor(stream, persona);
    if (cast instanceof Rejection) return cast;
    const data: LogEventData<'PersonaChosen'> = {
      ...cast,
      ...(lang && { lang }),
      ...(displayName && { displayName: await this.side.sealer.seal(stream, displayName) }),
    };
    const done = await this.side.players.submit(stream, (state) => {
      const decided = player.decide({ type: 'ChoosePersona', choice: data }, state);
      return decided instanceof Rejection ? decided : drafted(decided, state, this.side.now());
    });
    return done instanceof Rejection ? done : playerView(id, done.state);
  }

  private async castFor(stream: string, persona: string): Promise<Cast | Rejection> {
    const { gameId } = await this.side.players.state(stream);
    return castAs(persona, await this.side.games.state(streamOf.game(game(gameId))));
  }
}

type Cast = { persona: Persona; character?: string };

/** Who plays this: a persona itself, or the one that a character of the game is like. */
function castAs(name: string, game: Game): Cast | Rejection {
  const persona = personas.find((one) => one === name);
  if (persona) return { persona };
  const like = characterIn(game, name)?.like;
  if (like) return { persona: like, character: name };
  const known = [...new Set([...personas, ...Object.keys(game.characters)])].join(', ');
  return reject('bad_frame', `persona: this game has no "${name}", only ${known}`, { field: 'persona' });
}

const playerView = (id: string, player: Player): PlayerView => ({
  id,
  gameId: player.gameId,
  persona: personaNameOf(player),
  lang: player.lang,
});
