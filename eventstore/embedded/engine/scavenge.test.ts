import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openEngine } from './engine.js';
import {
  append,
  idBytes,
  many,
  metadata,
  positions,
  proposed,
  revisions,
  shown,
  temporaryFolder,
} from './testing.js';
import { makeOld } from './testing-old-log.js';
import { verifyLog } from './verify.js';

const scavenged = async (engine: Awaited<ReturnType<typeof openEngine>>) => {
  const { outcome, events } = await engine.scavenge().result;
  assert.equal(outcome, 'completed');
  return events;
};

test('what is out of sight goes, by whatever rule; what is in sight stays as it was', async (t) => {
  let now = 1_000_000;
  const engine = await openEngine({ dir: temporaryFolder(t), now: () => now });
  t.after(() => engine.close());
  const streams = ['count', 'age', 'before', 'soft', 'dead', 'all'];
  for (const stream of streams) {
    for (let i = 0; i < 4; i++) {
      now += 1000;
      await append(engine, stream, 'any', [proposed({ stream, i })]);
    }
  }
  await metadata(engine, 'count', { $maxCount: 1 });
  await metadata(engine, 'count', { $maxCount: 3 });
  await metadata(engine, 'age', { $maxAge: 17 });
  await metadata(engine, 'before', { $tb: 2 });
  await metadata(engine, 'dead', { mine: true });
  await engine.deleteStream('soft', 'any');
  await engine.tombstone('dead', 'any');
  const before = streams.map((stream) => revisions(engine, stream));
  assert.deepEqual(before, [[1, 2, 3], [2, 3], [2, 3], 'not_found', 'deleted', [0, 1, 2, 3]]);
  const removed = 1 + 2 + 2 + 4 + 4 + 1 /* metadata of count */ + 1; /* metadata of dead */
  const all = engine.readAll({ from: 0, max: 1000 });
  assert.equal(await scavenged(engine), removed);
  assert.deepEqual(
    streams.map((stream) => revisions(engine, stream)),
    before,
  );
  const left = engine.readAll({ from: 0, max: 1000 });
  const gone = all.map(shown).filter(({ position }) => !left.some((one) => one.position === position));
  assert.equal(gone.length, removed);
  assert.deepEqual(
    left.map(shown),
    all.map(shown).filter((one) => !gone.some((g) => g.position === one.position)),
  );
  assert.deepEqual(engine.readAll({ from: 1000, backwards: true, max: 1000 }), [...left].reverse());
  assert.deepEqual(
    left
      .map(shown)
      .filter(({ stream }) => stream === 'dead')
      .map(({ type }) => type),
    ['$streamDeleted'],
  );
  assert.equal(await scavenged(engine), 0, 'and there is nothing left to do');
});

test('readers that stand in a gap, before it or behind it go on without an error', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  await append(engine, 'kept', 'any', many(3));
  await append(engine, 's', 'any', many(5));
  await append(engine, 'kept', 'any', many(2));
  await metadata(engine, 's', { $tb: 4 });
  await scavenged(engine);
  for (const from of [4, 5, 6, 7, 8]) {
    assert.deepEqual(positions(engine, from), [8, 9, 10, 11], `forwards from ${from}`);
    assert.deepEqual(positions(engine, from, true), [3, 2, 1], `backwards from ${from}`);
  }
  assert.deepEqual(positions(engine, 3, false, 2), [3, 8]);
  assert.deepEqual(positions(engine, 9, true, 2), [8, 3]);
  for (const from of [0, 2, 4]) assert.deepEqual(revisions(engine, 's', { from }), [4]);
  assert.deepEqual(revisions(engine, 's', { from: 2, backwards: true }), []);
  assert.equal(engine.resolve('s', 3), undefined);
  assert.equal(engine.resolve('s', 4)?.revision, 4);
});

