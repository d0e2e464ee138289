import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBook } from '../domain/emotion/book.js';
import { isLogEventType } from '../domain/events/log-events.js';
import { feelsBy } from './felt-by.js';
import { projections } from './index.js';
import type { Projection } from './projection.js';

const here = fileURLToPath(new URL('.', import.meta.url));

test('the list leaves no read model out', async () => {
  const files = readdirSync(here).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'));
  const found: Projection[] = [];
  for (const file of files) {
    if (file === 'index.js') continue;
    const exported: Record<string, unknown> = await import(`./${file}`);
    found.push(...Object.entries(exported).flatMap(([name, value]) => projectionIn(name, value)));
  }
  assert.ok(found.length >= 5);
  const names = (of: readonly Projection[]) => of.map(({ name }) => name).sort();
  assert.deepEqual(names(projections), names(found));
  assert.equal(projections.length, found.length);
});

test('every read model has a name and tables of its own, and events that exist', () => {
  const names = projections.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const tables = projections.flatMap(({ tables: own }) => Object.keys(own));
  assert.equal(new Set(tables).size, tables.length);
  for (const { types } of projections) for (const type of types) assert.ok(isLogEventType(type));
});

test('what belongs to another read model belongs to one that is there, and belongs to none itself', () => {
  for (const { together } of projections) {
    if (together === undefined) continue;
    const first = projections.find(({ name }) => name === together);
    assert.ok(first && first.together === undefined, together);
  }
});

/** Those that depend on who decides what is felt are made by a function called so. */
function projectionIn(name: string, value: unknown): Projection[] {
  const made = typeof value === 'function' && /[a-z]By$/.test(name) ? value(feelsBy(openBook())) : value;
  return isProjection(made) ? [made] : [];
}

const isProjection = (value: unknown): value is Projection =>
  typeof value === 'object' && value !== null && 'fold' in value && 'version' in value && 'types' in value;
