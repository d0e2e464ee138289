import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openEngine } from '../eventstore/embedded/engine/engine.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { startDiskServer, startNullServer, startWorker, type Worker } from './child.js';
import { marksUpTo } from './log.js';

describe('the load on the log', () => {
  let node: Awaited<ReturnType<typeof startEmbeddedNode>>;
  let floor: Awaited<ReturnType<typeof startNullServer>>;
  let dir: string;
  let worker: Worker;
  const timing = { warmUpMs: 100, measureMs: 300 };
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'agl-bench-test-'));
    node = await startEmbeddedNode({ dir: join(dir, 'node') });
    floor = await startNullServer();
    worker = startWorker();
  });
  after(async () => {
    await worker.stop();
    await floor.stop();
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('is the same for the node and for the server that does nothing', async () => {
    for (const { url } of [node, floor]) {
      const append = { kind: 'log-append', url, ...timing, measureMs: 1_000 } as const;
      const single = await worker.run({ ...append, lanes: 4, size: 1 });
      const many = await worker.run({ ...append, lanes: 2, size: 100 });
      assert.ok(single.events > 0 && many.events > 0 && many.events % 100 === 0, url);
      for (const how of ['readAll', 'catchUp'] as const) {
        const read = await worker.run({ kind: 'log-read', url, how, events: 300 });
        assert.equal(read.events, 300, `${how} from ${url}`);
        assert.ok(read.perSecond > 0 && read.cpuUs > 0);
      }
    }
  });

  it('acknowledges what a persistent subscription gives', async () => {
    const shared = await worker.run({ kind: 'log-group', url: node.url, events: 150 });
    assert.equal(shared.events, 150);
    assert.ok(shared.perSecond > 0 && shared.cpuUs > 0);
  });

  it('commits to the bare disk', async () => {
    const disk = await startDiskServer(dir);
    const bare = await worker.run({ kind: 'disk', port: disk.port, ...timing, measureMs: 1_000 });
    assert.ok(bare.events > 0 && bare.perSecond > 0);
    await disk.stop();
  });

  it('tells when an event was acknowledged, and when a subscriber had it', async () => {
    const live = await worker.run({ kind: 'log-live', url: node.url, perSecond: 50, ...timing });
    assert.equal(live.answer.count, 15);
    assert.equal(live.action?.count, 15);
    const inTurn = await worker.run({ kind: 'log-in-turn', url: node.url, ...timing });
    assert.ok(inTurn.answer.count > 0 && inTurn.action?.count === inTurn.answer.count);
  });

  it('grows a log to every mark', async () => {
    const curve = await worker.run({ kind: 'engine-curve', dir: join(dir, 'curve'), marks: [6000, 27_000] });
    assert.deepEqual(
      curve.points.map(({ events }) => events),
      [6000, 27_000],
    );
    const engine = await openEngine({ dir: join(dir, 'curve') });
    assert.equal(engine.head(), 47_000);
    await engine.close();
    const streams = await worker.run({ kind: 'engine-streams', dir: join(dir, 'wide'), marks: [100, 250] });
    assert.deepEqual(
      streams.map((point) => point.streams),
      [100, 250],
    );
  });

  it('goes by powers of ten, and to the end', () => {
    assert.deepEqual(marksUpTo(10_000), [10_000]);
    assert.deepEqual(marksUpTo(250_000), [10_000, 100_000, 250_000]);
    assert.deepEqual(marksUpTo(1_000_000), [10_000, 100_000, 1_000_000]);
  });
});
