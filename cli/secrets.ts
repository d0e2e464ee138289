import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, UsageError } from './settings.js';

export type Secrets = {
  /** Wraps the keys of persons. */
  keyForPersons: Buffer;
  /** Names prompts in the log. */
  keyForPrompts: Buffer;
  /** Signs tokens. */
  keyForTokens: Buffer;
  /** An id for what identifies a person, that does not: HMAC-SHA-256, 32 hex digits. */
  pseudonym: (purpose: string, text: string) => string;
  adminKeySha256: string;
  /** The admin key, only when it has just been made. */
  newAdminKey?: string;
};

/** What wraps the keys of persons, where there is one already: who only reads makes no secrets. */
export function keyForPersonsIn({ AGL_DATA_DIR, AGL_MASTER_KEY }: Settings): Buffer | null {
  if (!AGL_MASTER_KEY && !existsSync(join(AGL_DATA_DIR, 'master.key'))) return null;
  return derivedFrom(masterKey(AGL_DATA_DIR, AGL_MASTER_KEY), 'person keys');
}

/** The engine's secrets: from the settings, else from the data folder, else made there once. */
export function openSecrets({ AGL_DATA_DIR, AGL_MASTER_KEY, AGL_ADMIN_KEY }: Settings): Secrets {
  const master = masterKey(AGL_DATA_DIR, AGL_MASTER_KEY);
  const derived = (purpose: string) => derivedFrom(master, purpose);
  const keyForNames = derived('pseudonyms');
  return {
    keyForPersons: derived('person keys'),
    keyForPrompts: derived('prompts'),
    keyForTokens: derived('tokens'),
    pseudonym: (purpose, text) =>
      createHmac('sha256', keyForNames).update(`${purpose}\n${text}`).digest('hex').slice(0, 32),
    ...adminKey(AGL_DATA_DIR, AGL_ADMIN_KEY),
  };
}

const derivedFrom = (master: Buffer, purpose: string) =>
  Buffer.from(hkdfSync('sha256', master, '', `agl ${purpose}`, 32));

const masterKey = (dir: string, given: string | undefined) =>
  given ? Buffer.from(given, 'base64') : ownMasterKey(dir);

function ownMasterKey(dir: string): Buffer {
  const file = join(dir, 'master.key');
  if (!existsSync(file)) keepPrivate(file, randomBytes(32).toString('base64'));
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new UsageError(`${file} does not hold 32 bytes in base64`);
  return key;
}

function adminKey(dir: string, given: string | undefined): Pick<Secrets, 'adminKeySha256' | 'newAdminKey'> {
  if (given) return { adminKeySha256: sha256(given) };
  const file = join(dir, 'admin-key.sha256');
  if (existsSync(file)) return { adminKeySha256: readFileSync(file, 'utf8').trim() };
  const newAdminKey = `agl_admin_${randomBytes(24).toString('hex')}`;
  keepPrivate(file, sha256(newAdminKey));
  return { adminKeySha256: sha256(newAdminKey), newAdminKey };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const keepPrivate = (file: string, text: string) =>
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
