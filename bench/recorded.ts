import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ImportedMatch, loadMatch } from '../cli/imports/index.js';

/** Where the recorded matches are that were named, or are kept beside the project. */
export const folderOf = (named: string | undefined): string =>
  named ?? join(fileURLToPath(new URL('../..', import.meta.url)), '..', 'shared', 'data');

/** All recorded matches of a folder; `null` where there is none. @throws ImportError naming the file that is no match. */
export function recordedIn(folder: string): ImportedMatch[] | null {
  if (!existsSync(folder)) return null;
  const listed = (path: string, wanted: (name: string) => boolean) =>
    readdirSync(join(folder, path))
      .filter(wanted)
      .map((name) => join(folder, path, name));
  return [
    ...listed('lol', (name) => name.startsWith('match_')),
    ...listed('csgo/matches', (name) => name.endsWith('.json')),
    ...listed('csgo/server_logs', (name) => name.endsWith('.log')),
    ...listed('dota2', (name) => name.endsWith('.json')),
  ].map((path) => loadMatch(path));
}
