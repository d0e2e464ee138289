import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { EventStoreDBClient } from '@eventstore/db-client';
import { temporaryFolder } from './embedded/engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from './embedded/start.js';
import { ack, taking } from './group.contract.js';
import { groupContract } from './log.contract.js';
import { connectLog } from './log.eventstore.js';
import type { EventLog, Group } from './log.js';
import { idsOf, someEvents, until } from './testing/events.js';

const GROUP: Group = { name: 'tested', streams: 's-' };

groupContract('the official client over the embedded node', async () => {
  const cleaners: (() => void)[] = [];
  const dir = temporaryFolder({ after: (clean) => cleaners.push(clean) });
  const node = await startEmbeddedNode({ dir });
  const log = connectLog({ url: node.url });
  const close = async () => {
    await log.close();
    await node.stop();
    for (const clean of cleaners) clean();
  };
  return { log, close };
});

async function opened(t: TestContext) {
  const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
  const troubles: Error[] = [];
  const log = connectLog({
    url: node.url,
    appendWithinMs: 60_000,
    onTrouble: (error) => troubles.push(error as Error),
  });
  const client = EventStoreDBClient.connectionString(node.url);
  t.after(async () => {
    await log.close();
    await client.dispose();
    await node.stop();
  });
  return { node, log, client, troubles };
}

async function appended(log: EventLog, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const events = someEvents(2);
    await log.append(`s-${n % 7}`, events, 'any');
    ids.push(...idsOf(events));
  }
  return ids;
}

async function killed(node: EmbeddedNode): Promise<void> {
  const pid = node.pid();
  process.kill(pid, 'SIGKILL');
  await until(() => node.pid() !== pid);
}

describe('a group whose server goes away', () => {
  it('killed under consumers, goes on: each event is taken, in the order of its stream', async (t) => {
    const { node, log } = await opened(t);
    const consumers = [1, 2].map(() => taking(log, GROUP, { take: ack, inFlight: 20 }));
    const ids: string[] = [];
    for (let round = 0; round < 3; round++) {
      ids.push(...(await appended(log, 40)));
      await killed(node);
    }
    ids.push(...(await appended(log, 40)));
    const taken = () => consumers.flatMap((consumer) => consumer.taken);
    await until(() => new Set(taken().map(({ event }) => event.id)).size === ids.length);
    await Promise.all(consumers.map(({ stop }) => stop()));
    assert.deepEqual([...new Set(taken().map(({ event }) => event.id))].sort(), ids.toSorted());
  });

  it('taken over by another node with the same log, goes on there', async (t) => {
    const dir = temporaryFolder(t);
    const spare = await startEmbeddedNode({ dir });
    const ports = [0, Number(new URL(spare.url).port)];
    await spare.stop();
    let serving = await startEmbeddedNode({ dir });
    ports[0] = Number(new URL(serving.url).port);
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
    const log = connectLog({ url: `esdb://${hosts}?tls=false`, appendWithinMs: 60_000 });
    t.after(async () => {
      await log.close();
      await serving.stop();
    });
    const consumer = taking(log, GROUP, { take: ack });
    const ids = await appended(log, 30);
    await until(() => consumer.taken.length >= ids.length);
    await until(async () => (await log.groupStatus(GROUP))!.position >= (await log.head()) - 100_000);
    process.kill(serving.pid(), 'SIGKILL');
    await serving.stop();
    serving = await startEmbeddedNode({ dir, port: ports[1]! });
    ids.push(...(await appended(log, 30)));
    await until(() => new Set(consumer.ids()).size === ids.length);
    await consumer.stop();
  });
});

describe('a group that the server drops', () => {
  it('deleted under its consumer, is made again', async (t) => {
    const { log, client } = await opened(t);
    const consumer = taking(log, GROUP, { take: ack });
    const ids = await appended(log, 3);
    await until(() => consumer.taken.length === 6);
    await client.deletePersistentSubscriptionToAll(GROUP.name);
    ids.push(...(await appended(log, 3)));
    await until(() => new Set(consumer.ids()).size === ids.length);
    await consumer.stop();
  });

  it('full of consumers, lets the next one in when another leaves', async (t) => {
    const { log, client, troubles } = await opened(t);
    const first = taking(log, GROUP, { take: ack });
    await until(async () => (await log.groupStatus(GROUP))?.consumers === 1);
    const { settings } = await client.getPersistentSubscriptionToAllInfo(GROUP.name);
    await client.updatePersistentSubscriptionToAll(GROUP.name, {
      ...settings,
      startFrom: 'start',
      maxSubscriberCount: 1,
    });
    await until(async () => (await log.groupStatus(GROUP))?.consumers === 1);
    const before = troubles.length;
    const second = taking(log, GROUP, { take: ack });
    await until(() => troubles.length > before);
    await first.stop();
    const ids = await appended(log, 3);
    await until(() => ids.every((id) => second.ids().includes(id)));
    await second.stop();
  });

  it('whose buffer is bounded, gives a slow consumer no more than it takes', async (t) => {
    const { log } = await opened(t);
    const slow = taking(log, GROUP, { inFlight: 10 });
    const ids = await appended(log, 200);
    await until(() => slow.taken.length === 10);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(slow.taken.length, 10);
    for (let at = 0; at < ids.length; at++) {
      await until(() => slow.taken.length > at);
      slow.taken[at]!.ack();
    }
    assert.deepEqual(slow.ids().toSorted(), ids.toSorted());
    await slow.stop();
  });
});
