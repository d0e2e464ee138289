import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { LogEventData } from '../../domain/events/log-events.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import type { Language, Persona } from '../../domain/kernel/language.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { type Player, player } from '../../domain/player/player.js';
import { drafted, type WriteSide } from '../context.js';
import { WRITE_SIDE } from '../tokens.js';

export type PlayerView = { id: string; gameId: string; persona: Persona; lang: Language };

export type Registration = {
  clientId: string;
  gameId: string;
  externalId: string;
  displayName?: string;
  persona: Persona;
  lang: Language;
};

export class RegisterPlayer extends Command<PlayerView | Rejection> {
  constructor(readonly registration: Registration) {
    super();
  }
}

@CommandHandler(RegisterPlayer)
export class RegisterPlayerHandler implements ICommandHandler<RegisterPlayer> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ registration }: RegisterPlayer): Promise<PlayerView | Rejection> {
    const { clientId, gameId, externalId, displayName, persona, lang } = registration;
    const id = this.side.pseudonym('player', `${gameId}\n${externalId}`);
    const stream = streamOf.player(playerId(id));
    const seal = (text: string) => this.side.sealer.seal(stream, text);
    const data: LogEventData<'PlayerRegistered'> = {
      clientId,
      gameId,
      externalId: await seal(externalId),
      ...(displayName && { displayName: await seal(displayName) }),
      persona,
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
    readonly playerId: string,
    readonly choice: { persona?: Persona; lang?: Language; displayName?: string },
  ) {
    super();
  }
}

@CommandHandler(ChoosePersona)
export class ChoosePersonaHandler implements ICommandHandler<ChoosePersona> {
  constructor(@Inject(WRITE_SIDE) private readonly side: WriteSide) {}

  async execute({ playerId: id, choice }: ChoosePersona): Promise<PlayerView | Rejection> {
    const stream = streamOf.player(playerId(id));
    const { persona, lang, displayName } = choice;
    const data: LogEventData<'PersonaChosen'> = {
      ...(persona && { persona }),
      ...(lang && { lang }),
      ...(displayName && { displayName: await this.side.sealer.seal(stream, displayName) }),
    };
    const done = await this.side.players.submit(stream, (state) => {
      const decided = player.decide({ type: 'ChoosePersona', choice: data }, state);
      return decided instanceof Rejection ? decided : drafted(decided, state, this.side.now());
    });
    return done instanceof Rejection ? done : playerView(id, done.state);
  }
}

const playerView = (id: string, { gameId, persona, lang }: Player): PlayerView => ({
  id,
  gameId,
  persona,
  lang,
});
