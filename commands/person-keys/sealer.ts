import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealed } from '../../domain/events/log-events.js';
import { type Found, nothingFound } from '../../domain/kernel/found.js';

/** The keys cannot be had now. What was to be sealed can be tried again. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  /** SQLSTATE connection_failure: what whoever asks a database takes for "not now". */
  readonly code = '08006';
}

/** The person's key was destroyed, and there never is another: nothing is sealed for them. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased';

  constructor(readonly subject: string) {
    super(`${subject} was erased`);
  }
}

/** Keys of persons, wrapped; where they are kept, they can be destroyed. @throws KeysUnavailable */
export type PersonKeys = {
  find(subject: string): Promise<Buffer | null>;
  /** Keeps the first key a subject was given and returns it; `null`: it was destroyed. */
  keep(subject: string, wrapped: Buffer): Promise<Buffer | null>;
  /** For good: `keep` keeps no other. True when there was one. */
  destroy(subject: string): Promise<boolean>;
};

/** Encrypts a person's own text and names, each person with a key of their own. */
export type Sealer = {
  /** `also`: others whose keys it takes as well to open it. @throws PersonErased */
  seal(subject: string, text: string, also?: readonly string[]): Promise<Sealed>;
  /** `null` when the person's key is gone, or the text was sealed for another. */
  open(subject: string, sealed: string): Promise<string | null>;
  /** The person was erased: the key that is in memory is no more. */
  forget(subject: string): void;
  /** The person's key is no more, anywhere. @throws KeysUnavailable */
  destroy(subject: string): Promise<void>;
};

/** Opens `sealed:BOX`, and `sealed:OTHER:BOX`, whose box is sealed for the other within. */
const PREFIX = 'sealed:';

/** The others whose keys it takes to open it. */
export const othersIn = (sealed: string): string[] => sealed.slice(PREFIX.length).split(':').slice(0, -1);

/** AES-256-GCM (NIST SP 800-38D); the keys themselves are wrapped by the master key the same way. */
export function createSealer(masterKey: Buffer, keys: PersonKeys): Sealer & { readonly found: Found } {
  const { keyOf, existing, forget, found } = keyring(masterKey, keys);
  return {
    found,
    forget,
    async destroy(subject) {
      forget(subject);
      await keys.destroy(subject);
    },
    async seal(subject, text, also = []) {
      let box: Buffer = Buffer.from(text, 'utf8');
      for (const one of [...also].reverse()) box = encrypt(await keyOf(one), box, one);
      box = encrypt(await keyOf(subject), box, subject);
      return `${PREFIX}${[...also, box.toString('base64url')].join(':')}` as Sealed;
    },
    async open(subject, sealed) {
      if (!sealed.startsWith(PREFIX)) return null;
      const also = sealed.slice(PREFIX.length).split(':');
      let box: Buffer = Buffer.from(also.pop()!, 'base64url');
      for (const one of [subject, ...also]) {
        const key = await existing(one);
        const opened = key && decrypted(key, box, one);
        if (!opened) return null;
        box = opened;
      }
      return box.toString('utf8');
    },
  };
}

const CACHED_KEYS = 50_000;

/** Keys that were used last are kept open in memory. */
function keyring(masterKey: Buffer, keys: PersonKeys) {
  const cache = new Map<string, Buffer>();
  const gone = new Set<string>();
  const found = nothingFound();

  const remember = (subject: string, key: Buffer): Buffer | null => {
    // It may have been on its way here when it was destroyed.
    if (gone.has(subject)) return null;
    cache.delete(subject);
    cache.set(subject, key);
    if (cache.size > CACHED_KEYS) cache.delete(cache.keys().next().value!);
    return key;
  };
  const unwrapped = (subject: string, wrapped: Buffer | null) =>
    wrapped && remember(subject, decrypt(masterKey, wrapped, subject));
  const existing = async (subject: string): Promise<Buffer | null> => {
    const cached = cache.get(subject);
    found[cached ? 'hits' : 'misses']++;
    return cached ?? unwrapped(subject, await keys.find(subject));
  };
  const made = async (subject: string): Promise<Buffer | null> =>
    unwrapped(subject, await keys.keep(subject, encrypt(masterKey, randomBytes(32), subject)));
  return {
    found,
    existing,
    async keyOf(subject: string): Promise<Buffer> {
      const key = (await existing(subject)) ?? (await made(subject));
      if (!key) throw new PersonErased(subject);
      return key;
    },
    forget(subject: string): void {
      gone.add(subject);
      cache.delete(subject);
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

function decrypted(...[key, box, subject]: Parameters<typeof decrypt>): Buffer | null {
  try {
    return decrypt(key, box, subject);
  } catch {
    return null;
  }
}
