import { hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MasterKeys } from '../commands/person-keys/master-keys.js';
import { type Settings, UsageError } from './settings.js';

type Where = Pick<Settings, 'AGL_DATA_DIR' | 'AGL_MASTER_KEY' | 'AGL_MASTER_KEY_PREVIOUS'>;

/** From the settings, else those of the data folder; none where there is none yet. */
export function masterKeysIn({ AGL_DATA_DIR, AGL_MASTER_KEY, AGL_MASTER_KEY_PREVIOUS }: Where): MasterKeys {
  if (!AGL_MASTER_KEY) return [fileIn(AGL_DATA_DIR), nextFileIn(AGL_DATA_DIR)].filter(existsSync).map(keyIn);
  return [AGL_MASTER_KEY, AGL_MASTER_KEY_PREVIOUS].flatMap((key) =>
    key ? [Buffer.from(key, 'base64')] : [],
  );
}

/** The same, where one is made in the data folder when there is none. */
export function openMasterKeys(where: Where): MasterKeys {
  const found = masterKeysIn(where);
  if (found.length > 0) return found;
  makeKey(fileIn(where.AGL_DATA_DIR));
  return masterKeysIn(where);
}

/** Of the data folder: the one that is to come first, and the one that does. The same again after a crash. */
export function keysToRotate(dir: string): MasterKeys {
  if (!existsSync(nextFileIn(dir))) makeKey(nextFileIn(dir));
  return [keyIn(nextFileIn(dir)), keyIn(fileIn(dir))];
}

/** The new key of the data folder takes the place of the old one, which is no more: from one moment to the next. */
export function endRotation(dir: string): void {
  renameSync(nextFileIn(dir), fileIn(dir));
  flushed(dir);
}

/** How a message calls the master key. */
export const nameOfMasterKey = ({ AGL_DATA_DIR, AGL_MASTER_KEY }: Where): string =>
  AGL_MASTER_KEY ? 'AGL_MASTER_KEY:' : fileIn(AGL_DATA_DIR);

export const derivedFrom = (master: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', `agl ${purpose}`, 32));

const fileIn = (dir: string) => join(dir, 'master.key');
const nextFileIn = (dir: string) => join(dir, 'master.key.next');

function keyIn(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new UsageError(`${file} does not hold 32 bytes in base64`);
  return key;
}

/** All of it or nothing is there after a crash, also of the machine: nothing opens without it. */
function makeKey(file: string): void {
  const part = `${file}.part`;
  const handle = openSync(part, 'w', 0o600);
  writeSync(handle, `${randomBytes(32).toString('base64')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(part, file);
  flushed(join(file, '..'));
}

function flushed(dir: string): void {
  const handle = openSync(dir, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
