import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { copyLog } from './copy.js';
import { type Engine, openEngine } from './engine.js';
import { append, many, positions, proposed, shown, temporaryFolder } from './testing.js';
import { makeFormat3 } from './testing-old-log.js';
import { FILE } from './trees.js';
import type { EngineError } from './types.js';
import { verifyLog } from './verify.js';
import { WAL_FILE } from './wal.js';

const TIMES = process.env.AGL_LONG === '1' ? 10 : 1;
/** Nothing goes into the trees by itself. */
const NEVER = { part: 1000, step: 1, settle: 1_000_000 };
const SECTOR = 512;

type Image = { log: Buffer; wal: Buffer };

const imageOf = (dir: string): Image => ({
  log: readFileSync(join(dir, FILE)),
  wal: readFileSync(join(dir, WAL_FILE)),
});

let images = 0;

/** A folder with these files, as a machine finds it that was started again. */
function folderOf(dir: string, { log, wal }: Image): string {
  const folder = join(dir, `image-${images++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, FILE), log);
  writeFileSync(join(folder, WAL_FILE), wal);
  return folder;
}

async function eventsOf(dir: string): Promise<number[]> {
  const engine = await openEngine({ dir });
  try {
    return engine.readAll({ from: 0, max: 100_000 }).map((record) => JSON.parse(shown(record).data));
  } finally {
    await engine.close();
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);
const one = (engine: Engine, n: number, more: number[] = []) =>
  append(
    engine,
    `stream-${n % 3}`,
    'any',
    [n, ...more].map((data) => proposed(data)),
  );

/** An engine with so many commits of one event in the file, none of them in the trees. */
async function ahead(dir: string, commits: number): Promise<Engine> {
  const engine = await openEngine({ dir, pace: NEVER });
  for (let n = 0; n < commits; n++) await one(engine, n);
  return engine;
}

test('what was acknowledged is read at once, and again after the process ended at any moment', async (t) => {
  const dir = temporaryFolder(t);
  const commit = fc.record({
    more: fc.nat({ max: 3 }),
    copy: fc.boolean(),
    wait: fc.constantFrom(0, 0, 0, 2),
  });
  const paces = fc.record({
    settle: fc.constantFrom(0, 1, 5, 1000),
    direct: fc.constantFrom(0, 400, 1000, 100_000),
  });
  await fc.assert(
    fc.asyncProperty(paces, fc.array(commit, { minLength: 3, maxLength: 40 }), async (pace, commits) => {
      const log = join(dir, `log-${images++}`);
      const engine = await openEngine({ dir: log, pace: { part: 4, step: 1 / 4, ...pace } });
      const taken: { folder: string; acked: number }[] = [];
      let acked = 0;
      for (const { more, copy, wait } of commits) {
        const own = upTo(more).map((n) => acked + 1 + n);
        await one(engine, acked, own);
        acked += 1 + more;
        assert.equal(positions(engine, 0, false, 1000).length, acked);
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        if (copy) taken.push({ folder: folderOf(dir, imageOf(log)), acked });
      }
      await engine.close();
      for (const { folder, acked } of taken) assert.deepEqual(await eventsOf(folder), upTo(acked));
      assert.deepEqual(await eventsOf(log), upTo(acked));
    }),
    { numRuns: 15 * TIMES },
  );
});

test('the file is used again and again, and what it held before is never taken for new', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await openEngine({ dir: log, pace: { part: 1000, step: 1, settle: 1_000_000 } });
  // Of 5 to 60 KiB: the file's two halves are written over some ten times.
  const sizes = Array.from({ length: 400 }, (_, n) => 5000 + ((n * 7919) % 55_000));
  for (const [n, size] of sizes.entries()) {
    await append(engine, 's', 'any', [proposed({ n, text: 'x'.repeat(size) })]);
    if (n % 23 !== 0) continue;
    const copy = await openEngine({ dir: folderOf(dir, imageOf(log)) });
    const ns = copy
      .readAll({ from: n < 10 ? 0 : n - 8, max: 100 })
      .map((record) => JSON.parse(shown(record).data).n);
    await copy.close();
    assert.deepEqual(ns.at(-1), n);
    assert.equal(copy.head(), n + 1);
  }
  assert.equal(statSync(join(log, WAL_FILE)).size, 1024 * 1024);
  await engine.close();
});

test('nothing is written over before the trees have it, however often they take up what there is', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await openEngine({ dir: log, pace: { part: 1000, step: 1, settle: 0 } });
  for (let round = 0; round < 8; round++) {
    const images: Image[] = [];
    for (const n of upTo(20)) {
      await one(engine, 20 * round + n);
      images.push(imageOf(log));
    }
    for (const [n, image] of images.entries()) {
      const copy = await openEngine({ dir: folderOf(dir, image) });
      assert.equal(positions(copy, 0).length, 20 * round + n + 1);
      await copy.close();
    }
  }
  await engine.close();
});

test('the machine ends while a frame is written: any sectors of it are there, all before it is', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await ahead(log, 5);
  const before = imageOf(log);
  await one(engine, 5, upTo(25).slice(6));
  const after = imageOf(log);
  await engine.close();
  assert.deepEqual(before.log, after.log, 'nothing went into the trees');
  const written = upTo(after.wal.length / SECTOR).filter(
    (at) => !sector(before.wal, at).equals(sector(after.wal, at)),
  );
  assert.ok(written.length > 2);
  for (let kept = 0; kept < 2 ** written.length; kept++) {
    const wal = Buffer.from(before.wal);
    for (const [nth, at] of written.entries())
      if (kept & (1 << nth)) sector(after.wal, at).copy(wal, at * SECTOR);
    const isWhole = kept === 2 ** written.length - 1;
    assert.deepEqual(await eventsOf(folderOf(dir, { log: before.log, wal })), upTo(isWhole ? 25 : 5));
  }
});

const sector = (bytes: Buffer, at: number) => bytes.subarray(at * SECTOR, (at + 1) * SECTOR);

test('the machine ends while the trees are written: any pages of them are there, and nothing is lost', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await ahead(log, 20);
  const before = imageOf(log);
  await engine.close();
  const after = readFileSync(join(log, FILE));
  const page = (bytes: Buffer, at: number) => bytes.subarray(at * 4096, (at + 1) * 4096);
  const written = upTo(after.length / 4096).filter(
    (at) => at > 1 && !page(before.log, at).equals(page(after, at)),
  );
  assert.ok(written.length > 2);
  const some = fc.array(fc.boolean(), { minLength: written.length, maxLength: written.length });
  await fc.assert(
    fc.asyncProperty(some, async (kept) => {
      const mixed = Buffer.alloc(after.length);
      before.log.copy(mixed);
      for (const [nth, at] of written.entries()) if (kept[nth]) page(after, at).copy(mixed, at * 4096);
      assert.deepEqual(await eventsOf(folderOf(dir, { ...before, log: mixed })), upTo(20));
    }),
    { numRuns: 20 * TIMES },
  );
});

test('cut off or flipped anywhere, a file gives all that was acknowledged before, or it is said', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await ahead(log, 4);
  const image = imageOf(log);
  await engine.close();
  const ends = upTo(4).map(
    (nth) => nth * SECTOR + sector(image.wal, nth).findLastIndex((byte) => byte !== 0) + 1,
  );
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: ends[3]! - 1 }), fc.boolean(), async (at, flip) => {
      const wal = Buffer.from(flip ? image.wal : image.wal.subarray(0, at));
      if (flip) wal[at]! ^= 4;
      const folder = folderOf(dir, { ...image, wal });
      const told = await eventsOf(folder).catch((error: EngineError) => error);
      const nth = ends.filter((end) => end <= at).length;
      if (told instanceof Error) {
        assert.equal(told.kind, 'corrupt');
        assert.equal(
          told.message,
          `the log is damaged at position ${nth + 1}: it is missing from ${WAL_FILE}`,
        );
        assert.ok(flip && nth < 3);
        await assert.rejects(openEngine({ dir: folder }), told, 'and it stays so');
      } else if (!flip) assert.deepEqual(told, upTo(nth));
      else assert.ok(told.length === 4 || (told.length === 3 && at >= ends[2]!));
    }),
    { numRuns: 40 * TIMES },
  );
});

test('a log goes on without its file, and beside one of another log', async (t) => {
  const dir = temporaryFolder(t);
  const other = await ahead(join(dir, 'other'), 3);
  const { wal } = imageOf(join(dir, 'other'));
  await other.close();
  const log = join(dir, 'log');
  await (await ahead(log, 2)).close();
  writeFileSync(join(log, WAL_FILE), wal);
  assert.deepEqual(await eventsOf(log), upTo(2));
  truncateSync(join(log, WAL_FILE), 700);
  const engine = await openEngine({ dir: log, pace: NEVER });
  await one(engine, 2);
  assert.deepEqual(await eventsOf(folderOf(dir, imageOf(log))), upTo(3));
  await engine.close();
  mkdirSync(join(dir, 'alone'));
  copyFileSync(join(log, FILE), join(dir, 'alone', FILE));
  assert.deepEqual(await eventsOf(join(dir, 'alone')), upTo(3), 'closed, all of it is in the trees');
});

test('a scavenge and a deletion come after what was acknowledged before them', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir, pace: NEVER });
  await append(engine, 's', 'any', many(10));
  await append(engine, '$$s', 'any', [proposed({ $maxCount: 2 })]);
  assert.equal((await engine.scavenge().result).events, 8);
  await engine.deleteStream('s', 'any');
  await append(engine, 't', 'any', many(2));
  const copy = await openEngine({ dir: folderOf(temporaryFolder(t), imageOf(dir)) });
  assert.deepEqual(positions(copy, 0), positions(engine, 0));
  assert.equal(copy.readStream({ stream: 's', from: 0, max: 9 }).status, 'not_found');
  await copy.close();
  await engine.close();
  assert.ok(existsSync(join(dir, WAL_FILE)));
});

test('a copy holds what was acknowledged, wherever it is', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await ahead(log, 7);
  t.after(() => engine.close());
  mkdirSync(join(dir, 'copy'));
  await copyLog(join(log, FILE), join(dir, 'copy', FILE));
  assert.deepEqual(await verifyLog(join(dir, 'copy', FILE)), { events: 7, streams: 3, lastPosition: 7 });
  assert.deepEqual(await eventsOf(join(dir, 'copy')), upTo(7));
  const image = imageOf(log);
  image.wal[3 * SECTOR + 60]! ^= 1;
  const damaged = join(folderOf(dir, image), FILE);
  await assert.rejects(copyLog(damaged, join(dir, 'no.mdb')), {
    message: /position 4: it is missing from log.wal/,
  });
});

test('a log of format 3, which has no such file, opens as before', async (t) => {
  const dir = temporaryFolder(t);
  await (await ahead(dir, 5)).close();
  await makeFormat3(dir);
  assert.equal(existsSync(join(dir, WAL_FILE)), false);
  const found = { events: 5, streams: 3, lastPosition: 5 };
  assert.deepEqual(await verifyLog(join(dir, FILE)), found);
  const copy = join(dir, 'copy.mdb');
  await copyLog(join(dir, FILE), copy);
  assert.deepEqual(await verifyLog(copy), found);
  const engine = await openEngine({ dir, pace: NEVER });
  t.after(() => engine.close());
  await one(engine, 5);
  assert.deepEqual(await eventsOf(folderOf(dir, imageOf(dir))), upTo(6));
});

const fill = `
  const [engineFile, testingFile, dir] = process.argv.slice(1);
  const { openEngine } = await import(engineFile);
  const { proposed } = await import(testingFile);
  const told = { acked: 0, before: 0, after: 0 };
  const engine = await openEngine({ dir, onFailure: (error) => { told.failed = error.message; } });
  const read = () => engine.readAll({ from: 0, max: 100_000 }).length;
  told.before = engine.head();
  try {
    while (told.acked < 5000) {
      await engine.append({ stream: 's', expected: 'any', events: [proposed('x'.repeat(9000))] });
      told.acked++;
    }
  } catch (error) {
    told.refused = error.message;
  }
  told.after = engine.head();
  const far = engine.readAll({ from: told.after - 50, max: 100 });
  told.last = far.at(-1)?.position;
  await engine.close();
  console.log(JSON.stringify(told));`;

test('the trees have no room: it is said, appends fail, what was acknowledged is read on, and again later', {
  skip: process.platform === 'win32' && 'no limit on the size of a file there',
}, async (t) => {
  const dir = temporaryFolder(t);
  await (await ahead(dir, 1)).close();
  const run = () => {
    const files = ['./engine.js', './testing.js'].map((file) => new URL(file, import.meta.url).href);
    // A limit on the size of a file stands for a disk that is full; the write-ahead file has its size already.
    const limit = 'ulimit -f 4000; exec "$0" --input-type=module -e "$@"';
    const { stdout } = spawnSync('sh', ['-c', limit, process.execPath, fill, ...files, dir], {
      encoding: 'utf8',
    });
    return JSON.parse(stdout.trim().split('\n').at(-1)!);
  };
  const first = run();
  const full = /may not grow further|cannot be used|is full/;
  assert.match(first.failed, full);
  assert.match(first.refused, full);
  assert.ok(first.acked > 100);
  assert.deepEqual([first.after, first.last], [first.acked + 1, first.acked + 1]);
  const second = run();
  assert.match(second.refused, full);
  assert.ok(second.before >= first.after, 'also by a start that has no room for it');
  assert.equal(second.last, second.after);
  const engine = await openEngine({ dir });
  t.after(() => engine.close());
  assert.ok(engine.head() >= second.after);
  await one(engine, 1);
});