test('no number is given twice, also when the newest events are gone and the log was opened again', async (t) => {
  const dir = temporaryFolder(t);
  let engine = await openEngine({ dir });
  await metadata(engine, 's', { $tb: 100 });
  await append(engine, 's', 'any', many(3));
  assert.equal(await scavenged(engine), 3);
  assert.equal(engine.head(), 1, 'the newest that is there');
  for (const round of [0, 1]) {
    if (round === 1) {
      await engine.close();
      engine = await openEngine({ dir });
      t.after(() => engine.close());
    }
    const at = { outcome: 'written', revision: 3 + round, position: 5 + round };
    assert.deepEqual(await append(engine, 's', 2 + round, many(1)), at);
    assert.deepEqual(revisions(engine, 's'), []);
    await scavenged(engine);
    assert.deepEqual(positions(engine, 0), [1]);
  }
  const other = await append(engine, 'other', 'any', many(1));
  assert.deepEqual(other, { outcome: 'written', revision: 0, position: 7 });
  assert.equal(engine.head(), 7);
});

test('ids that are still there are known again, those that went are new', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  const events = many(4);
  await append(engine, 's', 'any', events);
  await metadata(engine, 's', { $maxCount: 2 });
  await scavenged(engine);
  assert.deepEqual(await append(engine, 's', 'any', events.slice(2)), {
    outcome: 'written',
    revision: 3,
    position: 4,
  });
  assert.equal((await append(engine, 's', 1, events.slice(2))).outcome, 'written', 'where they lie');
  assert.equal((await append(engine, 's', 'any', events)).outcome, 'wrong_expected_version', 'a part of it');
  assert.equal((await append(engine, 's', 'no_stream', many(1))).outcome, 'wrong_expected_version');
  assert.deepEqual(await append(engine, 's', 'any', events.slice(0, 2)), {
    outcome: 'written',
    revision: 5,
    position: 7,
  });
});

test('a stream deleted, scavenged and made again goes on with its numbers', async (t) => {
  const dir = temporaryFolder(t);
  let engine = await openEngine({ dir });
  await append(engine, 's', 'any', many(3));
  for (let round = 1; round <= 2; round++) {
    await engine.deleteStream('s', 'any');
    await scavenged(engine);
    assert.equal(revisions(engine, 's'), 'not_found');
    await engine.close();
    engine = await openEngine({ dir });
    assert.equal(revisions(engine, 's'), 'not_found');
    assert.equal((await append(engine, 's', 'stream_exists', many(1))).outcome, 'stream_deleted');
    await append(engine, 's', 'no_stream', many(1));
    assert.deepEqual(revisions(engine, 's'), [2 + round]);
  }
  await engine.tombstone('s', 'any');
  await scavenged(engine);
  await engine.close();
  engine = await openEngine({ dir });
  t.after(() => engine.close());
  assert.equal(revisions(engine, 's'), 'deleted');
  assert.equal(revisions(engine, '$$s'), 'deleted');
  assert.equal((await append(engine, 's', 'any', many(1))).outcome, 'stream_deleted');
  assert.equal(engine.readAll({ from: 0, max: 10 }).length, 1);
});

test('of metadata only the newest is read, before and after', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  for (const $maxCount of [1, 2, 3]) await metadata(engine, 's', { $maxCount });
  assert.deepEqual(revisions(engine, '$$s'), [2]);
  assert.equal(await scavenged(engine), 2);
  assert.deepEqual(revisions(engine, '$$s'), [2]);
  await append(engine, 's', 'any', many(5));
  assert.deepEqual(revisions(engine, 's'), [2, 3, 4]);
  const revised = await append(engine, '$$s', 2, [proposed({}, idBytes(), '$metadata')]);
  assert.equal(revised.outcome === 'written' && revised.revision, 3);
  assert.equal(revisions(engine, 's').length, 5);
});

