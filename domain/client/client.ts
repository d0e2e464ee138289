import type { LogEvent, LogEventData } from '../events/log-events.js';
import type { Decider } from '../kernel/decider.js';
import { reject } from '../kernel/rejection.js';

/**
 * A studio: its account and its API keys. Stream `client-<id>`, the id being a keyed hash of the e-mail
 * address, so that an address has one account without an index to ask.
 */
export type Client = {
  registered: boolean;
  name: string;
  email: string;
  password: string;
  tier: 'free' | 'standard' | 'pro';
  /** SHA-256 of each key that still opens, by key id. */
  keys: Readonly<Record<string, string>>;
};

/** Events that the players of a client may send in a month. */
export const quotaOf = { free: 10_000, standard: 100_000, pro: 1_000_000 } as const;

export type ClientCommand =
  | { type: 'RegisterClient'; account: LogEventData<'ClientRegistered'> }
  | { type: 'IssueApiKey'; keyId: string; sha256: string }
  | { type: 'RevokeApiKey'; keyId: string };

export const client: Decider<ClientCommand, LogEvent, Client> = {
  initial: { registered: false, name: '', email: '', password: '', tier: 'free', keys: {} },

  decide(command, state) {
    if (command.type === 'RegisterClient') {
      if (state.registered)
        return reject('conflict', 'this e-mail address is already registered', { field: 'email' });
      return [{ type: 'ClientRegistered', data: command.account }];
    }
    if (!state.registered) return reject('not_found', 'no such client');
    const known = Object.hasOwn(state.keys, command.keyId);
    if (command.type === 'IssueApiKey') {
      return known ? [] : [{ type: 'ApiKeyIssued', data: { keyId: command.keyId, sha256: command.sha256 } }];
    }
    if (!known) return reject('not_found', 'no such key');
    return [{ type: 'ApiKeyRevoked', data: { keyId: command.keyId } }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ClientRegistered':
        return { ...state, ...event.data, registered: true };
      case 'ApiKeyIssued':
        return { ...state, keys: { ...state.keys, [event.data.keyId]: event.data.sha256 } };
      case 'ApiKeyRevoked': {
        const { [event.data.keyId]: _revoked, ...keys } = state.keys;
        return { ...state, keys };
      }
      default:
        return state;
    }
  },
};
