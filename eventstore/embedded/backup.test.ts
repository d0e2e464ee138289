import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { backupLog, restoreLog } from './backup.js';
import { openEngine } from './engine/engine.js';
import { idOf } from './engine/record.js';
import { append, many, metadata, positions, temporaryFolder } from './engine/testing.js';
import { formatUuid } from './face/uuid.js';
import { startEmbeddedNode } from './start.js';

/** The folder of a log of ten events, three of which were scavenged. */
async function smallLog(dir: string): Promise<string> {
  const engine = await openEngine({ dir });
  await append(engine, 's', 'any', many(9));
  await metadata(engine, 's', { $tb: 3 });
  await engine.scavenge().result;
  await engine.close();
  return dir;
}

const clientOf = (t: TestContext, url: string) => {
  const client = EventStoreDBClient.connectionString(url);
  t.after(() => client.dispose());
  return client;
};

const ROUNDS = process.env.AGL_LONG === '1' ? 5 : 1;

async function idsOf(client: EventStoreDBClient): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { event } of client.readAll()) ids.add(event!.id);
  return ids;
}

test('a backup taken under load holds all that was acked before it, and what it restores serves', async (t) => {
  const dir = temporaryFolder(t);
  const node = await startEmbeddedNode({ dir: join(dir, 'log') });
  t.after(() => node.stop());
  const client = clientOf(t, node.url);
  const acked = new Set<string>();
  let writing = true;
  const writers = Array.from({ length: 4 }, async (_, n) => {
    while (writing) {
      const events = Array.from({ length: 20 }, (_, i) =>
        jsonEvent({ id: randomUUID(), type: 'Tested', data: { i, text: 'x'.repeat(100) } }),
      );
      await client.appendToStream(`writer-${n}`, events);
      for (const { id } of events) acked.add(id);
    }
  });
  while (acked.size < 2000) await new Promise((resolve) => setTimeout(resolve, 10));
  for (let round = 0; round < ROUNDS; round++) {
    const before = new Set(acked);
    const steps = new Set<string>();
    const file = join(dir, `backup-${round}`);
    const done = await backupLog(join(dir, 'log'), file, (_, step) => steps.add(step));
    assert.ok(done.events >= before.size, `${done.events} of ${before.size}`);
    assert.equal(done.events, done.lastPosition);
    assert.equal(done.bytes, statSync(file).size);
    const restored = await restoreLog(file, join(dir, `restored-${round}`));
    assert.deepEqual([restored.events, restored.lastPosition], [done.events, done.lastPosition]);
    const engine = await openEngine({ dir: join(dir, `restored-${round}`) });
    const there = new Set<string>();
    for (let from = 0; ; ) {
      const records = engine.readAll({ from, max: 10_000 });
      for (const record of records) there.add(formatUuid(idOf(record)));
      if (records.length === 0) break;
      from = records.at(-1)!.position + 1;
    }
    await engine.close();
    assert.deepEqual(
      [...before].filter((id) => !there.has(id)),
      [],
      'nothing acked is missing',
    );
  }
  writing = false;
  await Promise.all(writers);
  assert.ok((await idsOf(client)).size >= acked.size, 'the node served on');
  const second = await startEmbeddedNode({ dir: join(dir, 'restored-0') });
  t.after(() => second.stop());
  const theirs = clientOf(t, second.url);
  assert.ok((await idsOf(theirs)).size > 2000);
  assert.ok((await theirs.appendToStream('writer-0', jsonEvent({ type: 'Tested', data: {} }))).success);
});

test('a backup knows what was scavenged, and is smaller than the log it was taken of', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir: join(dir, 'log') });
  await append(engine, 's', 'any', Array.from({ length: 5 }, () => many(1000)).flat());
  await metadata(engine, 's', { $maxCount: 2 });
  await engine.scavenge().result;
  await engine.close();
  const done = await backupLog(join(dir, 'log'), `${dir}/`);
  assert.match(done.file, /agl-log-\d{4}-\d\d-\d\dT[\d-]+Z\.mdb$/);
  assert.deepEqual([done.events, done.lastPosition], [3, 5001]);
  assert.ok(done.bytes * 4 < statSync(join(dir, 'log', 'log.mdb')).size);
  await restoreLog(done.file, join(dir, 'again'));
  const again = await openEngine({ dir: join(dir, 'again') });
  t.after(() => again.close());
  assert.deepEqual(positions(again, 0), [4999, 5000, 5001]);
});

