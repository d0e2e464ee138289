import assert from 'node:assert/strict';
import { it } from 'node:test';
import { client } from '../../domain/client/client.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { writeSideOver } from '../testing/side.js';
import { clientOfApiKey, keyThatFits, newApiKey, sha256Of } from './api-key.js';
import {
  IssueApiKey,
  IssueApiKeyHandler,
  logIn,
  RegisterClient,
  RegisterClientHandler,
  RevokeApiKey,
  RevokeApiKeyHandler,
} from './handlers.js';
import { hashPassword, passwordFits } from './password.js';

const ok = <T>(result: T | Rejection): T => {
  assert.ok(!(result instanceof Rejection), (result as Rejection).message);
  return result;
};
const codeOf = (result: unknown) => (result instanceof Rejection ? result.code : 'done');

it('hashes passwords slowly and each with a salt of its own; only the same one fits', async () => {
  const [one, two] = await Promise.all([hashPassword('geheim 密码'), hashPassword('geheim 密码')]);
  assert.notEqual(one, two);
  assert.match(one, /^scrypt:32768:8:1:[\w-]{22}:[\w-]{43}$/);
  assert.equal(await passwordFits('geheim 密码', one), true);
  for (const wrong of ['', 'geheim', 'Geheim 密码']) assert.equal(await passwordFits(wrong, one), false);
  for (const broken of ['', 'scrypt', one.slice(0, one.lastIndexOf(':'))])
    assert.equal(await passwordFits('geheim 密码', broken), false);
});

it('makes keys that name their client and nothing else', () => {
  const id = 'a'.repeat(20);
  const { apiKey, sha256, keyId } = newApiKey(id);
  assert.equal(clientOfApiKey(apiKey), id);
  assert.equal(sha256, sha256Of(apiKey));
  const state = {
    keys: { other: { sha256: 'short' }, [keyId]: { sha256, endsAt: '2026-01-02T00:00:00.000Z' } },
  };
  const at = '2026-01-01T23:59:59.999Z';
  assert.equal(keyThatFits(apiKey, state, at)?.keyId, keyId);
  assert.equal(keyThatFits(apiKey, state, '2026-01-02T00:00:00.000Z'), null, 'it has ended');
  assert.equal(keyThatFits(`${apiKey}x`, state, at), null);
  assert.equal(keyThatFits(apiKey, client.initial, at), null);
  for (const wrong of ['', 'agl_', `${apiKey} `, apiKey.toUpperCase(), `x${apiKey}`])
    assert.equal(clientOfApiKey(wrong), null);
});

it('registers an address once, however it is written and however often at once', async () => {
  const log = memoryLog();
  const side = writeSideOver(log);
  const register = new RegisterClientHandler(side);
  const account = (email: string) => new RegisterClient({ name: 'S', email, password: 'password' });
  const results = await Promise.all(
    ['A@x.com', 'a@x.com', ' a@X.com'].map((email) => register.execute(account(email))),
  );
  assert.deepEqual(results.map(codeOf).sort(), ['conflict', 'conflict', 'done']);
  assert.equal(log.events.length, 3);
  const { clientId, apiKey } = ok(results.find((one) => !(one instanceof Rejection))!);
  assert.equal(await logIn(side, 'a@x.com', 'password'), clientId);
  assert.equal(codeOf(await logIn(side, 'a@x.com', 'Password')), 'unauthorized');
  assert.equal(codeOf(await logIn(side, 'b@x.com', 'password')), 'unauthorized');
  assert.equal(clientOfApiKey(apiKey), clientId);
  assert.ok(log.events.every(({ metadata }) => metadata.clientId === clientId));

  const issued = ok(await new IssueApiKeyHandler(side).execute(new IssueApiKey(clientId)));
  const revoke = new RevokeApiKeyHandler(side);
  ok(await revoke.execute(new RevokeApiKey(clientId, issued.id)));
  assert.equal(codeOf(await revoke.execute(new RevokeApiKey(clientId, issued.id))), 'not_found');
  assert.equal(codeOf(await revoke.execute(new RevokeApiKey('nobody', issued.id))), 'not_found');
  const now = new Date().toISOString();
  const state = await writeSideOver(log).clients.state(`client-${clientId}`);
  assert.equal(keyThatFits(issued.apiKey, state, now), null);
  assert.ok(keyThatFits(apiKey, state, now));
});
