import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open } from 'lmdb';
import { type Engine, openEngine } from './engine.js';
import { idBytes, proposed, shown, temporaryFolder } from './testing.js';
import { EngineError, type Expectation, type ProposedEvent } from './types.js';

const append = (engine: Engine, stream: string, expected: Expectation, events: ProposedEvent[]) =>
  engine.append({ stream, expected, events });
const many = (n: number) => Array.from({ length: n }, (_, i) => proposed({ i }));
const revisions = (
  engine: Engine,
  stream: string,
  options: { from?: number | 'end'; backwards?: boolean; max?: number } = {},
) => {
  const slice = engine.readStream({ stream, from: 0, max: 1000, ...options });
  return slice.status === 'ok' ? slice.records.map((record) => record.revision) : slice.status;
};
const positions = (engine: Engine, from: number, backwards = false, max = 1000) =>
  engine.readAll({ from, backwards, max }).map((record) => record.position);

test('appends are numbered by stream and over the whole log, and read back as they were', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  assert.deepEqual(await append(engine, 'a', 'any', many(2)), {
    outcome: 'written',
    revision: 1,
    position: 2,
  });
  assert.deepEqual(await append(engine, 'b', 'any', many(1)), {
    outcome: 'written',
    revision: 0,
    position: 3,
  });
  const event = {
    ...proposed({}),
    data: Buffer.from([0, 255, 7]),
    isJson: false,
    metadata: Buffer.from('{"m":1}'),
  };
  await append(engine, '流-é', 'any', [event]);
  const [record] = engine.readAll({ from: 4, max: 1 });
  assert.deepEqual(
    { ...shown(record!), data: [...record!.bytes.subarray(record!.dataStart)], isJson: record!.isJson },
    {
      id: Buffer.from(event.id).toString('hex'),
      stream: '流-é',
      revision: 0,
      position: 4,
      type: 'Tested',
      data: [0, 255, 7],
      isJson: false,
    },
  );
  assert.equal(engine.head(), 4);
});

test('each expectation holds or is refused with the current revision', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const wrong = (current: number) => ({ outcome: 'wrong_expected_version', current });
  assert.deepEqual(await append(engine, 's', 0, many(1)), wrong(-1));
  assert.deepEqual(await append(engine, 's', 'stream_exists', many(1)), wrong(-1));
  assert.equal((await append(engine, 's', 'no_stream', many(1))).outcome, 'written');
  assert.deepEqual(await append(engine, 's', 'no_stream', many(1)), wrong(0));
  assert.deepEqual(await append(engine, 's', 1, many(1)), wrong(0));
  assert.equal((await append(engine, 's', 0, many(2))).outcome, 'written');
  assert.deepEqual(await append(engine, 's', 0, many(1)), wrong(2));
  assert.equal((await append(engine, 's', 'stream_exists', many(1))).outcome, 'written');
  assert.deepEqual(revisions(engine, 's'), [0, 1, 2, 3]);
});

test('a retry succeeds for every expectation, writes nothing, and also after a restart', async (t) => {
  const dir = temporaryFolder(t);
  const first = await openEngine({ dir });
  const batches = new Map<Expectation, ProposedEvent[]>([
    ['no_stream', many(2)],
    [1, many(3)],
    ['any', many(1)],
    ['stream_exists', many(2)],
  ]);
  const written = [];
  for (const [expected, events] of batches) written.push(await append(first, 's', expected, events));
  const again = [];
  for (const [expected, events] of batches) again.push(await append(first, 's', expected, events));
  assert.deepEqual(again, written);
  await first.close();
  const second = await openEngine({ dir });
  t.after(() => second.close());
  const afterRestart = [];
  for (const [expected, events] of batches) afterRestart.push(await append(second, 's', expected, events));
  assert.deepEqual(afterRestart, written);
  assert.equal(second.head(), 8);
  const [a, b] = batches.get('no_stream')!;
  for (const events of [
    [a!, proposed(1)],
    [proposed(1), b!],
  ]) {
    const outcome = await append(second, 's', 'any', events);
    assert.equal(outcome.outcome, 'wrong_expected_version', 'a part of it only');
  }
  assert.equal((await append(second, 's', 0, [a!])).outcome, 'wrong_expected_version', 'not where it lies');
  assert.equal((await append(second, 'other', 'any', [a!])).outcome, 'written', 'ids are of a stream');
});

