import { timingSafeEqual } from 'node:crypto';
import { clientOfApiKey, keyThatFits, sha256Of } from '../../commands/clients/api-key.js';
import type { WriteSide } from '../../commands/context.js';
import type { Caller } from '../../domain/access/caller.js';
import { type ApiKey, opensAt } from '../../domain/client/client.js';
import { mayComeFrom } from '../../domain/game/origins.js';
import { clientId, gameId, playerId, streamOf } from '../../domain/kernel/ids.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import { playerErased } from '../../domain/player/player.js';
import { LogUnavailable } from '../../eventstore/log.js';
import type { ReadToken, Tokens } from './player-tokens.js';

export type Headers = Record<string, string | string[] | undefined>;
/** `issuedAt`: when the token was, in seconds since 1970. `endsAt`: the key behind it opens until then (ISO 8601). */
export type PlayerCaller = Extract<Caller, { kind: 'player' }> & {
  keyId: string | null;
  issuedAt: number;
  endsAt?: string;
};

export type Authentication = {
  /** Who sends these headers: `X-API-Key`, or `Authorization: Bearer`. */
  caller(headers: Headers): Promise<Caller | Rejection>;
  /** Whose player token this is. `origin`: of the page that has it, where it is one. */
  player(token: string, origin?: string): Promise<PlayerCaller | Rejection>;
};

const unauthorized = (message: string) => reject('unauthorized', message);

/** Who is let in. All of it is decided from the log's own streams: no other store can be behind. */
export function createAuthentication(
  side: WriteSide,
  tokens: Tokens,
  adminKeySha256: string,
): Authentication {
  const admin = Buffer.from(adminKeySha256, 'hex');

  const byApiKey = async (apiKey: string): Promise<Caller | Rejection> => {
    if (timingSafeEqual(Buffer.from(sha256Of(apiKey), 'hex'), admin)) return { kind: 'admin' };
    const id = clientOfApiKey(apiKey);
    if (!id) return unauthorized('X-API-Key is not a key of this engine');
    const state = await side.clients.state(streamOf.client(clientId(id)));
    const key = keyThatFits(apiKey, state, side.now().toISOString());
    return key ? { kind: 'client', clientId: clientId(id), ...key } : unauthorized('X-API-Key does not open');
  };

  const player = async (token: string, origin?: string): Promise<PlayerCaller | Rejection> => {
    const claims = await tokens.read(token);
    if (claims?.kind !== 'player') return unauthorized('the player token is not valid or has expired');
    const key = claims.keyId ? await keyOf(side, claims.clientId, claims.keyId) : undefined;
    if (key === null) return unauthorized('the API key behind this player token has ended');
    const game = await side.games.state(streamOf.game(gameId(claims.gameId)));
    if (!game.exists) return unauthorized('the game of this player token has ended');
    if (!mayComeFrom(game.config, origin))
      return reject('forbidden', `this game is not played at ${origin}: its config.origins says where`);
    const { erased, tokensEndedUpTo } = await side.players.state(streamOf.player(playerId(claims.playerId)));
    if (erased) return playerErased();
    if (tokensEndedUpTo !== undefined && claims.issuedAt <= tokensEndedUpTo)
      return unauthorized('this player token has been revoked');
    return playerBy(claims, key);
  };

  const byToken = async (token: string, origin?: string): Promise<Caller | Rejection> => {
    const claims = await tokens.read(token);
    if (claims?.kind === 'client') return { kind: 'client', clientId: clientId(claims.clientId), keyId: '' };
    return player(token, origin);
  };

  return {
    caller: (headers) =>
      guarded(async () => {
        const apiKey = single(headers['x-api-key']);
        if (apiKey !== undefined) return byApiKey(apiKey);
        const token = bearer(headers);
        return token
          ? byToken(token, single(headers.origin))
          : unauthorized('X-API-Key or Authorization: Bearer is needed');
      }),
    player: (token, origin) => guarded(() => player(token, origin)),
  };
}

const playerBy = (claims: Extract<ReadToken, { kind: 'player' }>, key: ApiKey | undefined): PlayerCaller => ({
  kind: 'player',
  clientId: clientId(claims.clientId),
  gameId: gameId(claims.gameId),
  playerId: playerId(claims.playerId),
  keyId: claims.keyId,
  issuedAt: claims.issuedAt,
  ...(key?.endsAt && { endsAt: key.endsAt }),
});

/** `null`: it opens nothing any more. */
async function keyOf(side: WriteSide, client: string, keyId: string): Promise<ApiKey | null> {
  const { keys } = await side.clients.state(streamOf.client(clientId(client)));
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  return key && opensAt(key, side.now().toISOString()) ? key : null;
}

/** The bearer token of a request, if it has one. */
export const bearer = (headers: Headers): string | undefined =>
  /^Bearer (\S+)$/i.exec(single(headers.authorization) ?? '')?.[1];

const single = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

async function guarded<T>(check: () => Promise<T | Rejection>): Promise<T | Rejection> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof LogUnavailable) {
      return reject('unavailable', 'the event log cannot be reached', { retryAfterMs: 1_000 });
    }
    throw error;
  }
}
