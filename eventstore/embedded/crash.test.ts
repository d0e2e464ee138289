import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient } from '@eventstore/db-client';
import { openEngine } from './engine/engine.js';
import { metadata, temporaryFolder } from './engine/testing.js';
import { verifyLog } from './engine/verify.js';
import { follow, until, write } from './testing/traffic.js';

const ROUNDS = process.env.AGL_LONG === '1' ? 50 : 3;

type Said = { port?: number; events?: number };

/** The node, at one port for the whole test. */
function nodeOf(dir: string) {
  const script = fileURLToPath(new URL('./testing/scavenging-node.js', import.meta.url));
  let child: ChildProcess;
  let port = 0;
  let scavenged = 0;
  const start = () =>
    new Promise<void>((resolve, reject) => {
      child = fork(script, [dir, String(port)], {
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      let before = 0;
      child.on('message', (said: Said) => {
        scavenged += (said.events ?? 0) - before;
        before = said.events ?? 0;
        if (said.port === undefined) return;
        ({ port } = said);
        resolve();
      });
      child.once('exit', (code) => reject(new Error(`the node ended with ${code}`)));
    });
  const kill = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      if (!child.kill('SIGKILL')) resolve();
    });
  return { start, kill, scavenged: () => scavenged, url: () => `esdb://127.0.0.1:${port}?tls=false` };
}

/** An event retried after others pushed it out of sight would be new again: so one writer a stream with a limit. */
const limited = Array.from({ length: 16 }, (_, n) => `limited-${n}`);
const whole = Array.from({ length: 5 }, (_, n) => `whole-${n}`);

type Stored = { id: string; stream: string; revision: bigint; position: bigint };

async function allOf(client: EventStoreDBClient): Promise<Stored[]> {
  const stored: Stored[] = [];
  for await (const { event } of client.readAll()) {
    const { id, streamId: stream, revision, position } = event!;
    if (!stream.startsWith('$')) stored.push({ id, stream, revision, position: position!.commit });
  }
  return stored;
}

test('killed again and again under 32 writers and a scavenger: no acked event is lost, torn or doubled', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir });
  for (const stream of limited) await metadata(engine, stream, { $maxCount: 3 });
  await engine.close();
  const node = nodeOf(dir);
  await node.start();
  t.after(() => node.kill());
  const client = EventStoreDBClient.connectionString(node.url());
  const another = EventStoreDBClient.connectionString(node.url());
  t.after(async () => {
    await client.dispose();
    await another.dispose();
  });
  const writing = new AbortController();
  const streams = [...limited, ...Array.from({ length: 16 }, (_, n) => whole[n % whole.length]!)];
  const acked = streams.map((stream) => ({ stream, events: new Map<string, bigint>() }));
  const writers = acked.map(({ stream, events }) =>
    write(client, stream, { acked: events, signal: writing.signal }),
  );
  const followers = [follow(another), follow(another), follow(client)];
  const count = () => acked.reduce((sum, { events }) => sum + events.size, 0);
  for (let round = 0; round <= ROUNDS; round++) {
    const [before, gone] = [count(), node.scavenged()];
    await until(() => count() > before + 150 && node.scavenged() > gone, 60_000);
    if (round === ROUNDS) break;
    await node.kill();
    await node.start();
  }
  writing.abort();
  await Promise.all(writers);

  const stored = await allOf(client);
  assert.equal(new Set(stored.map(({ id }) => id)).size, stored.length, 'nothing is doubled');
  const at = new Map(stored.map((event) => [`${event.stream} ${event.revision}`, event.id]));
  for (const { stream, events } of acked) {
    const newest = [...events.values()].sort((a, b) => Number(a - b)).at(-1);
    assert.ok(at.has(`${stream} ${newest}`), `the newest acked event of ${stream} is there`);
    for (const [id, revision] of events) {
      const there = at.get(`${stream} ${revision}`);
      if (there === undefined) assert.ok(limited.includes(stream), `${revision} of ${stream} is missing`);
      else assert.equal(there, id, `revision ${revision} of ${stream}`);
    }
  }
  const idAt = new Map(stored.map(({ position, id }) => [position, id]));
  for (const { seen, stop } of followers) {
    await until(() => seen.at(-1)!.position >= stored.at(-1)!.position);
    await stop();
    assert.ok(
      seen.every(({ position }, i) => i === 0 || position > seen[i - 1]!.position),
      'in order',
    );
    assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length, 'each once');
    assert.ok(
      seen.every(({ position, id }) => (idAt.get(position) ?? id) === id),
      'no position is given twice',
    );
    assert.deepEqual(
      seen.filter(({ stream }) => whole.includes(stream)).map(({ id }) => id),
      stored.filter(({ stream }) => whole.includes(stream)).map(({ id }) => id),
    );
  }
  await node.kill();
  const { events } = await verifyLog(join(dir, 'log.mdb'));
  t.diagnostic(`${count()} acked, ${node.scavenged()} scavenged, ${events} left after ${ROUNDS} kills`);
});
