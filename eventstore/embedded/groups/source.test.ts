import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEngine } from '../engine/engine.js';
import { append, many, temporaryFolder } from '../engine/testing.js';
import { ALL, type GroupSettings } from './settings.js';
import { sourceFor } from './source.js';

test('there is no more to read in a log that is empty, or of which the rest was scavenged', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const source = sourceFor(engine, { stream: ALL, group: 'g' }, {} as GroupSettings);
  assert.deepEqual(source.read(-1, 10), { records: [], end: true });
  await append(engine, 's', 'any', many(3));
  assert.equal(source.read(0, 2).end, false);
  assert.equal(source.read(0, 10).end, true);
  await engine.deleteStream('s', 'any');
  await append(engine, 't', 'any', many(1));
  await engine.deleteStream('t', 'any');
  await engine.scavenge().result;
  assert.equal(source.read(engine.head(), 10).end, true);
});
