import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { persistentSubscriptionToStreamSettingsFromDefaults, START } from '@eventstore/db-client';
import monitoringGrpc from '@eventstore/db-client/generated/monitoring_grpc_pb.js';
import operationsGrpc from '@eventstore/db-client/generated/operations_grpc_pb.js';
import { credentials as channel, type Metadata, status } from '@grpc/grpc-js';
import type { Scavenge } from '../engine/scavenge.js';
import { monitoringMessages, operationMessages, shared } from './stubs.js';
import { type Bench, event, events, numbers, openBench, stream } from './testing.js';

let bench: Bench;
let ended = 0;
before(async () => {
  bench = await openBench({ onShutdown: () => ended++ });
});
after(() => bench.close());

function operations({ face } = bench) {
  const { OperationsClient } = operationsGrpc;
  const client = new OperationsClient(`127.0.0.1:${face.port}`, channel.createInsecure());
  after(() => client.close());
  type Response = InstanceType<typeof operationMessages.ScavengeResp>;
  return (method: string, request: unknown) =>
    new Promise<Response>((resolve, reject) => {
      const untyped = client as unknown as Record<string, (...given: unknown[]) => void>;
      untyped[method]!(request, (error: unknown, answer: Response) =>
        error ? reject(error) : resolve(answer),
      );
    });
}

const { StartScavengeReq, StopScavengeReq, ScavengeResp, SetNodePriorityReq } = operationMessages;
const start = () => new StartScavengeReq().setOptions(new StartScavengeReq.Options().setThreadCount(1));
const stop = (id: string) =>
  new StopScavengeReq().setOptions(new StopScavengeReq.Options().setScavengeId(id));

test('what a node without peers is asked changes nothing and is no error', async () => {
  const call = operations();
  for (const method of ['mergeIndexes', 'resignNode']) await call(method, new shared.Empty());
  await call('setNodePriority', new SetNodePriorityReq().setPriority(3));
  const name = stream();
  await bench.client.appendToStream(name, event(1));
  assert.deepEqual(await numbers(bench.client.readStream(name)), [1]);
});

test('subscriptions that are shared start again: who reads is let go, and what was done stays done', async () => {
  const { client } = bench;
  const name = stream();
  await client.appendToStream(name, events(2));
  const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
  await client.createPersistentSubscriptionToStream(name, 'g', settings);
  const reading = client.subscribeToPersistentSubscriptionToStream(name, 'g');
  const dropped = new Promise<{ type: string }>((resolve) => reading.once('error', resolve as never));
  await new Promise<void>((resolve) =>
    reading.on('data', (one) => {
      if (one.event?.revision === 0n) void reading.ack(one);
      else resolve();
    }),
  );
  await operations()('restartPersistentSubscriptions', new shared.Empty());
  assert.equal((await dropped).type, 'persistent-subscription-dropped');
  const again = client.subscribeToPersistentSubscriptionToStream(name, 'g');
  for await (const one of again) {
    assert.equal(one.event?.revision, 1n);
    break;
  }
  await again.unsubscribe();
});

test('a shutdown is told to whoever runs the node, after its answer', async () => {
  await operations()('shutdown', new shared.Empty());
  for (const until = Date.now() + 5000; ended === 0 && Date.now() < until; )
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(ended, 1);
});

test('a scavenge gives back what is out of sight', async () => {
  const name = stream();
  await bench.client.setStreamMetadata(name, { maxCount: 1 });
  await bench.client.appendToStream(name, events(5));
  const started = await operations()('startScavenge', start());
  assert.equal(started.getScavengeResult(), ScavengeResp.ScavengeResult.STARTED);
  while (bench.engine.scavenging()) await new Promise((resolve) => setTimeout(resolve, 10));
  const left = [];
  for await (const { event } of bench.client.readAll())
    if (event?.streamId === name) left.push(Number(event.revision));
  assert.deepEqual(left, [4]);
});

test('one scavenge at a time, and only a running one is stopped', async () => {
  let ends = 0;
  let running: Scavenge | undefined;
  const scavenge = (): Scavenge => {
    const end = () => {
      running = undefined;
      ends++;
    };
    running = { id: randomUUID(), result: new Promise(() => {}), stop: end };
    return running;
  };
  const node = await openBench({}, (real) => ({ ...real, scavenge, scavenging: () => running }));
  const call = operations(node);
  const started = await call('startScavenge', start());
  assert.equal(started.getScavengeResult(), ScavengeResp.ScavengeResult.STARTED);
  const again = await call('startScavenge', start());
  assert.equal(again.getScavengeResult(), ScavengeResp.ScavengeResult.INPROGRESS);
  assert.equal(again.getScavengeId(), started.getScavengeId());
  const notFound = (error: { code: status; metadata: Metadata }) =>
    error.code === status.NOT_FOUND &&
    error.metadata.get('exception')[0] === 'scavenge-not-found' &&
    error.metadata.get('scavenge-id')[0] === 'another';
  await assert.rejects(call('stopScavenge', stop('another')), notFound);
  const stopped = await call('stopScavenge', stop(started.getScavengeId()));
  assert.equal(stopped.getScavengeResult(), ScavengeResp.ScavengeResult.STOPPED);
  assert.equal(ends, 1);
  const next = await call('startScavenge', start());
  assert.notEqual(next.getScavengeId(), started.getScavengeId());
  await node.close();
});

test('figures come again and again, and are true', async () => {
  const client = new monitoringGrpc.MonitoringClient(
    `127.0.0.1:${bench.face.port}`,
    channel.createInsecure(),
  );
  const call = client.stats(new monitoringMessages.StatsReq().setRefreshTimePeriodInMs('20'));
  const seen: Map<string, number>[] = [];
  const before = bench.engine.head();
  call.on('error', () => {});
  for await (const answer of call) {
    const stats = (answer as InstanceType<typeof monitoringMessages.StatsResp>).getStatsMap();
    seen.push(new Map(stats.toArray().map(([name, value]) => [name, Number(value)])));
    if (seen.length === 1) await bench.client.appendToStream(stream('figures'), events(10));
    if (seen.length > 1 && seen.at(-1)!.get('es-position') === before + 10) break;
  }
  call.cancel();
  client.close();
  const [first, last] = [seen[0]!, seen.at(-1)!];
  const grown = (name: string) => last.get(name)! - first.get(name)!;
  assert.equal(grown('es-position'), 10);
  assert.equal(grown('es-writer-events'), 10);
  assert.equal(grown('es-writer-appends'), 1);
  assert.equal(grown('es-streams'), 1);
  assert.ok(first.get('proc-mem')! > 1e6);
  assert.equal(first.get('proc-id'), process.pid);
});
