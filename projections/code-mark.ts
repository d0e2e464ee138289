import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Projection } from './projection.js';

/** The rooms that decide what rows an event makes. */
const ROOMS = ['domain', 'projections'];

let program: string | undefined;

/**
 * A mark of what makes the rows of a read model: other code or another model of feeling, another mark. Nobody has to
 * remember to change it.
 */
export function codeMark({ madeBy }: Pick<Projection, 'madeBy'>): string {
  program ??= programMark(fileURLToPath(new URL('..', import.meta.url)));
  return madeBy === undefined ? program : short(createHash('sha256').update(`${program}\n${madeBy}`));
}

const short = (hash: Hash) => hash.digest('hex').slice(0, 16);

function programMark(root: string): string {
  const hash = createHash('sha256');
  for (const room of ROOMS) {
    const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /(?<!\.test)\.js$/.test(name)).sort())
      hash.update(`${room}/${file}\n`).update(readFileSync(join(root, room, file)));
  }
  return short(hash);
}
