import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Metadata, status } from '@grpc/grpc-js';
import { event, openSecureBench, type SecureBench, stream } from './testing.js';
import { userOperations } from './testing-users.js';

let bench: SecureBench;
let admin: ReturnType<typeof userOperations>;
before(async () => {
  bench = await openSecureBench();
  admin = userOperations(bench, 'admin:changeit');
});
after(async () => {
  admin.close();
  await bench.close();
});

const as = (credentials: string) => {
  const users = userOperations(bench, credentials);
  after(() => users.close());
  return users;
};

type Refused = { code: status; details: string; metadata: Metadata };
/** An error with this code and these trailers. */
const refused =
  (code: status, details: string, trailers: Record<string, string> = {}) =>
  (error: Refused) => {
    assert.deepEqual({ code: error.code, details: error.details }, { code, details });
    for (const [name, value] of Object.entries(trailers))
      assert.equal(error.metadata.get(name)[0], value, name);
    return true;
  };
const denied = refused(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
const unauthenticated = refused(status.UNAUTHENTICATED, 'Unauthenticated');
const unknown = (login: string) =>
  refused(status.NOT_FOUND, `User '${login}' is not found.`, {
    exception: 'user-not-found',
    'login-name': login,
  });

/** Whether the log lets somebody in. A call of its own each time: one under way keeps the name it began with. */
const canAppend = (login: string) => {
  const [username, password] = login.split(':') as [string, string];
  return bench
    .as()
    .appendToStream(stream(), event(1), { credentials: { username, password } })
    .then(
      () => true,
      () => false,
    );
};

test('a user is made, told of, changed, and gone', async () => {
  const before = Date.now();
  await admin.create('ann', 'a1', ['players']);
  const [ann] = await admin.details('ann');
  assert.deepEqual(
    { ...ann, lastUpdated: undefined },
    {
      loginName: 'ann',
      fullName: 'ann by name',
      groupsList: ['players'],
      disabled: false,
      lastUpdated: undefined,
    },
  );
  const ticks = BigInt(ann!.lastUpdated!.ticksSinceEpoch);
  assert.ok(ticks >= BigInt(before) * 10_000n && ticks <= BigInt(Date.now()) * 10_000n);
  assert.deepEqual(
    (await admin.details()).map(({ loginName }) => loginName),
    ['admin', 'ann', 'ops'],
  );
  await admin.update('ann', 'Ann Other', ['others']);
  const [changed] = await admin.details('ann');
  assert.deepEqual([changed!.fullName, changed!.groupsList], ['Ann Other', ['others']]);
  assert.ok(await canAppend('ann:a1'), 'an update leaves the password');
  await admin.delete('ann');
  await assert.rejects(admin.details('ann'), unknown('ann'));
  assert.equal(await canAppend('ann:a1'), false);
  assert.deepEqual(
    (await admin.details()).map(({ loginName }) => loginName),
    ['admin', 'ops'],
  );
  await admin.create('ann', 'a2');
  assert.ok(await canAppend('ann:a2'), 'and may come back');
  assert.equal(await canAppend('ann:a1'), false);
});

test('passwords are changed by their owner and reset by an admin, with effect on the next call', async () => {
  await admin.create('bob', 'b1');
  assert.ok(await canAppend('bob:b1'));
  await as('bob:b1').changePassword('bob', 'b1', 'b2');
  assert.equal(await canAppend('bob:b1'), false);
  assert.ok(await canAppend('bob:b2'));
  await assert.rejects(as('bob:b2').changePassword('bob', 'wrong', 'b3'), denied);
  await assert.rejects(admin.changePassword('bob', 'b2', 'b3'), denied, 'not even by an admin');
  await admin.resetPassword('bob', 'b4');
  assert.equal(await canAppend('bob:b2'), false);
  assert.ok(await canAppend('bob:b4'));
});

test('a disabled user is nobody, until enabled', async () => {
  await admin.create('cid', 'c1');
  await admin.disable('cid');
  assert.equal((await admin.details('cid'))[0]!.disabled, true);
  await assert.rejects(as('cid:c1').details('cid'), unauthenticated);
  assert.equal(await canAppend('cid:c1'), false);
  await admin.enable('cid');
  assert.ok(await canAppend('cid:c1'));
});

test("the server's errors", async () => {
  await admin.create('dan', 'd1');
  await admin.create('dan', 'd1');
  const conflict = { exception: 'user-conflict', 'login-name': 'dan' };
  await assert.rejects(admin.create('dan', 'd2'), refused(status.FAILED_PRECONDITION, 'Conflict.', conflict));
  assert.equal((await admin.details()).filter(({ loginName }) => loginName === 'dan').length, 1);
  for (const ask of [
    () => admin.update('eve', '', []),
    () => admin.delete('eve'),
    () => admin.enable('eve'),
    () => admin.disable('eve'),
    () => admin.resetPassword('eve', 'e'),
    () => admin.details('eve'),
  ])
    await assert.rejects(ask(), unknown('eve'));
  for (const login of ['', 'a:b', 'x'.repeat(300)])
    await assert.rejects(admin.create(login, 'p'), { code: status.INVALID_ARGUMENT });
});

test('who is no admin may change nobody, and see only themselves', async () => {
  await admin.create('fay', 'f1', ['$ops']);
  const fay = as('fay:f1');
  for (const ask of [
    () => fay.create('gus', 'g'),
    () => fay.update('fay', '', ['$admins']),
    () => fay.delete('admin'),
    () => fay.enable('admin'),
    () => fay.disable('admin'),
    () => fay.resetPassword('admin', 'x'),
    () => fay.changePassword('admin', 'changeit', 'x'),
    () => fay.details(),
    () => fay.details('admin'),
  ])
    await assert.rejects(ask(), denied, String(ask));
  assert.equal((await fay.details('fay'))[0]!.loginName, 'fay');
  await admin.update('fay', 'Fay', ['$admins']);
  assert.ok((await fay.details()).length > 2, 'new groups hold at once');
});

test('changes that come together leave one after the other', async () => {
  await admin.create('hal', 'h', []);
  await Promise.all(['1', '2', '3', '4'].map((group) => admin.update('hal', 'Hal', [group])));
  const events = bench.engine.readStream({ stream: '$user-hal', from: 0, max: 10 });
  assert.equal(events.status === 'ok' && events.records.length, 5);
});
