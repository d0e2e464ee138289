import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AccessDeniedError,
  type EventStoreDBClient,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@eventstore/db-client';
import { events, openSecureBench, type SecureBench, stream } from './testing.js';
import { userOperations } from './testing-users.js';

let bench: SecureBench;
const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
const allSettings = persistentSubscriptionToAllSettingsFromDefaults({ startFrom: START });
const ADMIN = 'admin:changeit';

before(async () => {
  bench = await openSecureBench();
  const users = userOperations(bench, ADMIN);
  await users.create('reader', 'r1', ['readers']);
  await users.create('operator', 'o1', ['$ops']);
});
after(() => bench.close());

const denied = (error: unknown) => error instanceof AccessDeniedError;

/** The number of the first event that a group gives, done with. */
async function first(client: EventStoreDBClient, name: string, group: string): Promise<bigint> {
  const subscription = client.subscribeToPersistentSubscriptionToStream(name, group);
  for await (const one of subscription) {
    await subscription.ack(one);
    await subscription.unsubscribe();
    return one.event!.revision;
  }
  throw new Error('nothing was given');
}

test('operators keep the groups; who only has a name may look, and take part where they may read', async () => {
  const [name, group] = [stream(), 'shared'];
  const [admin, operator, reader] = [bench.as(ADMIN), bench.as('operator:o1'), bench.as('reader:r1')];
  await admin.appendToStream(name, events(2));
  await assert.rejects(reader.createPersistentSubscriptionToStream(name, group, settings), denied);
  await assert.rejects(reader.createPersistentSubscriptionToAll(group, allSettings), denied);
  await operator.createPersistentSubscriptionToStream(name, group, settings);
  await assert.rejects(reader.updatePersistentSubscriptionToStream(name, group, settings), denied);
  await assert.rejects(reader.replayParkedMessagesToStream(name, group), denied);
  await assert.rejects(reader.restartPersistentSubscriptionSubsystem(), denied);
  await assert.rejects(reader.deletePersistentSubscriptionToStream(name, group), denied);
  assert.equal((await reader.listAllPersistentSubscriptions()).length, 1);
  assert.equal((await reader.getPersistentSubscriptionToStreamInfo(name, group)).groupName, group);
  assert.equal(await first(reader, name, group), 0n);
  await admin.setStreamMetadata(name, { acl: { readRoles: ['$admins'] } });
  await assert.rejects(first(reader, name, group), denied);
  assert.equal(await first(admin, name, group), 1n);
});

test('a group over the whole log is for those who may read all of it', async () => {
  const [admin, reader] = [bench.as(ADMIN), bench.as('reader:r1')];
  await admin.createPersistentSubscriptionToAll('everything', allSettings);
  const reading = reader.subscribeToPersistentSubscriptionToAll('everything');
  await assert.rejects(async () => {
    for await (const one of reading) await reading.ack(one);
  }, denied);
});

test('nobody without a name so much as looks', async () => {
  const nobody = bench.as();
  await assert.rejects(nobody.listAllPersistentSubscriptions(), denied);
  await assert.rejects(nobody.createPersistentSubscriptionToStream(stream(), 'g', settings), denied);
  await assert.rejects(first(nobody, stream(), 'g'), denied);
});
