import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, UsageError } from './settings.js';

export type Secrets = {
  /** Wraps the keys of persons. */
  keyForPersons: Buffer;
  /** Signs tokens. */
  keyForTokens: Buffer;
  /** An id for what identifies a person, that does not: HMAC-SHA-256, 32 hex digits. */
  pseudonym: (purpose: string, text: string) => string;
  adminKeySha256: string;
  /** The admin key, only when it has just been made. */
  newAdminKey?: string;
};

/** The engine's secrets: from the settings, else from the data folder, else made there once. */
export function openSecrets({ AGL_DATA_DIR, AGL_MASTER_KEY, AGL_ADMIN_KEY }: Settings): Secrets {
  const master = AGL_MASTER_KEY ? Buffer.from(AGL_MASTER_KEY, 'base64') : ownMasterKey(AGL_DATA_DIR);
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `agl ${purpose}`, 32));
  const keyForNames = derived('pseudonyms');
  return {
    keyForPersons: derived('person keys'),
    keyForTokens: derived('tokens'),
    pseudonym: (purpose, text) =>
      createHmac('sha256', keyForNames).update(`${purpose}\n${text}`).digest('hex').slice(0, 32),
    ...adminKey(AGL_DATA_DIR, AGL_ADMIN_KEY),
  };
}

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
