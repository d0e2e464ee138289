import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logEvents } from '../log-events.js';
import type { StoredType } from '../stored/versions.js';
import { describeShape, differences, type ShapeDescription } from './shape.js';

/**
 * What events were ever stored like, kept beside the code: one description a type and version. A shape that is
 * no longer its description is either a growth, to be renewed deliberately, or a mistake.
 */
export type Locks = ReadonlyMap<string, ShapeDescription>;

export const storedFolder = join(
  resolve(dirname(fileURLToPath(import.meta.url)), '../../../..'),
  'domain/events/stored',
);
export const COMMAND = 'node dist/domain/events/testing/lock.js --write';

/** The shapes of all versions by their name, `<Type>.v<N>`. */
export function shapesOf(types: Record<string, StoredType>): Map<string, ShapeDescription> {
  const shapes = new Map<string, ShapeDescription>();
  for (const [type, { shape, older }] of Object.entries(types)) {
    for (const [at, one] of [...older.map((before) => before.shape), shape].entries())
      shapes.set(`${type}.v${at + 1}`, describeShape(one));
  }
  return shapes;
}

type Finding = { name: string; says: string; renewable: boolean };

/** Where shapes and locks do not agree, and what to do about each. */
export function findings(types: Record<string, StoredType>, locks: Locks): Finding[] {
  const shapes = shapesOf(types);
  const found: Finding[] = [];
  for (const [name, shape] of shapes) {
    const lock = locks.get(name);
    if (!lock) {
      found.push({ name, says: `${name} has no lock yet. To lock it: ${COMMAND}`, renewable: true });
      continue;
    }
    const { grown, broken } = differences(lock, shape);
    if (broken.length > 0) found.push({ name, says: newVersionNeeded(name, broken), renewable: false });
    else if (grown.length > 0) found.push({ name, says: renewalNeeded(name, grown), renewable: true });
  }
  for (const name of locks.keys()) {
    if (shapes.has(name)) continue;
    const says = `${name} was stored, and must stay readable: its shape is gone from the code`;
    found.push({ name, says, renewable: false });
  }
  return found;
}

const newVersionNeeded = (name: string, broken: string[]) => {
  const [type, version] = [name.split('.v')[0]!, Number(name.split('.v')[1])];
  return `${name}: ${broken.join('; ')}. Events are stored in the shape of lock/${name}.json and stay so.
  1. hand that shape to older(…) in the file of ${type}, with a pure step from${version}to${version + 1};
  2. give storedAs(…) the new shape: it is version ${version + 1};
  3. samples/${name}.json gets "reads": what it is read as today; add samples/${type}.v${version + 1}.json;
  4. ${COMMAND}`;
};

const renewalNeeded = (name: string, grown: string[]) =>
  `${name} has grown: ${grown.join('; ')}. What is stored stays readable. If it is meant, show it in a sample, and
  renew the lock: ${COMMAND}`;

/** The locks as they should be, as far as they may be renewed at all. */
export function renewed(types: Record<string, StoredType>, locks: Locks) {
  const shapes = shapesOf(types);
  const all = findings(types, locks);
  return {
    write: all.filter(({ renewable }) => renewable).map(({ name }) => [name, shapes.get(name)!] as const),
    refused: all.filter(({ renewable }) => !renewable).map(({ says }) => says),
  };
}

export function readLocks(folder = join(storedFolder, 'lock')): Locks {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => [
        file.replace(/\.json$/, ''),
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as ShapeDescription,
      ]),
  );
}

/** As the formatter of this repository writes it: a list that fits into its line stays there. */
export function written(shape: ShapeDescription): string {
  const text = JSON.stringify(shape, null, 2).replace(
    /^(.*)\[([^[\]{}]*)\](,?)$/gm,
    (whole, start, list, end) => {
      const line = `${start}[${list.trim().replace(/\s*\n\s*/g, ' ')}]${end}`;
      return line.length <= 110 ? line : whole;
    },
  );
  return `${text}\n`;
}

function main(): void {
  const { write, refused } = renewed(logEvents, readLocks());
  for (const [name, shape] of write) {
    writeFileSync(join(storedFolder, 'lock', `${name}.json`), written(shape));
    console.log(`locked ${name}`);
  }
  for (const says of refused) console.error(says);
  process.exitCode = refused.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === '--write') main();
  else console.error(`usage: ${COMMAND}`);
}
