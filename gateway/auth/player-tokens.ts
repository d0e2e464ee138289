import { jwtVerify, SignJWT } from 'jose';

/** What a token says: one player, or one client's session of the console. */
export type TokenClaims =
  | { kind: 'player'; clientId: string; gameId: string; playerId: string; keyId: string | null }
  | { kind: 'client'; clientId: string };

export type Tokens = {
  issue(claims: TokenClaims): Promise<{ token: string; expiresAt: string }>;
  /** `null` for whatever this engine did not sign, or has expired. */
  read(token: string): Promise<TokenClaims | null>;
};

const ISSUER = 'agl';
const LIFETIME_MS = { player: 4 * 3_600_000, client: 12 * 3_600_000 };

/** JSON Web Tokens (RFC 7519), HS256 with a key derived from the master key. */
export function createTokens(key: Uint8Array, now: () => Date): Tokens {
  return {
    async issue(claims) {
      const { kind, clientId } = claims;
      const expires = Math.floor((now().getTime() + LIFETIME_MS[kind]) / 1000);
      const subject = kind === 'player' ? claims.playerId : clientId;
      const about = kind === 'player' ? { gid: claims.gameId, key: claims.keyId } : {};
      const token = await new SignJWT({ kind, cid: clientId, ...about })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(subject)
        .setExpirationTime(expires)
        .sign(key);
      return { token, expiresAt: new Date(expires * 1000).toISOString() };
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: ISSUER,
          algorithms: ['HS256'],
          currentDate: now(),
        });
        const clientId = String(payload.cid);
        if (payload.kind === 'client') return { kind: 'client', clientId };
        return {
          kind: 'player',
          clientId,
          gameId: String(payload.gid),
          playerId: String(payload.sub),
          keyId: typeof payload.key === 'string' ? payload.key : null,
        };
      } catch {
        return null;
      }
    },
  };
}
