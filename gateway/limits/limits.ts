import { createHash } from 'node:crypto';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { Authentication, Headers } from '../auth/authenticate.js';
import { type Bucket, bucketOf, type Rate, type Taken } from './bucket.js';

export type Rates = {
  /** Requests, and connections being opened, of one address. */
  address: Rate;
  /** Requests with one API key, or with the logins of one client. */
  key: Rate;
  /** Requests and frames of one player. */
  player: Rate;
};

export type Limits = {
  address: Bucket;
  key: Bucket;
  /** Instances do not share it: a player is at one of them, and a frame should not wait for another process. */
  player: Bucket;
};

/** Floods are held back; a game that plays never meets one of these. */
export const usualRates: Rates = {
  address: { perSecond: 2_000, burst: 10_000 },
  key: { perSecond: 1_000, burst: 5_000 },
  player: { perSecond: 500, burst: 5_000 },
};

export const openLimits = (rates: Rates, redis: unknown = null): Limits => ({
  address: bucketOf('address', rates.address, redis),
  key: bucketOf('key', rates.key, redis),
  player: bucketOf('player', rates.player),
});

/** What was taken for a request, by its headers, for the answer to tell. */
export type Verdicts = WeakMap<object, Taken>;

/** Who is known is let in as often as may be. */
export function withLimits(inner: Authentication, limits: Limits, verdicts: Verdicts): Authentication {
  return {
    player: inner.player,
    async caller(headers: Headers) {
      const caller = await inner.caller(headers);
      if (caller instanceof Rejection) return caller;
      const taken = await takenBy(caller, limits);
      if (taken) verdicts.set(headers, taken);
      return taken?.refused ?? caller;
    },
  };
}

function takenBy(caller: Caller, { key, player }: Limits): Promise<Taken | null> {
  if (caller.kind === 'admin') return Promise.resolve(null);
  if (caller.kind === 'player') return player(caller.playerId);
  return key(caller.keyId || caller.clientId);
}

/** Addresses are personal data, and Redis is to hold none. A connection that is closed by now has none either. */
export const whoIs = (address = ''): string =>
  createHash('sha256').update(address).digest('base64url').slice(0, 22);
