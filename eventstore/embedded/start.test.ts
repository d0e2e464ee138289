import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { EventStoreDBClient } from '@eventstore/db-client';
import { temporaryFolder } from './engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from './start.js';
import { event, follow, until, write } from './testing/traffic.js';

function clientOf(t: TestContext, node: EmbeddedNode): EventStoreDBClient {
  const client = EventStoreDBClient.connectionString(node.url);
  t.after(() => client.dispose());
  return client;
}

async function idsOf(client: EventStoreDBClient): Promise<string[]> {
  const ids = [];
  for await (const { event } of client.readAll()) ids.push(event!.id);
  return ids;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    // Nobody may be there to collect an orphan: a zombie is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

test('a node starts, stops, and has kept what it was given', async (t) => {
  const dir = join(temporaryFolder(t), 'made', 'by it');
  const first = await startEmbeddedNode({ dir });
  assert.match(first.url, /^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
  assert.notEqual(first.pid(), process.pid);
  const one = event();
  await clientOf(t, first).appendToStream('s', one);
  await first.stop();
  assert.equal(isAlive(first.pid()), false);
  const second = await startEmbeddedNode({ dir });
  t.after(() => second.stop());
  assert.deepEqual(await idsOf(clientOf(t, second)), [one.id]);
});

test('a second node on one folder is refused, and says why', async (t) => {
  const dir = temporaryFolder(t);
  const node = await startEmbeddedNode({ dir });
  t.after(() => node.stop());
  await assert.rejects(startEmbeddedNode({ dir }), {
    message: `the log in ${dir} is in use by process ${node.pid()} (of process ${process.pid})`,
  });
});

test('a folder that cannot be used, and a port in use, are one clear line', async (t) => {
  const dir = temporaryFolder(t);
  writeFileSync(join(dir, 'file'), '');
  await assert.rejects(startEmbeddedNode({ dir: join(dir, 'file') }), {
    message: `${join(dir, 'file')} is not a folder`,
  });
  const node = await startEmbeddedNode({ dir: join(dir, 'one') });
  t.after(() => node.stop());
  const port = Number(new URL(node.url).port);
  await assert.rejects(startEmbeddedNode({ dir: join(dir, 'two'), port }), /EADDRINUSE|address/);
});

test('killed under 16 writers, the node comes back with every acked event once, in one order', async (t) => {
  const lines: string[] = [];
  const node = await startEmbeddedNode({ dir: temporaryFolder(t), onLine: (line) => lines.push(line) });
  t.after(() => node.stop());
  const client = clientOf(t, node);
  const acked = new Map<string, bigint>();
  const writing = new AbortController();
  const writers = Array.from({ length: 16 }, (_, n) =>
    write(client, `writer-${n % 10}`, { acked, signal: writing.signal }),
  );
  const follower = follow(clientOf(t, node));
  for (let round = 0; round < 2; round++) {
    const soFar = acked.size;
    await until(() => acked.size > soFar + 200);
    const pid = node.pid();
    process.kill(pid, 'SIGKILL');
    await until(() => node.pid() !== pid);
  }
  const soFar = acked.size;
  await until(() => acked.size > soFar + 200);
  writing.abort();
  await Promise.all(writers);
  const ids = await idsOf(client);
  assert.equal(new Set(ids).size, ids.length, 'nothing is doubled');
  const stored = new Set(ids);
  assert.deepEqual(
    [...acked.keys()].filter((id) => !stored.has(id)),
    [],
    'nothing acked is lost',
  );
  await until(() => follower.seen.length >= ids.length);
  await follower.stop();
  assert.deepEqual(
    follower.seen.map(({ id }) => id),
    ids,
    'a follower saw each once, in order',
  );
  assert.equal(lines.filter((line) => line.includes('up again')).length, 2);
});

test('when its parent is killed the node ends by itself, and the next start has the folder', async (t) => {
  const dir = temporaryFolder(t);
  const start = new URL('./start.js', import.meta.url).href;
  const script = `const { startEmbeddedNode } = await import(${JSON.stringify(start)});
    const node = await startEmbeddedNode({ dir: ${JSON.stringify(dir)} });
    console.log(node.pid());`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = Number(
    await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(`${data}`))),
  );
  assert.ok(isAlive(pid));
  parent.kill('SIGKILL');
  const node = await startEmbeddedNode({ dir });
  t.after(() => node.stop());
  await until(() => !isAlive(pid));
});

test('a disk that takes no more is told, and what was acked is there afterwards', {
  skip: process.platform === 'win32',
}, async (t) => {
  const dir = temporaryFolder(t);
  const script = `const { openEngine } = await import(${JSON.stringify(new URL('./engine/engine.js', import.meta.url).href)});
    const { proposed } = await import(${JSON.stringify(new URL('./engine/testing.js', import.meta.url).href)});
    const engine = await openEngine({ dir: ${JSON.stringify(dir)}, onFailure: (error) => console.log('told ' + error.message) });
    for (let n = 0; ; n++) {
      try {
        const { position } = await engine.append({ stream: 's', expected: 'any', events: [proposed('x'.repeat(9000))] });
        console.log('acked ' + position);
      } catch (error) {
        console.log('refused ' + error.message);
        process.exit(0);
      }
    }`;
  // A limit on the size of a file stands for a disk that is full: both fail the same write.
  const limited = spawn('sh', [
    '-c',
    'ulimit -f 600; exec "$0" --input-type=module -e "$1"',
    process.execPath,
    script,
  ]);
  let out = '';
  limited.stdout.on('data', (data) => {
    out += data;
  });
  await new Promise((resolve) => limited.once('exit', resolve));
  assert.match(out, /told .*(may not grow further|cannot be used|is full)/);
  assert.match(out, /refused /);
  const acked = [...out.matchAll(/acked (\d+)/g)].length;
  assert.ok(acked > 5);
  const node = await startEmbeddedNode({ dir });
  t.after(() => node.stop());
  const there = (await idsOf(clientOf(t, node))).length;
  assert.ok(there >= acked, `${there} of ${acked}`);
});