test('what is there is never overwritten, and what is not there is said', async (t) => {
  const dir = temporaryFolder(t);
  const log = await smallLog(join(dir, 'log'));
  const file = join(dir, 'backup');
  await backupLog(log, file);
  const bytes = readFileSync(file);
  await assert.rejects(backupLog(log, file), { message: `${file} is already there` });
  assert.deepEqual(readFileSync(file), bytes);
  await assert.rejects(backupLog(join(dir, 'nowhere'), file), {
    message: `there is no log in ${dir}/nowhere`,
  });
  await assert.rejects(restoreLog(file, log), { message: `there is already a log in ${log}` });
  await assert.rejects(restoreLog(join(dir, 'no'), join(dir, 'new')), {
    message: `there is no file ${dir}/no`,
  });
  await assert.rejects(backupLog(log, join(file, 'below')), /is not a folder$/);
  const engine = await openEngine({ dir: log });
  t.after(() => engine.close());
  await assert.rejects(restoreLog(file, log), /in use by process/, 'nor beside an engine');
  assert.equal(existsSync(join(dir, 'new')), false);
  assert.deepEqual(readdirSync(dir).sort(), ['backup', 'log']);
});

test('a backup that is damaged, cut off, of something else or of a newer format leaves nothing behind', async (t) => {
  const dir = temporaryFolder(t);
  const log = await smallLog(join(dir, 'log'));
  const file = join(dir, 'backup');
  await backupLog(log, file);
  const good = readFileSync(file);
  const into = join(dir, 'data', 'log');
  const refused = async (bytes: Buffer, why: RegExp) => {
    writeFileSync(file, bytes);
    await assert.rejects(restoreLog(file, into), why);
    assert.equal(existsSync(join(dir, 'data')), false);
  };
  const flipped = Buffer.from(good);
  const at = good.lastIndexOf('{"i":5}');
  flipped[at + 5]! ^= 1;
  await refused(flipped, /^EngineError: the log is damaged at position 6: its checksum is wrong$/);
  await refused(good.subarray(0, good.length - 8192), /is damaged/);
  await refused(
    Buffer.alloc(100_000, 7),
    /^EngineError: the backup .*backup is damaged: it does not begin as a log/,
  );
  await refused(Buffer.alloc(0), /is damaged|is empty/);
  const newer = Buffer.from(good);
  const format = good.indexOf('format4');
  newer[format + 6] = '9'.charCodeAt(0);
  await refused(newer, /the backup .* was written by a newer version of this program \(format 9/);
  // A folder that was there stays, with what was in it.
  mkdirSync(into, { recursive: true });
  writeFileSync(join(into, 'mine'), '');
  await assert.rejects(restoreLog(file, into));
  assert.deepEqual(readdirSync(into), ['mine']);
  writeFileSync(file, good);
  await restoreLog(file, into);
  assert.deepEqual(readdirSync(into).sort(), ['log.mdb', 'mine']);
});

test('a backup put into a folder whose log is gone does not go on with what was written ahead there', async (t) => {
  const dir = temporaryFolder(t);
  const log = join(dir, 'log');
  const engine = await openEngine({ dir: log });
  await append(engine, 's', 'any', many(3));
  await backupLog(log, join(dir, 'backup'));
  for (let n = 0; n < 3; n++) await append(engine, 's', 'any', many(1));
  await engine.close();
  rmSync(join(log, 'log.mdb'));
  assert.equal((await restoreLog(join(dir, 'backup'), log)).events, 3);
  const again = await openEngine({ dir: log });
  t.after(() => again.close());
  assert.deepEqual(positions(again, 0), [1, 2, 3]);
});

test('a log that is damaged gives no backup', async (t) => {
  const dir = temporaryFolder(t);
  const log = await smallLog(join(dir, 'log'));
  const bytes = readFileSync(join(log, 'log.mdb'));
  for (let at = bytes.indexOf('{"i":5}'); at >= 0; at = bytes.indexOf('{"i":5}', at)) bytes[at + 5]! ^= 1;
  writeFileSync(join(log, 'log.mdb'), bytes);
  await assert.rejects(backupLog(log, join(dir, 'backup')), /damaged at position 6: its checksum is wrong$/);
  assert.deepEqual(readdirSync(dir), ['log']);
});
