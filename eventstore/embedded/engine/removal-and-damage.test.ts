import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open } from 'lmdb';
import { openEngine } from './engine.js';
import { append, idBytes, many, positions, proposed, revisions, shown, temporaryFolder } from './testing.js';
import type { EngineError } from './types.js';

test('metadata hides what is too much, too old or cut off, on reads of the stream only', async (t) => {
  let now = 1_000_000;
  const engine = await openEngine({ dir: temporaryFolder(t), now: () => now });
  t.after(() => engine.close());
  for (let i = 0; i < 6; i++) {
    await append(engine, 's', 'any', many(1));
    now += 10_000;
  }
  const metadata = (data: unknown) => append(engine, '$$s', 'any', [proposed(data, idBytes(), '$metadata')]);
  await metadata({ $maxCount: 4 });
  assert.deepEqual(revisions(engine, 's'), [2, 3, 4, 5]);
  assert.deepEqual(revisions(engine, 's', { from: 'end', backwards: true }), [5, 4, 3, 2]);
  await metadata({ $maxAge: 25 });
  assert.deepEqual(revisions(engine, 's'), [4, 5]);
  now += 60_000;
  assert.deepEqual(revisions(engine, 's'), []);
  await metadata({ $tb: 1 });
  assert.deepEqual(revisions(engine, 's'), [1, 2, 3, 4, 5]);
  await metadata('nonsense');
  assert.equal(revisions(engine, 's').length, 6);
  assert.equal(positions(engine, 0).length, 10);
});

test('a stream deleted softly is gone, and goes on with its numbers when written again', async (t) => {
  const dir = temporaryFolder(t);
  let engine = await openEngine({ dir });
  await append(engine, 's', 'any', many(3));
  assert.deepEqual(await engine.deleteStream('s', 5), { outcome: 'wrong_expected_version', current: 2 });
  assert.deepEqual(await engine.deleteStream('s', 2), { outcome: 'written', revision: 2, position: 4 });
  assert.equal(revisions(engine, 's'), 'not_found');
  await engine.close();
  engine = await openEngine({ dir });
  t.after(() => engine.close());
  assert.equal(revisions(engine, 's'), 'not_found');
  assert.equal((await append(engine, 's', 'stream_exists', many(1))).outcome, 'stream_deleted');
  assert.deepEqual(await append(engine, 's', 'no_stream', many(2)), {
    outcome: 'written',
    revision: 4,
    position: 6,
  });
  assert.deepEqual(revisions(engine, 's'), [3, 4]);
  assert.equal((await append(engine, 's', 'no_stream', many(1))).outcome, 'wrong_expected_version');
  await engine.deleteStream('s', 'any');
  await append(engine, '$$s', 'any', [proposed({ $maxCount: 9 }, idBytes(), '$metadata')]);
  assert.deepEqual(revisions(engine, 's'), [], 'new metadata does not bring back what was deleted');
});

test('a tombstone is for ever', async (t) => {
  const dir = temporaryFolder(t);
  let engine = await openEngine({ dir });
  await append(engine, 's', 'any', many(2));
  assert.equal((await engine.tombstone('s', 0)).outcome, 'wrong_expected_version');
  assert.deepEqual(await engine.tombstone('s', 1), { outcome: 'written', revision: 1, position: 3 });
  await engine.close();
  engine = await openEngine({ dir });
  t.after(() => engine.close());
  assert.equal(revisions(engine, 's'), 'deleted');
  assert.equal(revisions(engine, '$$s'), 'deleted');
  for (const expected of ['any', 'no_stream', 'stream_exists', 1] as const) {
    assert.equal((await append(engine, 's', expected, many(1))).outcome, 'stream_deleted');
  }
  assert.equal((await engine.tombstone('s', 'any')).outcome, 'stream_deleted');
  assert.equal(shown(engine.readAll({ from: 3, max: 1 })[0]!).type, '$streamDeleted');
  assert.equal((await engine.tombstone('never written', 'any')).outcome, 'written');
});

test('a flipped byte is reported and never served', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir });
  await append(engine, 's', 'any', [
    proposed('before'),
    proposed('the needle in the log'),
    proposed('after'),
  ]);
  await engine.close();
  const file = join(dir, 'log.mdb');
  const bytes = readFileSync(file);
  const handle = openSync(file, 'r+');
  for (let at = bytes.indexOf('needle'); at >= 0; at = bytes.indexOf('needle', at + 1)) {
    writeSync(handle, Buffer.from('N'), 0, 1, at);
  }
  closeSync(handle);
  const damaged = await openEngine({ dir });
  t.after(() => damaged.close());
  const isCorrupt = (error: EngineError) => error.kind === 'corrupt' && /position 2/.test(error.message);
  assert.throws(() => damaged.readStream({ stream: 's', from: 0, max: 10 }), isCorrupt);
  assert.throws(() => damaged.readAll({ from: 0, max: 10 }), isCorrupt);
  assert.deepEqual(positions(damaged, 3), [3]);
});

test('a newer format is refused, and left as it is', async (t) => {
  const dir = temporaryFolder(t);
  await (await openEngine({ dir })).close();
  const root = open<Buffer, Buffer>({
    path: join(dir, 'log.mdb'),
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const meta = root.openDB<Buffer, Buffer>({ name: 'meta', encoding: 'binary', keyEncoding: 'binary' });
  meta.putSync(Buffer.from('format'), Buffer.from('5'));
  await root.close();
  await assert.rejects(openEngine({ dir }), (error: EngineError) => {
    return error.kind === 'newer_format' && error.message.includes('format 5, this one reads 1 to 4');
  });
  await assert.rejects(openEngine({ dir }), /newer version/, 'and its lock was given back');
});

test('a folder that cannot be used is one clear line', async (t) => {
  const dir = temporaryFolder(t);
  writeFileSync(join(dir, 'file'), '');
  await assert.rejects(openEngine({ dir: join(dir, 'file') }), /is not a folder$/);
  writeFileSync(join(dir, 'log.mdb'), Buffer.alloc(9000, 7));
  await assert.rejects(openEngine({ dir }), /is damaged: it does not begin as a log does$/);
});
