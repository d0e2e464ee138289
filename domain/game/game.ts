import { type SettingsProblem, settingsProblem } from '../emotion/settings.js';
import type { LogEvent } from '../events/log-events.js';
import type { Decider } from '../kernel/decider.js';
import { reject } from '../kernel/rejection.js';

/** A game of a client. Stream `game-<id>`. */
export type Game = {
  exists: boolean;
  clientId: string;
  name: string;
  config: Readonly<Record<string, unknown>>;
};

export type GameCommand =
  | { type: 'CreateGame'; clientId: string; name: string; config: Record<string, unknown> }
  | { type: 'ConfigureGame'; name?: string; config?: Record<string, unknown> }
  | { type: 'DeleteGame' };

export const game: Decider<GameCommand, LogEvent, Game> = {
  initial: { exists: false, clientId: '', name: '', config: {} },

  decide(command, state) {
    if (command.type === 'CreateGame') {
      if (state.clientId) return reject('conflict', 'this game exists already');
      const { clientId, name, config } = command;
      const problem = settingsProblem(config);
      if (problem) return refused(problem);
      return [{ type: 'GameCreated', data: { clientId, name, config } }];
    }
    if (!state.exists) return reject('not_found', 'no such game');
    if (command.type === 'DeleteGame') return [{ type: 'GameDeleted', data: {} }];
    const { name, config } = command;
    if (name === undefined && config === undefined) return [];
    const problem = settingsProblem(config ?? {});
    if (problem) return refused(problem);
    return [{ type: 'GameConfigured', data: { ...(name && { name }), ...(config && { config }) } }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'GameCreated':
        return { exists: true, ...event.data };
      case 'GameConfigured':
        return { ...state, ...event.data };
      case 'GameDeleted':
        return { ...state, exists: false };
      default:
        return state;
    }
  },
};

const refused = ({ field, message }: SettingsProblem) =>
  reject('bad_frame', `${field}: ${message}`, { field });
