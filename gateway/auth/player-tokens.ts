import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { ReachedPlayer } from '../../domain/access/reached.js';

/** What a token says: one player, one client's session of the console, or one client's e-mail address. */
export type TokenClaims = OfPlayer<ReachedPlayer> | OfClient;

type OfPlayer<Id> = { kind: 'player'; clientId: string; gameId: string; playerId: Id; keyId: string | null };
type OfClient = { kind: 'client' | 'email'; clientId: string };

/** `issuedAt`: seconds since 1970. Whose it is has still to be looked for. */
export type ReadToken = (OfPlayer<string> | OfClient) & { issuedAt: number };

export type Tokens = {
  issue(claims: TokenClaims): Promise<{ token: string; expiresAt: string }>;
  /** `null` for whatever this engine did not sign, or has expired. */
  read(token: string): Promise<ReadToken | null>;
};

const ISSUER = 'agl';
const LIFETIME_MS = { player: 4 * 3_600_000, client: 12 * 3_600_000, email: 48 * 3_600_000 };

/** JSON Web Tokens (RFC 7519), HS256 with keys derived from the master keys: the first signs, any is believed. */
export function createTokens(keys: readonly Uint8Array[], now: () => Date): Tokens {
  const signing = keys[0]!;
  return {
    async issue(claims) {
      const { kind, clientId } = claims;
      const issued = now().getTime();
      const expires = Math.floor((issued + LIFETIME_MS[kind]) / 1000);
      const subject = kind === 'player' ? claims.playerId : clientId;
      const about = kind === 'player' ? { gid: claims.gameId, key: claims.keyId } : {};
      const token = await new SignJWT({ kind, cid: clientId, ...about })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(subject)
        .setIssuedAt(issued / 1000)
        .setExpirationTime(expires)
        .sign(signing);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    async read(token) {
      for (const key of keys) {
        const payload = await verified(token, key, now());
        if (payload) return claimsIn(payload);
      }
      return null;
    },
  };
}

async function verified(token: string, key: Uint8Array, currentDate: Date): Promise<JWTPayload | null> {
  try {
    return (await jwtVerify(token, key, { issuer: ISSUER, algorithms: ['HS256'], currentDate })).payload;
  } catch {
    return null;
  }
}

function claimsIn({ cid, kind, gid, sub, key, iat = 0 }: JWTPayload): ReadToken {
  const known = { clientId: String(cid), issuedAt: iat };
  if (kind === 'client' || kind === 'email') return { kind, ...known };
  const keyId = typeof key === 'string' ? key : null;
  return { kind: 'player', ...known, gameId: String(gid), playerId: String(sub), keyId };
}