test('appends go on between its transactions, and it can be stopped and started again', async (t) => {
  const engine = await openEngine({ dir: temporaryFolder(t) });
  t.after(() => engine.close());
  for (let i = 0; i < 10; i++) await append(engine, 's', 'any', many(1000));
  await metadata(engine, 's', { $maxCount: 1 });
  const first = engine.scavenge();
  assert.equal(engine.scavenge(), first, 'one at a time');
  assert.equal(engine.scavenging()?.id, first.id);
  let ended = false;
  void first.result.then(() => {
    ended = true;
  });
  let acked = 0;
  for (; !ended; acked++) {
    await append(engine, 'other', 'any', many(1));
    if (acked === 5) first.stop();
  }
  assert.ok(acked > 5, `${acked} appends beside it`);
  const { outcome, events } = await first.result;
  assert.equal(outcome, 'stopped');
  assert.ok(events > 0 && events < 9_999, `${events} at once`);
  assert.equal(engine.scavenging(), undefined);
  assert.equal(events + (await scavenged(engine)), 9_999);
  assert.equal(positions(engine, 0, false, 20_000).length, 2 + acked);
});

test('a log that is closed meanwhile ends it, and the rest is taken the next time', async (t) => {
  const dir = temporaryFolder(t);
  const first = await openEngine({ dir });
  for (let i = 0; i < 3; i++) await append(first, 's', 'any', many(1000));
  await metadata(first, 's', { $tb: 2999 });
  const scavenge = first.scavenge();
  await first.close();
  assert.equal((await scavenge.result).outcome, 'stopped');
  const second = await openEngine({ dir });
  t.after(() => second.close());
  assert.deepEqual(revisions(second, 's'), [2999]);
  await scavenged(second);
  assert.equal(positions(second, 0).length, 2);
});

test('the same amount written and scavenged again and again does not make the file grow', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir });
  t.after(() => engine.close());
  await metadata(engine, 's', { $maxCount: 5 });
  const sizes: number[] = [];
  for (let round = 0; round < 14; round++) {
    for (let i = 0; i < 10; i++) {
      const events = Array.from({ length: 50 }, (_, n) =>
        proposed({ n, text: 'x'.repeat(1 + ((n * 97) % 6000)) }),
      );
      await append(engine, 's', 'any', events);
    }
    await scavenged(engine);
    sizes.push(statSync(join(dir, 'log.mdb')).size);
  }
  const [early, late] = [sizes[4]!, sizes.at(-1)!];
  assert.ok(late <= early * 1.1, `${sizes.join(' ')}`);
});

test('what a killed reader held on to is used again', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir });
  t.after(() => engine.close());
  await metadata(engine, 's', { $maxCount: 5 });
  await append(engine, 's', 'any', many(100));
  const trees = new URL('./trees.js', import.meta.url).href;
  const script = `const { openTrees } = await import(${JSON.stringify(trees)});
    const { root, log } = openTrees(${JSON.stringify(join(dir, 'log.mdb'))}, { what: '', readOnly: true });
    const transaction = root.useReadTransaction();
    log.get(Buffer.alloc(6), { transaction });
    console.log('reading');
    setInterval(() => {}, 1000);`;
  const reader = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => reader.stdout.once('data', resolve));
  const write = async (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      for (let i = 0; i < 5; i++) await append(engine, 's', 'any', [proposed('x'.repeat(50_000))]);
      await scavenged(engine);
    }
    return statSync(join(dir, 'log.mdb')).size;
  };
  const before = await write(1);
  const held = await write(5);
  assert.ok(held > before + 1_000_000, `${before} ${held}: a reader holds on to what it may read`);
  reader.kill('SIGKILL');
  await new Promise((resolve) => reader.once('exit', resolve));
  await write(2);
  const [after, late] = [await write(2), await write(6)];
  assert.ok(late <= after + 100_000, `${after} ${late}`);
});

test('a clock that is put back does not ask for what is gone', async (t) => {
  let now = 1_000_000;
  const engine = await openEngine({ dir: temporaryFolder(t), now: () => now });
  t.after(() => engine.close());
  await metadata(engine, 's', { $maxAge: 10 });
  await append(engine, 's', 'any', many(2));
  assert.deepEqual(revisions(engine, 's'), [0, 1]);
  now += 20_000;
  assert.equal(await scavenged(engine), 2);
  now -= 20_000;
  assert.deepEqual(revisions(engine, 's'), []);
});

