import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { open } from 'lmdb';
import { openEngine } from './engine.js';
import { addToFilter, emptyFilter, fingerprintOf, mayHold } from './fingerprint.js';
import { sixBytes } from './keys.js';
import { encodeRecord } from './record.js';
import { openStore, type Store, type Write } from './store.js';
import { append, many, positions, proposed, revisions, temporaryFolder } from './testing.js';
import { makeOld } from './testing-old-log.js';
import { FILE, openTrees } from './trees.js';

/** So small that the index is moved within some dozen events, and merged within some hundred. */
const SMALL = { part: 32, step: 1 };

/** What the index must answer, kept as plainly as can be. */
function historian() {
  const streams: { name: string; ids: Buffer[]; at: number[]; tombstone: boolean }[] = [];
  let position = 0;
  return {
    streams,
    position: () => position,
    write(name: string, tombstone = false): Write {
      let no = streams.findIndex((stream) => stream.name === name) + 1;
      const newStream = no === 0 ? name : undefined;
      if (no === 0) no = streams.push({ name, ids: [], at: [], tombstone: false });
      const stream = streams[no - 1]!;
      const id = randomBytes(16);
      const revision = tombstone ? -1 : stream.ids.length;
      position++;
      if (tombstone) stream.tombstone = true;
      else stream.ids.push(id);
      if (!tombstone) stream.at.push(position);
      const record = encodeRecord({ ...proposed({}), id }, { stream: name, position, revision, created: 1 });
      return { record, position, streamNo: no, revision, id, newStream };
    },
  };
}

function agrees(store: Store, { streams, position }: ReturnType<typeof historian>): void {
  assert.equal(store.lastPosition(), position());
  assert.equal(store.lastStreamNo(), streams.length);
  for (const [at, { name, ids, at: places, tombstone }] of streams.entries()) {
    const no = at + 1;
    assert.equal(store.streamNo(name), no);
    assert.deepEqual(store.head(no), { revision: ids.length - 1, tombstoned: tombstone });
    assert.deepEqual(
      ids.map((id) => store.revisionOf(no, id)),
      ids.map((_, revision) => revision),
    );
    assert.deepEqual(
      places.map((_, revision) => store.positionOf(no, revision)),
      places,
    );
    assert.equal(store.revisionOf(no, randomBytes(16)), -1);
    for (const id of ids.slice(0, 3)) assert.equal(store.revisionOf(no + 1, id), -1, 'ids are of a stream');
  }
  assert.equal(store.streamNo('never written'), 0);
}

test('the index answers the same in memory, moved, merged, and begun again at any moment', async (t) => {
  const commits = fc.array(
    fc.record({
      events: fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 40 }),
      tombstone: fc.boolean(),
      reopen: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  );
  await fc.assert(
    fc.asyncProperty(commits, async (all) => {
      const dir = temporaryFolder(t);
      let store = openStore(dir, SMALL);
      const history = historian();
      for (const [nth, { events, tombstone, reopen }] of all.entries()) {
        const writes = events.map((name) => history.write(`stream-${name}`));
        if (tombstone) writes.push(history.write(`stream-gone-${nth}`, true));
        await store.commit(writes);
        if (reopen > 0) continue;
        await store.close();
        store = openStore(dir, SMALL);
        agrees(store, history);
      }
      agrees(store, history);
      await store.close();
    }),
    { numRuns: 25 },
  );
});

