import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { migrationNames } from './index.js';

test('the list holds every migration, in order', () => {
  const files = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
    .filter((file) => /^\d{4}-\d{2}-\d{2}-\d{6}-.*\.js$/.test(file))
    .map((file) => file.slice(0, -3));
  assert.deepEqual([...migrationNames], files.sort());
});