test('damage that it meets ends it with an error, and the log serves on', async (t) => {
  const dir = temporaryFolder(t);
  const first = await openEngine({ dir });
  await append(first, 's', 'any', [proposed('needle'), ...many(2)]);
  await metadata(first, 's', { $tb: 3 });
  await first.close();
  const bytes = readFileSync(join(dir, 'log.mdb'));
  for (let at = bytes.indexOf('needle'); at >= 0; at = bytes.indexOf('needle', at)) bytes[at]! ^= 1;
  writeFileSync(join(dir, 'log.mdb'), bytes);
  const engine = await openEngine({ dir });
  t.after(() => engine.close());
  await assert.rejects(engine.scavenge().result, {
    kind: 'corrupt',
    message: /position 1: its checksum is wrong/,
  });
  assert.equal(engine.scavenging(), undefined);
  assert.equal((await append(engine, 'other', 'any', many(1))).outcome, 'written');
});

test('a log of a format before is verified as it is, opens, is scavenged and written on', async (t) => {
  for (const format of [1, 2] as const) {
    const dir = temporaryFolder(t);
    const file = join(dir, 'log.mdb');
    const first = await openEngine({ dir });
    const old = many(4);
    await append(first, 's', 'any', old);
    await metadata(first, 's', { $maxCount: 1 });
    await append(first, 'dead', 'any', many(1));
    await first.tombstone('dead', 'any');
    if (format === 2) assert.equal(await scavenged(first), 4);
    await first.close();
    await makeOld(dir, format);
    assert.equal((await verifyLog(file)).lastPosition, 7);
    const second = await openEngine({ dir, pace: { part: 4, step: 1 / 64 } });
    if (format === 1) assert.equal(await scavenged(second), 4);
    assert.deepEqual(positions(second, 0), [4, 5, 7]);
    const again = await append(second, 's', 'any', [old[3]!]);
    assert.deepEqual(again, { outcome: 'written', revision: 3, position: 4 }, 'a retry of what is there');
    const gone = await append(second, 's', 'any', [old[0]!]);
    assert.deepEqual(gone, { outcome: 'written', revision: 4, position: 8 }, 'and of what was scavenged');
    for (let n = 0; n < 9; n++) await append(second, `s${n % 2 === 0 ? '' : n}`, 'any', many(2));
    assert.equal(await scavenged(second), 11);
    await second.close();
    assert.equal((await verifyLog(file)).lastPosition, 26);
    const third = await openEngine({ dir });
    t.after(() => third.close());
    assert.deepEqual(revisions(third, 's'), [14]);
    assert.equal(revisions(third, 'dead'), 'deleted');
  }
});

test('what is scavenged before the index had it stays gone, also when it is begun again', async (t) => {
  const dir = temporaryFolder(t);
  const pace = { part: 12, step: 1 / 64 };
  const first = await openEngine({ dir, pace });
  const old = many(4);
  await append(first, 's', 'any', old);
  await metadata(first, 's', { $tb: 3 });
  await append(first, 'gone', 'any', many(2));
  await metadata(first, 'gone', { $tb: 2 });
  assert.equal(await scavenged(first), 5);
  await first.close();
  assert.equal((await verifyLog(join(dir, 'log.mdb'))).events, 3);
  const second = await openEngine({ dir, pace });
  assert.deepEqual((await append(second, 's', 'any', [old[3]!])).outcome, 'written');
  assert.deepEqual(revisions(second, 's'), [3], 'a retry of what is there');
  const again = await append(second, 's', 'any', [old[1]!]);
  assert.deepEqual(
    again,
    { outcome: 'written', revision: 4, position: 9 },
    'what was scavenged is not there',
  );
  for (let n = 0; n < 6; n++) await append(second, 'other', 'any', many(3));
  assert.equal((await append(second, 'gone', 'any', many(1))).outcome, 'written');
  await second.close();
  assert.equal((await verifyLog(join(dir, 'log.mdb'))).events, 23);
  const third = await openEngine({ dir, pace });
  t.after(() => third.close());
  assert.deepEqual([revisions(third, 's'), revisions(third, 'gone')], [[3, 4], [2]]);
  assert.deepEqual(await append(third, 's', 'any', [old[1]!]), again);
});
