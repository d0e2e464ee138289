import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEngine } from './engine.js';
import { append, idBytes, many, positions, proposed, revisions, shown, temporaryFolder } from './testing.js';
import type { Expectation, ProposedEvent } from './types.js';

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
