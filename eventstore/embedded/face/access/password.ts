import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** A password as it is stored, in base64: never itself. */
export type Hashed = { hash: string; salt: string };

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const HASH_BYTES = 32;

export async function hashOf(password: string): Promise<Hashed> {
  const salt = randomBytes(16);
  return {
    hash: (await derive(password, salt, HASH_BYTES)).toString('base64'),
    salt: salt.toString('base64'),
  };
}

const MAX_KNOWN = 1000;

/**
 * Checks passwords. Each call of a client carries one and a hash is slow by intent, so what was right once is
 * known by a keyed digest of itself and of the stored hash: a changed password makes it unknown again.
 */
export function passwordChecker(): (password: string, stored: Hashed) => Promise<boolean> | true {
  const key = randomBytes(32);
  const known = new Set<string>();
  return (password, { hash, salt }) => {
    const digest = createHmac('sha256', key).update(`${hash}\0${salt}\0${password}`).digest('base64');
    if (known.has(digest)) return true;
    return derive(password, Buffer.from(salt, 'base64'), HASH_BYTES).then((found) => {
      const expected = Buffer.from(hash, 'base64');
      const right = expected.length === found.length && timingSafeEqual(expected, found);
      if (right && known.size >= MAX_KNOWN) known.clear();
      if (right) known.add(digest);
      return right;
    });
  };
}
