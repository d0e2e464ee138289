import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { logEvents } from '../log-events.js';
import { readLogEvent } from '../read.js';
import { findings, readLocks, shapesOf, storedFolder } from '../testing/lock.js';
import { fieldPaths } from '../testing/shape.js';
import type { StoredType } from './versions.js';

/** An event as it lies in the log, and what its data is read as today; absent for the current version. */
type Sample = { stored: { id: string; type: string; data: object; metadata: object }; reads?: object };

const folder = join(storedFolder, 'samples');
const samples = readdirSync(folder).map((file) => {
  const [type, version] = file.split('.') as [keyof typeof logEvents, string];
  return {
    file,
    type,
    version: Number(version.slice(1)),
    ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sample),
  };
});
const types: Record<string, StoredType> = logEvents;

describe('stored events', () => {
  it('have one file a type, and none is left out of the list', () => {
    const notTypes = ['parts.ts', 'versions.ts'];
    const files = readdirSync(storedFolder).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !notTypes.includes(file),
    );
    const named = Object.keys(types).map(
      (type) => `${type.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.ts`,
    );
    assert.deepEqual(files.sort(), named.sort());
    assert.equal(new Set(Object.values(types)).size, named.length);
  });

  it('keep the shapes they were ever stored in', () => {
    const found = findings(types, readLocks()).map(({ says }) => says);
    assert.equal(found.length, 0, `\n\n${found.join('\n\n')}\n`);
  });

  for (const { file, type, version, stored, reads } of samples) {
    it(`are read as ever: ${file}`, () => {
      const current = types[type]!.version;
      assert.deepEqual(
        [stored.type, (stored.metadata as { schemaVersion: number }).schemaVersion],
        [type, version],
      );
      assert.equal(reads === undefined, version === current, '"reads" says what an older version is read as');
      assert.deepEqual(readLogEvent(stored), { ...stored, data: reads ?? stored.data });
    });
  }

  it('have samples of every version, which show every field', () => {
    for (const [name, shape] of shapesOf(types)) {
      const shown = samples
        .filter(({ file }) => file.startsWith(`${name}.`))
        .map(({ stored }) => stored.data);
      assert.ok(shown.length > 0, `samples/${name}.json is missing`);
      const missing = fieldPaths(shape).filter((path) => !shown.some((data) => at(data, path) !== undefined));
      assert.deepEqual(missing, [], `fields of ${name} that no sample shows`);
    }
  });
});

const at = (data: unknown, path: string): unknown =>
  path.split('.').reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], data);
