import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AccessDeniedError, BACKWARDS, END, type EventStoreDBClient } from '@eventstore/db-client';
import { dataOf, typeOf } from '../engine/record.js';
import { ruleOf } from './access/rules.js';
import {
  GossipService,
  MonitoringService,
  OperationsService,
  ServerFeaturesService,
  StreamsService,
  UsersService,
} from './stubs.js';
import { confirmed, event, next, numbers, openSecureBench, type SecureBench, stream } from './testing.js';
import { userOperations } from './testing-users.js';

let bench: SecureBench;
let admin: EventStoreDBClient;
const lines: string[] = [];
const ADMIN = 'admin:changeit';

before(async () => {
  bench = await openSecureBench({ onLine: (line) => lines.push(line) });
  admin = bench.as(ADMIN);
  const users = userOperations(bench, ADMIN);
  await users.create('writer', 'w1', ['writers']);
  await users.create('reader', 'r1', ['readers']);
});
after(() => bench.close());

/** In the answer to a batch append the client finds no code. */
const denied = (error: unknown) => error instanceof AccessDeniedError && error.code !== 16;
const unauthenticated = (error: unknown) => error instanceof AccessDeniedError && error.code === 16;
/** With credentials of the call the client takes the classic append. */
const credentials = { username: 'reader', password: 'r1' };

test('who is right is let in, who is wrong is not known, who says nothing may do nothing', async () => {
  const name = stream();
  await admin.appendToStream(name, event(1));
  assert.deepEqual(await numbers(admin.readStream(name)), [1]);
  for (const wrong of ['admin:wrong', 'nobody:changeit', `${'x'.repeat(3000)}:y`]) {
    await assert.rejects(bench.as(wrong).appendToStream(name, event(2)), unauthenticated);
    await assert.rejects(numbers(bench.as(wrong).readAll()), unauthenticated);
  }
  const nobody = bench.as();
  await assert.rejects(nobody.appendToStream(name, event(2)), denied);
  await assert.rejects(numbers(nobody.readStream(name)), denied);
  await assert.rejects(nobody.deleteStream(name), denied);
  await assert.rejects(nobody.tombstoneStream(name), denied);
  await assert.rejects(next(nobody.subscribeToStream(name), 1), denied);
  assert.deepEqual(await numbers(admin.readStream(name)), [1], 'nothing was done');
});

test('what the system keeps is for admins, all else for everybody with a name', async () => {
  const writer = bench.as('writer:w1');
  const name = stream();
  await writer.appendToStream(name, event(1));
  await writer.setStreamMetadata(name, { maxCount: 5 });
  assert.equal((await writer.getStreamMetadata(name)).metadata?.maxCount, 5);
  assert.deepEqual(await numbers(writer.readStream(name)), [1]);
  for (const system of ['$mine', '$settings', '$users', '$$$users', '$user-admin'])
    await assert.rejects(writer.appendToStream(system, event(1)), denied, system);
  await assert.rejects(numbers(writer.readStream('$user-admin')), denied);
  await assert.rejects(numbers(writer.readAll()), denied);
  await assert.rejects(next(writer.subscribeToAll(), 1), denied);
  await admin.appendToStream('$mine', event(1));
  assert.deepEqual(await numbers(admin.readStream('$mine')), [1]);
  await assert.rejects(admin.deleteStream(`$$${name}`), denied, 'metadata is not deleted, by nobody');
  await writer.deleteStream(name);
});

