import { createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MasterKeys, WrongMasterKey } from '../commands/person-keys/master-keys.js';
import type { Pool } from '../projections/database.js';
import { openKeptKeys } from './kept-keys.js';
import { derivedFrom, masterKeysIn, nameOfMasterKey, openMasterKeys } from './master-keys.js';
import { type Settings, UsageError } from './settings.js';

export type Secrets = {
  /** Wrap the keys of persons. */
  keysForPersons: MasterKeys;
  /** Names prompts in the log. */
  keyForPrompts: Buffer;
  /** Sign tokens: the first does, any is believed. */
  keysForTokens: MasterKeys;
  /** Signs certificates of erasures: the seed of an Ed25519 key. */
  certificateKey: Buffer;
  /** An id for what identifies a person, that does not: HMAC-SHA-256, 32 hex digits. */
  pseudonym: (purpose: string, text: string) => string;
  adminKeySha256: string;
  /** The admin key, only when it has just been made. */
  newAdminKey?: string;
};

/** What wraps the keys of persons, where there is one already: who only reads makes no secrets. */
export function keysForPersonsIn(settings: Settings): MasterKeys | null {
  const masters = masterKeysIn(settings);
  return masters.length === 0 ? null : keysForPersonsOf(masters);
}

export const keysForPersonsOf = (masters: MasterKeys): MasterKeys =>
  masters.map((master) => derivedFrom(master, 'person keys'));

/** The engine's secrets: from the settings, else from the data folder, else made there once. */
export async function openSecrets(settings: Settings, pool: Pool): Promise<Secrets> {
  const masters = openMasterKeys(settings);
  const kept = await keptKeys(settings, pool, masters);
  return {
    keysForPersons: keysForPersonsOf(masters),
    keyForPrompts: kept.prompts,
    keysForTokens: masters.map((master) => derivedFrom(master, 'tokens')),
    certificateKey: kept.certificates,
    pseudonym: (purpose, text) =>
      createHmac('sha256', kept.pseudonyms).update(`${purpose}\n${text}`).digest('hex').slice(0, 32),
    ...adminKey(settings),
  };
}

/** @throws UsageError where the master key is not the one by which what is here was wrapped. */
export const keptKeys = (settings: Settings, pool: Pool, masters: MasterKeys) =>
  openKeptKeys(pool, masters).catch((error) => {
    if (!(error instanceof WrongMasterKey)) throw error;
    const name = nameOfMasterKey(settings);
    throw new UsageError(`${name} is not the master key of this installation: its keys do not open with it`);
  });

function adminKey({
  AGL_DATA_DIR,
  AGL_ADMIN_KEY,
}: Settings): Pick<Secrets, 'adminKeySha256' | 'newAdminKey'> {
  if (AGL_ADMIN_KEY) return { adminKeySha256: sha256(AGL_ADMIN_KEY) };
  const file = join(AGL_DATA_DIR, 'admin-key.sha256');
  if (existsSync(file)) return { adminKeySha256: readFileSync(file, 'utf8').trim() };
  const newAdminKey = `agl_admin_${randomBytes(24).toString('hex')}`;
  writeFileSync(file, `${sha256(newAdminKey)}\n`, { mode: 0o600, flag: 'wx' });
  return { adminKeySha256: sha256(newAdminKey), newAdminKey };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