test('retries that arrive together are one append', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const events = many(3);
  const outcomes = await Promise.all([1, 2, 3].map(() => append(engine, 's', 'any', events)));
  for (const outcome of outcomes) assert.deepEqual(outcome, { outcome: 'written', revision: 2, position: 3 });
  const rivals = await Promise.all([1, 2, 3].map(() => append(engine, 's', 2, many(1))));
  assert.deepEqual(
    rivals.map(({ outcome }) => outcome),
    ['written', 'wrong_expected_version', 'wrong_expected_version'],
  );
});

test('reads are inclusive forwards, from the end backwards, and exclusive backwards over all', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  await append(engine, 's', 'any', many(5));
  assert.deepEqual(revisions(engine, 's', { from: 3 }), [3, 4]);
  assert.deepEqual(revisions(engine, 's', { from: 1, max: 2 }), [1, 2]);
  assert.deepEqual(revisions(engine, 's', { from: 9 }), []);
  assert.deepEqual(revisions(engine, 's', { from: 'end' }), []);
  assert.deepEqual(revisions(engine, 's', { from: 'end', backwards: true, max: 2 }), [4, 3]);
  assert.deepEqual(revisions(engine, 's', { from: 1, backwards: true }), [1, 0]);
  assert.equal(revisions(engine, 'nobody'), 'not_found');
  assert.deepEqual(positions(engine, 4), [4, 5]);
  assert.deepEqual(positions(engine, 0, false, 2), [1, 2]);
  assert.deepEqual(positions(engine, 3, true), [2, 1]);
  assert.deepEqual(positions(engine, 6, true, 1), [5]);
  assert.deepEqual(positions(engine, 0, true), []);
});

test('a slice ends where it becomes too large, and says where to go on', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const big = () => proposed('x'.repeat(900_000));
  for (let i = 0; i < 3; i++) await append(engine, 's', 'any', [big()]);
  const slice = engine.readStream({ stream: 's', from: 0, max: 10 });
  assert.ok(slice.status === 'ok' && slice.records.length === 2 && slice.next === 2);
});

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

test('what is not an append is refused by name', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const id = idBytes();
  await assert.rejects(
    append(engine, 's', 'any', [proposed('x'.repeat(2 ** 20))]),
    /Maximum Append Size of 1048576/,
  );
  await assert.rejects(append(engine, 's', 'any', [proposed(1, id), proposed(2, id)]), /twice/);
  await assert.rejects(append(engine, '', 'any', many(1)), /name of a stream/);
  await assert.rejects(append(engine, 'x'.repeat(1025), 'any', many(1)), /1024 bytes/);
  await assert.rejects(append(engine, 's', 'any', [proposed(1, idBytes(), '')]), /type/);
  const late = await engine.append({ stream: 's', expected: 'any', events: many(1), deadline: 1 });
  assert.equal(late.outcome, 'expired');
  assert.equal(engine.head(), 0);
  await engine.close();
  await assert.rejects(append(engine, 's', 'any', many(1)), /being closed/);
});

test('listeners hear of a commit once it can be read', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const heard: number[] = [];
  const stop = engine.onCommit(() => heard.push(positions(engine, 0).length));
  await append(engine, 's', 'any', many(2));
  await append(engine, 's', 'any', many(1));
  stop();
  await append(engine, 's', 'any', many(1));
  assert.deepEqual(heard, [2, 3]);
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
  meta.putSync(Buffer.from('format'), Buffer.from('2'));
  await root.close();
  await assert.rejects(openEngine({ dir }), (error: EngineError) => {
    return error.kind === 'newer_format' && error.message.includes('format 2, this one reads 1');
  });
  await assert.rejects(openEngine({ dir }), /newer version/, 'and its lock was given back');
});

test('a folder that cannot be used is one clear line', async (t) => {
  const dir = temporaryFolder(t);
  writeFileSync(join(dir, 'file'), '');
  await assert.rejects(openEngine({ dir: join(dir, 'file') }), /is not a folder$/);
  writeFileSync(join(dir, 'log.mdb'), Buffer.alloc(9000, 7));
  await assert.rejects(openEngine({ dir }), /log.mdb does not begin as a log does/);
});
