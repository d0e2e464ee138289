import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Client, opensAt } from '../../domain/client/client.js';

/**
 * An API key names its client, so that checking it needs that client's stream and no index:
 * `agl_<client id>_<secret>`. The log keeps its SHA-256 alone.
 */
export function newApiKey(clientId: string): { keyId: string; apiKey: string; sha256: string } {
  const apiKey = `agl_${clientId}_${randomBytes(24).toString('hex')}`;
  const sha256 = sha256Of(apiKey);
  return { keyId: sha256.slice(0, 16), apiKey, sha256 };
}

export const clientOfApiKey = (apiKey: string): string | null =>
  /^agl_([0-9a-f]{20})_[0-9a-f]{48}$/.exec(apiKey)?.[1] ?? null;

/** The key, if it opens at that time (ISO 8601). */
export function keyThatFits(
  apiKey: string,
  client: Pick<Client, 'keys'>,
  at: string,
): { keyId: string; endsAt?: string } | null {
  const given = Buffer.from(sha256Of(apiKey), 'hex');
  for (const [keyId, key] of Object.entries(client.keys)) {
    const expected = Buffer.from(key.sha256, 'hex');
    if (expected.length === given.length && timingSafeEqual(given, expected))
      return opensAt(key, at) ? { keyId, ...(key.endsAt && { endsAt: key.endsAt }) } : null;
  }
  return null;
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
