import type { GameEvent } from '../events/game-event.js';
import type { LogEvent, LogEventData, Sealed } from '../events/log-events.js';
import type { Decider } from '../kernel/decider.js';
import type { Language, Persona } from '../kernel/language.js';
import { type Rejection, reject } from '../kernel/rejection.js';

/** A player of a game, as the write side needs to know it. Stream `player-<id>`. */
export type Player = {
  registered: boolean;
  clientId: string;
  gameId: string;
  persona: Persona;
  /** A character of the game's own, whom the persona plays. */
  character?: string;
  lang: Language;
  /** What the player is called. */
  displayName?: Sealed;
  /** The same for the same person in every game of the client. */
  person?: string;
  /** Tokens that were issued up to then, in seconds since 1970, open nothing. */
  tokensEndedUpTo?: number;
  /** Nothing of the person is known any more, and nothing is taken. */
  erased?: true;
  /** What the erasure found. */
  certificate?: Record<string, unknown>;
};

/** The name by which a game and a client know who is at the player's side. */
export const personaNameOf = ({ persona, character }: Pick<Player, 'persona' | 'character'>): string =>
  character ?? persona;

export type PlayerCommand =
  | { type: 'RegisterPlayer'; registration: LogEventData<'PlayerRegistered'> }
  | { type: 'ChoosePersona'; choice: LogEventData<'PersonaChosen'> }
  | { type: 'RecordGameEvents'; events: readonly GameEvent[]; settings?: string | undefined }
  | { type: 'ReceiveChatMessage'; message: LogEventData<'ChatMessageReceived'> }
  | { type: 'GiveFeedback'; feedback: LogEventData<'FeedbackGiven'> }
  | { type: 'RevokePlayerTokens'; upTo: number }
  | { type: 'ForgetMemories'; memories: LogEventData<'MemoriesForgotten'> }
  | { type: 'ErasePlayer' };

export const playerErased = () => reject('erased', 'this player was erased');

/** So many occurrences are forgotten by one event at most: it has to fit into the log. */
export const FORGOTTEN_AT_ONCE = 1_000;

/** Occurrences of memories, as many together as one event may forget. */
export const forgottenTogether = (memoryIds: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(memoryIds.length / FORGOTTEN_AT_ONCE) }, (_, nth) =>
    memoryIds.slice(nth * FORGOTTEN_AT_ONCE, (nth + 1) * FORGOTTEN_AT_ONCE),
  );

export const player: Decider<PlayerCommand, LogEvent, Player> = {
  initial: { registered: false, clientId: '', gameId: '', persona: 'cheerful', lang: 'zh' },

  decide(command, state) {
    if (state.erased) return command.type === 'ErasePlayer' ? [] : playerErased();
    if (command.type === 'RegisterPlayer') {
      if (state.registered) return [];
      return [{ type: 'PlayerRegistered', data: command.registration }];
    }
    if (!state.registered) return reject('not_found', 'no such player');
    switch (command.type) {
      case 'ChoosePersona':
        return Object.keys(command.choice).length === 0
          ? []
          : [{ type: 'PersonaChosen', data: command.choice }];
      case 'RecordGameEvents':
        return command.events.map(({ id: _id, ...told }) => {
          const data = command.settings ? { ...told, settings: command.settings } : told;
          return { type: 'GameEventRecorded', data };
        });
      case 'ReceiveChatMessage':
        return [{ type: 'ChatMessageReceived', data: command.message }];
      case 'GiveFeedback':
        return [{ type: 'FeedbackGiven', data: command.feedback }];
      case 'RevokePlayerTokens':
        return [{ type: 'PlayerTokensRevoked', data: { upTo: command.upTo } }];
      case 'ForgetMemories':
        return forgetMemories(command.memories);
      case 'ErasePlayer':
        return [{ type: 'PlayerErased', data: {} }];
    }
  },

  evolve(state, event) {
    if (event.type === 'ErasureCertified') return { ...state, certificate: event.data.certificate };
    // What another instance stored before it knew.
    if (state.erased) return state;
    switch (event.type) {
      case 'PlayerRegistered': {
        const { externalId: _, ...known } = event.data;
        return { registered: true, ...known };
      }
      case 'PersonaChosen': {
        const { character: before, ...kept } = state;
        const { persona, character = persona ? undefined : before } = event.data;
        return { ...kept, ...event.data, ...(character && { character }) };
      }
      case 'PlayerTokensRevoked':
        return { ...state, tokensEndedUpTo: event.data.upTo };
      case 'PlayerErased': {
        const { registered, clientId, gameId, persona, lang } = state;
        return { registered, clientId, gameId, persona, lang, erased: true };
      }
      default:
        return state;
    }
  },
};

function forgetMemories(memories: LogEventData<'MemoriesForgotten'>): LogEvent[] | Rejection {
  const named = [
    ['keys', memories.keys.length],
    ['memoryIds', memories.memoryIds.length],
  ] as const;
  if (named.every(([, count]) => count === 0)) return [];
  for (const [field, count] of named) {
    if (count === 0)
      return reject('bad_frame', `${field}: a memory has a key and its occurrences`, { field });
  }
  if (memories.keys.length > FORGOTTEN_AT_ONCE)
    return reject('too_large', `keys: at most ${FORGOTTEN_AT_ONCE} are forgotten at once`, { field: 'keys' });
  return forgottenTogether(memories.memoryIds).map((memoryIds) => ({
    type: 'MemoriesForgotten',
    data: { ...memories, memoryIds },
  }));
}
