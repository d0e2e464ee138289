import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Source } from './match.js';

/** The way to the recorded matches, where they are at hand. */

function repoRoot(from: string): string {
  return existsSync(join(from, 'package.json')) || dirname(from) === from ? from : repoRoot(dirname(from));
}

export const sharedData = join(repoRoot(import.meta.dirname), '..', 'shared', 'data');
/** Why tests over recorded matches are skipped here; `false` where the data is. */
export const dataAbsent = existsSync(sharedData)
  ? false
  : 'recorded matches are not at hand (../shared/data)';

const listed = (folder: string, wanted: (name: string) => boolean) =>
  dataAbsent
    ? []
    : readdirSync(join(sharedData, folder))
        .filter(wanted)
        .sort()
        .map((name) => join(sharedData, folder, name));

/** Paths of the recorded matches. */
export const recorded = {
  lol: listed('lol', (name) => name.startsWith('match_')),
  csgo: listed('csgo/matches', (name) => name.endsWith('.json')),
  'csgo-log': listed('csgo/server_logs', (name) => name.endsWith('.log')),
  dota2: listed('dota2', (name) => name.endsWith('.json')),
};

export const source = (name: string, value: unknown): Source => ({
  name,
  text: typeof value === 'string' ? value : JSON.stringify(value),
});

// biome-ignore lint/suspicious/noExplicitAny: samples are loose JSON that tests change as they like
export type Loose = any;
