import type { LogEvent, LogEventData } from '../events/log-events.js';
import type { Decider } from '../kernel/decider.js';
import { type Rejection, reject } from '../kernel/rejection.js';

/**
 * A studio: its account and its API keys. Stream `client-<id>`, the id being a keyed hash of the e-mail
 * address, so that an address has one account without an index to ask.
 */
export type Client = {
  registered: boolean;
  name: string;
  email: string;
  /** Somebody who reads what is sent to the address has shown it. */
  verified: boolean;
  password: string;
  tier: Tier;
  /** Events a month, where it was agreed otherwise than the tier says. */
  quota?: number;
  /** Those that were not revoked, by their ids. */
  keys: Readonly<Record<string, ApiKey>>;
};

export type Tier = LogEventData<'ClientRegistered'>['tier'];
/** `endsAt`: it opens until then (ISO 8601); without it, until it is revoked. */
export type ApiKey = { sha256: string; endsAt?: string };

/** Events that the players of a client may send in a month. */
const quotas: Readonly<Record<Tier, number>> = { free: 10_000, standard: 100_000, pro: 1_000_000 };
export const quotaOf = ({ tier, quota }: Pick<Client, 'tier' | 'quota'>): number => quota ?? quotas[tier];

/** Enough for every server of a studio, and few enough to be looked through at each request. */
export const KEYS_MAX = 20;

export type ClientCommand =
  | { type: 'RegisterClient'; account: LogEventData<'ClientRegistered'> }
  | {
      type: 'IssueApiKey';
      keyId: string;
      sha256: string;
      at: string;
      retires?: LogEventData<'ApiKeyRetired'>;
    }
  | { type: 'RevokeApiKey'; keyId: string }
  | { type: 'AskForVerification' }
  | { type: 'VerifyEmail' }
  | { type: 'ChangeTier'; to: LogEventData<'TierChanged'> };

export const client: Decider<ClientCommand, LogEvent, Client> = {
  initial: {
    ...{ registered: false, name: '', email: '', verified: false, password: '', tier: 'free' },
    keys: {},
  },

  decide(command, state) {
    if (command.type === 'RegisterClient') {
      if (state.registered)
        return reject('conflict', 'this e-mail address is already registered', { field: 'email' });
      return [{ type: 'ClientRegistered', data: command.account }];
    }
    if (!state.registered) return reject('not_found', 'no such client');
    switch (command.type) {
      case 'IssueApiKey':
        return issueApiKey(command, state);
      case 'RevokeApiKey': {
        const { keyId } = command;
        return Object.hasOwn(state.keys, keyId) ? [{ type: 'ApiKeyRevoked', data: { keyId } }] : noSuchKey();
      }
      case 'AskForVerification':
        return state.verified ? [] : [{ type: 'EmailVerificationAsked', data: {} }];
      case 'VerifyEmail':
        return state.verified ? [] : [{ type: 'EmailVerified', data: {} }];
      case 'ChangeTier':
        return changeTier(command.to, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'ClientRegistered':
        return { ...state, ...event.data, registered: true };
      case 'EmailVerified':
        return { ...state, verified: true };
      case 'TierChanged': {
        const { quota: _before, ...kept } = state;
        return { ...kept, ...event.data };
      }
      case 'ApiKeyIssued':
        return { ...state, keys: { ...state.keys, [event.data.keyId]: { sha256: event.data.sha256 } } };
      case 'ApiKeyRetired': {
        const { keyId, endsAt } = event.data;
        const retired = state.keys[keyId];
        return retired ? { ...state, keys: { ...state.keys, [keyId]: { ...retired, endsAt } } } : state;
      }
      case 'ApiKeyRevoked': {
        const { [event.data.keyId]: _revoked, ...keys } = state.keys;
        return { ...state, keys };
      }
      default:
        return state;
    }
  },
};

export const opensAt = ({ endsAt }: ApiKey, at: string): boolean => endsAt === undefined || at < endsAt;

function issueApiKey(
  { keyId, sha256, at, retires }: Extract<ClientCommand, { type: 'IssueApiKey' }>,
  { keys }: Client,
): LogEvent[] | Rejection {
  if (Object.hasOwn(keys, keyId)) return [];
  const opening = Object.entries(keys).filter(([, key]) => opensAt(key, at));
  if (retires && !opening.some(([id]) => id === retires.keyId))
    return reject('not_found', 'no such key', { field: 'replaces' });
  if (opening.length >= KEYS_MAX)
    return reject('conflict', `a client has ${KEYS_MAX} keys at most: revoke one that nobody uses`);
  const issued: LogEvent = { type: 'ApiKeyIssued', data: { keyId, sha256 } };
  return retires ? [issued, { type: 'ApiKeyRetired', data: retires }] : [issued];
}

function changeTier(to: LogEventData<'TierChanged'>, state: Client): LogEvent[] | Rejection {
  if (to.tier === state.tier && to.quota === state.quota) return [];
  if (to.tier !== 'free' && !state.verified)
    return reject('conflict', 'the client has not verified its e-mail address yet', { field: 'tier' });
  return [{ type: 'TierChanged', data: to }];
}

const noSuchKey = () => reject('not_found', 'no such key');
