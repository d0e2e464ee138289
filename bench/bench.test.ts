import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { slow } from '../cli/faults/testing/slow.js';
import { emotionLabels } from '../domain/emotion/emotion.js';
import { languages, personas } from '../domain/kernel/language.js';
import { lineOccasions } from '../domain/voice/lines/line.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import { startWorker, type Worker } from './child.js';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

type Ran = { code: number | null; stdout: string; stderr: string };

function bench(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } });
  const ran = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (ran.stdout += text));
  child.stderr.on('data', (text) => (ran.stderr += text));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...ran })));
}

describe('npm run bench', () => {
  let temp: string;
  before(async () => {
    temp = await mkdtemp(join(tmpdir(), 'agl-bench-test-'));
    // The embedded Postgres may run as another user, who has to get through.
    await chmod(temp, 0o711);
  });
  after(() => rm(temp, { recursive: true, force: true }));

  it('measures the real engine, answers JSON, and leaves nothing behind', { skip: slow }, async () => {
    const { code, stdout, stderr } = await bench(['latency', '--seconds', '0.5', '--rounds', '1'], {
      TMPDIR: temp,
    });
    assert.equal(code, 0, stderr);
    const { machine, latency, ingest, ready } = JSON.parse(stdout);
    assert.equal(machine.node, process.version);
    assert.equal(latency.stories.answered.events, 100);
    assert.equal(latency.stories.answered.action.count, 100, 'every event was answered by an action');
    assert.equal(latency.stories.answered.ack.count, 100);
    const { echo, append, stories } = latency;
    const parts = echo.p50.median + 2 * append.p50.median;
    assert.ok(Math.abs(latency.ratio - stories.answered.action.p50.median / parts) < 0.01 * latency.ratio);
    assert.deepEqual([ingest, ready], [undefined, undefined]);
    assert.match(stderr, /bare append/);
    assert.deepEqual(await readdir(temp), []);
  });

  it('measures what feeling costs beside reading the same events', async () => {
    const args = ['emotion', '--seconds', '0.2', '--rounds', '2', '--events', '10000'];
    const { code, stdout, stderr } = await bench(args);
    assert.equal(code, 0, stderr);
    const { emotion } = JSON.parse(stdout);
    assert.ok(emotion.from === 'simulator' ? emotion.events === 10_000 : emotion.events > 10_000);
    assert.match(emotion.model, /^m-/);
    for (const side of ['rules', 'whole', 'json', 'read'])
      for (const figure of ['perSecond', 'cpuUs', 'p50Us', 'p99Us']) {
        const { all, min, max } = emotion[side][figure];
        assert.ok(all.length === 2 && min > 0 && max >= min, `${side}.${figure}`);
      }
    const { toRead, read, rules } = emotion;
    const first = rules.cpuUs.all[0] / read.cpuUs.all[0];
    assert.ok(Math.abs(toRead.rules.cpu.all[0] - first) < 0.01 * first);
    assert.match(stderr, /with the model \/ reading/);
  });

  it('measures the choice of a line over every cell', async () => {
    const { code, stdout, stderr } = await bench(['lines', '--rounds', '1', '--seconds', '0.2']);
    assert.equal(code, 0, stderr);
    const { lines } = JSON.parse(stdout);
    assert.equal(
      lines.cells,
      languages.length * personas.length * lineOccasions.length * emotionLabels.length,
    );
    assert.ok(lines.calls >= lines.cells && lines.p99.median >= lines.p50.median);
    assert.match(stderr, /chooseLine/);
  });

  it('measures the short-term memory beside the log, with Redis where one is installed', async () => {
    const { code, stdout, stderr } = await bench(['recent', '--rounds', '1', '--seconds', '0.2']);
    assert.equal(code, 0, stderr);
    const { push, last } = JSON.parse(stdout).recent;
    const sides = [push.process, last.process, last.log, push.redis, last.redis].filter(Boolean);
    assert.ok(sides.length === 5 || /no redis-server/.test(stderr));
    for (const { count, p50, p99 } of sides) assert.ok(count > 0 && p99.median >= p50.median);
    assert.match(stderr, /the last 100, the embedded log/);
  });

  it('measures searches of vectors', async () => {
    const args = ['vectors', '--rounds', '1', '--seconds', '0.2', '--events', '10000', '--dimension', '8'];
    const { code, stdout, stderr } = await bench(args, { TMPDIR: temp });
    assert.equal(code, 0, stderr);
    const { one, many, written, dimension } = JSON.parse(stdout).vectors;
    assert.deepEqual([dimension, one.points, many.points, many.players], [8, 1_000, 10_000, 10_000]);
    for (const side of [one, many, written]) assert.ok(side.count > 0 && side.p99.median >= side.p50.median);
    assert.match(stderr, /of 1000 points/);
    assert.deepEqual(await readdir(temp), []);
  });

  it('says what is wrong with its arguments, and exits with 2', async () => {
    assert.deepEqual(await bench(['speed']), {
      code: 2,
      stdout: '',
      stderr:
        'bench: there is no part speed: ingest, latency, ready, log, projections, emotion, lines, embeddings, recall, recent, vectors, edge\n',
    });
  });
});

describe('the load on the bare client', () => {
  let node: Awaited<ReturnType<typeof startEmbeddedNode>>;
  let dir: string;
  let worker: Worker;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'agl-bench-test-'));
    node = await startEmbeddedNode({ dir });
    worker = startWorker();
  });
  after(async () => {
    await worker.stop();
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('appends what it counts', async () => {
    // Long enough for a machine that has much else to do.
    const timing = { warmUpMs: 0, measureMs: 1_500 };
    const load = { kind: 'bare-closed', url: node.url, lanes: 4, size: 10, window: 2, ...timing } as const;
    const { events, perSecond, seconds } = await worker.run(load);
    assert.ok(events > 0 && Math.abs(perSecond - events / seconds) < 0.01 * perSecond);
    const log = connectLog({ url: node.url });
    const stored = new Map<string, number>();
    const head = await log.head();
    for await (const { events: batch, position } of log.follow(0, { signal: new AbortController().signal })) {
      for (const { stream } of batch) stored.set(stream, (stored.get(stream) ?? 0) + 1);
      if (position >= head) break;
    }
    await log.close();
    const total = [...stored.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(stored.size, 4);
    // What was under way when the time was up is stored, and not counted.
    assert.ok(total >= events && total <= events + 4 * 10 * 2, `${total} stored, ${events} counted`);
  });

  it('passes on what went wrong', async () => {
    const job = worker.run({
      kind: 'gateway-closed',
      url: 'http://127.0.0.1:1',
      tokens: ['none'],
      size: 1,
      window: 1,
      warmUpMs: 0,
      measureMs: 100,
    });
    await assert.rejects(job, /gateway-closed: .*ECONNREFUSED/);
  });
});