test('a long log keeps every id of it, at every step of its merging, in few blocks', async (t) => {
  const dir = temporaryFolder(t);
  const store = openStore(dir, { ...SMALL, direct: 0 });
  const history = historian();
  for (let nth = 0; nth < 300; nth++) {
    await store.commit(Array.from({ length: 10 }, (_, of) => history.write(`stream-${of % 3}`)));
    if (nth % 59 === 0) agrees(store, history);
  }
  agrees(store, history);
  await store.close();
  const root = open<Buffer, Buffer>({
    path: join(dir, 'log.mdb'),
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const keysOf = (name: string) =>
    [
      ...root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' }).getKeys(),
    ] as Buffer[];
  const runs = new Set(keysOf('ids').map((key) => key.readUInt32BE(0)));
  // 90 parts: merged twice over, and what was merged is gone.
  assert.ok(runs.size < 24, `${runs.size} runs`);
  assert.equal(keysOf('filters').length, keysOf('ids').length);
  assert.ok(keysOf('tail').length < 30, `${keysOf('tail').length} commits are kept beside the index`);
  await root.close();
});

test('a log of format 1 opens, knows its ids, and is written on', async (t) => {
  const dir = temporaryFolder(t);
  const history = historian();
  const old = Array.from({ length: 30 }, (_, nth) => history.write(`stream-${nth % 4}`));
  const first = openStore(dir, SMALL);
  await first.commit([...old, history.write('stream-gone', true)]);
  await first.close();
  await makeOld(dir, 1);
  for (let nth = 0; nth < 5; nth++) {
    const store = openStore(dir, SMALL);
    agrees(store, history);
    for (let more = 0; more < 20; more++) await store.commit([history.write(`stream-${more % 7}`)]);
    agrees(store, history);
    await store.close();
  }
  const engine = await openEngine({ dir });
  t.after(() => engine.close());
  assert.equal(positions(engine, 0).length, 131);
  assert.equal(revisions(engine, 'stream-gone'), 'deleted');
  const again = { ...proposed({}), id: history.streams[2]!.ids[0]! };
  const outcome = await append(engine, 'stream-2', 'any', [again]);
  assert.deepEqual(outcome, { outcome: 'written', revision: 0, position: 3 }, 'a retry from before');
});

test('retries are known for ever, whatever their stream went through', async (t) => {
  const dir = temporaryFolder(t);
  let engine = await openEngine({ dir });
  const first = many(3);
  const written = await append(engine, 'stream', 'any', first);
  for (let nth = 0; nth < 14; nth++) await append(engine, `other-${nth}`, 'any', many(5000));
  assert.deepEqual(await append(engine, 'stream', 'no_stream', first), written);
  await engine.close();
  engine = await openEngine({ dir });
  t.after(() => engine.close());
  assert.deepEqual(await append(engine, 'stream', 'no_stream', first), written);
  assert.equal(engine.head(), 70_003);
});

test('a flipped byte among the ids is reported, and no retry written twice', async (t) => {
  const dir = temporaryFolder(t);
  const store = openStore(dir, SMALL);
  const history = historian();
  for (let nth = 0; nth < 80; nth++) await store.commit([history.write('stream')]);
  await store.close();
  const { low, high } = fingerprintOf(1, history.streams[0]!.ids[0]!);
  const needle = Buffer.from(Uint32Array.of(high, low).buffer);
  const file = join(dir, 'log.mdb');
  const bytes = readFileSync(file);
  const handle = openSync(file, 'r+');
  for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) {
    writeSync(handle, Buffer.from([bytes[at]! ^ 1]), 0, 1, at);
  }
  closeSync(handle);
  assert.throws(() => {
    const damaged = openStore(dir, SMALL);
    t.after(() => damaged.close());
    damaged.revisionOf(1, history.streams[0]!.ids[0]!);
  }, /the log is damaged: the checksum of .* is wrong/);
});

test('a commit that the index lost before it was moved is reported at the start', async (t) => {
  const dir = temporaryFolder(t);
  const store = openStore(dir);
  const history = historian();
  for (let nth = 0; nth < 3; nth++) await store.commit([history.write('stream'), history.write('other')]);
  await store.close();
  const trees = openTrees(join(dir, FILE), { what: 'the log' });
  trees.tail!.removeSync(sixBytes(3));
  await trees.root.close();
  assert.throws(() => openStore(dir), /the index from position 3 on is missing/);
});

test('a filter never denies what is there, and rarely takes what is not', () => {
  const counted = (nth: number) => {
    const id = Buffer.alloc(16);
    id.writeUInt32BE(nth, 12);
    return fingerprintOf(7, id).low;
  };
  const filter = emptyFilter();
  for (let nth = 0; nth < 2048; nth++) addToFilter(filter, counted(nth));
  let taken = 0;
  for (let nth = 0; nth < 20_000; nth++) {
    const held = mayHold(filter, counted(nth));
    if (nth < 2048) assert.ok(held);
    else if (held) taken++;
  }
  assert.ok(taken < 200, `${taken} of 17952 ids made by counting`);
});
