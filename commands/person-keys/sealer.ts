import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealed } from '../../domain/events/log-events.js';

/** The keys cannot be had now. What was to be sealed can be tried again. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  /** SQLSTATE connection_failure: what whoever asks a database takes for "not now". */
  readonly code = '08006';
}

/** Keys of persons, wrapped; where they are kept, they can be destroyed. @throws KeysUnavailable */
export type PersonKeys = {
  find(subject: string): Promise<Buffer | null>;
  /** Keeps the first key a subject was given and returns it. */
  keep(subject: string, wrapped: Buffer): Promise<Buffer>;
};

/** Encrypts a person's own text and names, each person with a key of their own. */
export type Sealer = {
  seal(subject: string, text: string): Promise<Sealed>;
  /** `null` when the person's key is gone, or the text was sealed for another. */
  open(subject: string, sealed: string): Promise<string | null>;
};

const CACHED_KEYS = 50_000;

/** AES-256-GCM (NIST SP 800-38D); the keys themselves are wrapped by the master key the same way. */
export function createSealer(masterKey: Buffer, keys: PersonKeys): Sealer {
  const cache = new Map<string, Buffer>();

  const remember = (subject: string, key: Buffer): Buffer => {
    cache.delete(subject);
    cache.set(subject, key);
    if (cache.size > CACHED_KEYS) cache.delete(cache.keys().next().value!);
    return key;
  };

  const existing = async (subject: string): Promise<Buffer | null> => {
    const cached = cache.get(subject);
    if (cached) return cached;
    const wrapped = await keys.find(subject);
    return wrapped ? remember(subject, decrypt(masterKey, wrapped, subject)) : null;
  };

  const made = async (subject: string): Promise<Buffer> => {
    const wrapped = await keys.keep(subject, encrypt(masterKey, randomBytes(32), subject));
    return remember(subject, decrypt(masterKey, wrapped, subject));
  };

  return {
    async seal(subject, text) {
      const key = (await existing(subject)) ?? (await made(subject));
      return `sealed:${encrypt(key, Buffer.from(text, 'utf8'), subject).toString('base64url')}` as Sealed;
    },
    async open(subject, sealed) {
      const key = await existing(subject);
      if (!key || !sealed.startsWith('sealed:')) return null;
      try {
        return decrypt(key, Buffer.from(sealed.slice(7), 'base64url'), subject).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** Nonce (12 bytes), tag (16 bytes), ciphertext; bound to the subject it belongs to. */
export function encrypt(key: Buffer, plain: Buffer, subject: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(subject));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

export function decrypt(key: Buffer, box: Buffer, subject: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(subject));
  decipher.setAuthTag(box.subarray(12, 28));
  return Buffer.concat([decipher.update(box.subarray(28)), decipher.final()]);
}
