import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import type { Persona } from '../../domain/kernel/language.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { voiceIn } from '../../domain/voice/settings.js';
import { isSpeakable } from '../../domain/voice/speech.js';
import { findFresh } from '../freshness.js';
import { type QuestionParts, READ_PARTS, type Sound } from '../parts.js';
import { reachPlayer } from '../reach.js';

/** How does it sound, what this player's companion said? */
export class GetSpeech {
  readonly reads = ['players', 'games'];

  constructor(
    readonly caller: Caller,
    readonly action: { id: string; actionId: string },
  ) {}
}

@QueryHandler(GetSpeech)
export class GetSpeechHandler implements IQueryHandler<GetSpeech> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, action }: GetSpeech): Promise<Sound | Rejection> {
    const player = await reachPlayer(this.parts, caller, action.id);
    if (player instanceof Rejection) return player;
    const { soundOf } = this.parts;
    if (!soundOf) return reject('not_found', 'nobody speaks here: no speaker is set up');
    const game = await findFresh(this.parts, player.game);
    if (!game || !voiceIn(game.config as Record<string, unknown>).tts)
      return reject('not_found', 'the game has not switched on `config.voice.tts`');
    const line = await player.lineOf(action.actionId);
    if (!line || !isSpeakable(line.text)) return reject('not_found', 'no line was said with such an action');
    return soundOf({ ...line, persona: player.row.persona as Persona });
  }
}
