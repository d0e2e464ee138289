import { type SettingsProblem, settingsProblem } from '../emotion/settings.js';
import type { LogEvent, LogEventData } from '../events/log-events.js';
import type { Decider } from '../kernel/decider.js';
import { type Rejection, reject } from '../kernel/rejection.js';
import { memoryProblem } from '../memory/settings.js';
import {
  characterFrom,
  characterProblem,
  isSameCharacter,
  type WantedCharacter,
} from '../voice/character.js';
import { voiceProblem } from '../voice/settings.js';
import { originsProblem } from './origins.js';

/** A game of a client. Stream `game-<id>`. */
export type Game = {
  exists: boolean;
  clientId: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
  /** Companions as the game wants them, by their names. */
  characters: Readonly<Record<string, Character>>;
};

export type Character = LogEventData<'CharacterWritten'>;

export type GameCommand =
  | { type: 'CreateGame'; clientId: string; name: string; config: Record<string, unknown> }
  | { type: 'ConfigureGame'; name?: string; config?: Record<string, unknown> }
  | { type: 'WriteCharacter'; character: WantedCharacter }
  | { type: 'DeleteGame' };

export const game: Decider<GameCommand, LogEvent, Game> = {
  initial: { exists: false, clientId: '', name: '', config: {}, characters: {} },

  decide(command, state) {
    if (command.type === 'CreateGame') {
      if (state.clientId) return reject('conflict', 'this game exists already');
      const { clientId, name, config } = command;
      const problem = configProblem(config);
      if (problem) return refused(problem);
      return [{ type: 'GameCreated', data: { clientId, name, config } }];
    }
    if (!state.exists) return reject('not_found', 'no such game');
    if (command.type === 'DeleteGame') return [{ type: 'GameDeleted', data: {} }];
    if (command.type === 'WriteCharacter') return writeCharacter(command.character, state);
    const { name, config } = command;
    if (name === undefined && config === undefined) return [];
    const problem = configProblem(config ?? {});
    if (problem) return refused(problem);
    return [{ type: 'GameConfigured', data: { ...(name && { name }), ...(config && { config }) } }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'GameCreated':
        return { exists: true, characters: {}, ...event.data };
      case 'GameConfigured':
        return { ...state, ...event.data };
      case 'CharacterWritten':
        return { ...state, characters: { ...state.characters, [event.data.character]: event.data } };
      case 'GameDeleted':
        return { ...state, exists: false };
      default:
        return state;
    }
  },
};

/** What a game says of a companion, if anything. */
export const characterIn = ({ characters }: Pick<Game, 'characters'>, name: string): Character | undefined =>
  Object.hasOwn(characters, name) ? characters[name] : undefined;

function writeCharacter(wanted: WantedCharacter, state: Game): LogEvent[] | Rejection {
  const before = characterIn(state, wanted.character);
  const data = characterFrom(wanted, before);
  if ('field' in data) return refused(data);
  const problem = characterProblem(data, Object.keys(state.characters));
  if (problem) return refused(problem);
  return before && isSameCharacter(before, data) ? [] : [{ type: 'CharacterWritten', data }];
}

const configProblem = (config: Readonly<Record<string, unknown>>) =>
  settingsProblem(config) ?? voiceProblem(config) ?? memoryProblem(config) ?? originsProblem(config);

const refused = ({ field, message }: SettingsProblem) =>
  reject('bad_frame', `${field}: ${message}`, { field });
