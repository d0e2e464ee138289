import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isLogEventType } from '../domain/events/log-events.js';
import { projections } from './index.js';

const here = fileURLToPath(new URL('.', import.meta.url));

test('the list leaves no read model out', async () => {
  const files = readdirSync(here).filter((file) => file.endsWith('.js') && !file.endsWith('.test.js'));
  const found: unknown[] = [];
  for (const file of files) {
    if (file === 'index.js') continue;
    const exported: Record<string, unknown> = await import(`./${file}`);
    found.push(...Object.values(exported).filter(isProjection));
  }
  assert.ok(found.length >= 5);
  assert.deepEqual(new Set(projections), new Set(found));
  assert.equal(projections.length, found.length);
});

test('every read model has a name and tables of its own, and events that exist', () => {
  const names = projections.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  const tables = projections.flatMap(({ tables: own }) => Object.keys(own));
  assert.equal(new Set(tables).size, tables.length);
  for (const { types } of projections) for (const type of types) assert.ok(isLogEventType(type));
});

const isProjection = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'fold' in value && 'version' in value && 'types' in value;