test("a stream's own list decides, by user or by group, for each right apart", async () => {
  const name = stream();
  const [writer, reader] = [bench.as('writer:w1'), bench.as('reader:r1')];
  await admin.appendToStream(name, event(1));
  await admin.setStreamMetadata(name, {
    acl: {
      readRoles: ['readers', 'writer'],
      writeRoles: ['writer'],
      deleteRoles: [],
      metaReadRoles: ['readers'],
      metaWriteRoles: ['$admins'],
    },
  });
  assert.deepEqual(await numbers(reader.readStream(name)), [1]);
  const subscription = reader.subscribeToStream(name);
  await confirmed(subscription);
  await writer.appendToStream(name, event(2));
  assert.deepEqual(await next(subscription, 2), [1, 2]);
  await assert.rejects(reader.appendToStream(name, event(3)), denied);
  await assert.rejects(
    admin.appendToStream(name, event(3), { credentials }),
    denied,
    'the classic append too',
  );
  await assert.rejects(writer.deleteStream(name), denied);
  await assert.rejects(writer.tombstoneStream(name), denied);
  await assert.rejects(writer.getStreamMetadata(name), denied);
  assert.deepEqual((await reader.getStreamMetadata(name)).metadata?.acl?.writeRoles, ['writer']);
  await assert.rejects(writer.setStreamMetadata(name, {}), denied);
  assert.deepEqual(await numbers(admin.readStream(name)), [1, 2]);
});

test('one refused append does not end the others of its connection', async () => {
  const [open, closed] = [stream(), stream()];
  const reader = bench.as('reader:r1');
  await admin.setStreamMetadata(closed, { acl: { writeRoles: ['writer'] } });
  const results = await Promise.allSettled(
    [open, closed, open, closed].map((name, n) => reader.appendToStream(name, event(n))),
  );
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'rejected'],
  );
});

test('an account that only reads is denied by the general list, until the list is changed', async () => {
  const name = stream();
  const reader = bench.as('reader:r1');
  const system = { $r: '$admins', $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' };
  const settings = (writers: string[]) => ({
    ...event(0, undefined, '$settings'),
    data: { $userStreamAcl: { $r: '$all', $w: writers, $d: writers }, $systemStreamAcl: system },
  });
  await admin.appendToStream('$settings', settings(['$admins', 'writers']) as never);
  await assert.rejects(reader.appendToStream(name, event(1)), denied);
  await assert.rejects(reader.deleteStream(name), denied);
  await bench.as('writer:w1').appendToStream(name, event(1));
  assert.deepEqual(await numbers(reader.readStream(name)), [1]);
  await admin.appendToStream('$settings', settings(['$all']) as never);
  await reader.appendToStream(name, event(2));
});

test('no password is in the log, and whoever leaves the default one is told', async () => {
  const told = 'the user admin has the well-known default password: change it before others reach this node';
  assert.deepEqual(lines, [told]);
  const all = bench.engine.readAll({ from: 0, max: 1000 });
  const made = all.filter((record) => typeOf(record) === '$UserCreated').map(dataOf);
  assert.equal(made.length, 4);
  for (const user of made) assert.doesNotMatch(user.toString(), /changeit|"w1"|"r1"/);
  const hashes = made.map((user) => (JSON.parse(user.toString()) as { hash: string }).hash);
  assert.equal(new Set(hashes).size, 4, 'equal passwords have different hashes');
  let newest: unknown;
  for await (const { event } of admin.readStream('$user-admin', { direction: BACKWARDS, fromRevision: END }))
    newest ??= event?.data;
  const { loginName, groups } = newest as { loginName: string; groups: string[] };
  assert.deepEqual({ loginName, groups }, { loginName: 'admin', groups: ['$admins'] });
});

test('a given password is the one of the standard users', async () => {
  const other = await openSecureBench({
    password: 'a secret',
    onLine: () => assert.fail('nothing is to tell'),
  });
  await assert.rejects(other.as(ADMIN).appendToStream('s', event(1)), unauthenticated);
  await other.as('admin:a%20secret').appendToStream('s', event(1));
  await other.as('ops:a%20secret').appendToStream('s', event(2));
  await other.close();
});

test('every method of the node has a rule', () => {
  const services = [StreamsService, GossipService, ServerFeaturesService];
  const more = [UsersService, OperationsService, MonitoringService];
  const byDefault = [...services, ...more]
    .flatMap((service) => Object.values(service).map(({ path }) => path as string))
    .filter((path) => ruleOf(path) === 'admins');
  assert.deepEqual(
    byDefault.map((path) => path.split('/')[2]),
    ['Create', 'Update', 'Delete', 'Disable', 'Enable', 'ResetPassword'],
  );
  assert.equal(ruleOf('/event_store.client.unheard.Of/It'), 'admins');
});
