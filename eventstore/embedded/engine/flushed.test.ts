import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { append, many, temporaryFolder } from './testing.js';

/** What waits to be flushed, while the test holds it back. */
const waiting: (() => void)[] = [];
const flushed: string[] = [];
let held = false;

// Before the engine is loaded: it takes the function as it is then.
const fdatasync = fs.fdatasync;
fs.fdatasync = ((file: number, done: (error: NodeJS.ErrnoException | null) => void) => {
  const go = () => {
    flushed.push(fs.readlinkSync(`/proc/self/fd/${file}`));
    fdatasync(file, done);
  };
  if (held) waiting.push(go);
  else go();
}) as typeof fs.fdatasync;
syncBuiltinESMExports();
const { openEngine } = await import('./engine.js');
const { WAL_FILE } = await import('./wal.js');

const onLinux = fs.existsSync('/proc/self/fd');

// A power cut takes what was written and not flushed, and no test can cut the power.
test('nothing is acknowledged before the disk has it', {
  skip: onLinux ? false : 'it looks into /proc',
}, async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir });
  t.after(() => engine.close());
  await append(engine, 'a', 'any', many(1));
  flushed.length = 0;
  held = true;
  let acknowledged = false;
  const appended = append(engine, 'a', 'any', many(1)).then(() => {
    acknowledged = true;
  });
  while (waiting.length === 0 && !acknowledged) await sleep(5);
  await sleep(50);
  assert.equal(acknowledged, false);
  held = false;
  for (const go of waiting.splice(0)) go();
  await appended;
  assert.deepEqual([...new Set(flushed)], [join(dir, WAL_FILE)]);
});
