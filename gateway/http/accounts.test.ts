import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { type Answer, aGame, aPlayer, aStudio, call, type Studio } from '../testing/client.js';
import { ADMIN_KEY, startTestEngine, type TestEngine } from '../testing/engine.js';

let engine: TestEngine;
before(async () => {
  engine = await startTestEngine(memoryLog());
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const admin = { 'x-api-key': ADMIN_KEY };
const post = (path: string, headers: Record<string, string>, body?: unknown) =>
  call(engine, path, { method: 'POST', headers, ...(body !== undefined && { body }) });
const refused = ({ status, body }: Answer, code: string, field?: string) =>
  assert.deepEqual([body.code, body.field, body.status], [code, field, status], JSON.stringify(body));
const verified = (key: Record<string, string>) => post('/auth/verify', key);
const keysOf = async ({ key }: Studio) =>
  (await call(engine, '/auth/keys', { headers: key })).body.items as Record<string, unknown>[];

describe('changing over to another API key', () => {
  it('has both open until the old one ends', async () => {
    const studio = await aStudio(engine);
    const [first] = await keysOf(studio);
    assert.equal(first!.isThis, true);
    const { status, body } = await post('/auth/keys', studio.key, { replaces: first!.id });
    assert.equal(status, 201);
    const { id, endsAt } = body.replaces as { id: string; endsAt: string };
    assert.equal(id, first!.id);
    assert.ok(Math.abs(Date.parse(endsAt) - Date.now() - 24 * 3_600_000) < 60_000, 'a day, unless told');
    assert.deepEqual(await keysOf(studio), [
      { id, endsAt, isThis: true },
      { id: body.id, isThis: false },
    ]);
    for (const key of [studio.apiKey, body.apiKey as string])
      assert.equal((await verified({ 'x-api-key': key })).status, 200);
  });

  it('closes the old one at once when no overlap is wanted', async () => {
    const studio = await aStudio(engine);
    const [first] = await keysOf(studio);
    const { body } = await post('/auth/keys', studio.key, { replaces: first!.id, overlapMs: 0 });
    refused(await verified(studio.key), 'unauthorized');
    const key = { 'x-api-key': body.apiKey as string };
    assert.equal((await verified(key)).status, 200);
    assert.deepEqual(await keysOf({ ...studio, key }), [{ id: body.id, isThis: true }]);
  });

  it('names what is wrong, and replaces none of somebody else', async () => {
    const [studio, other] = [await aStudio(engine), await aStudio(engine)];
    const [theirs] = await keysOf(other);
    refused(await post('/auth/keys', studio.key, { replaces: theirs!.id }), 'not_found', 'replaces');
    for (const overlapMs of [-1, 1.5, 31 * 24 * 3_600_000, '1'])
      refused(await post('/auth/keys', studio.key, { overlapMs }), 'bad_frame', 'overlapMs');
    assert.equal((await keysOf(studio)).length, 1);
    refused(await call(engine, '/auth/keys', { headers: admin }), 'forbidden');
  });
});

describe('the e-mail address of a client', () => {
  const linked = async (clientId: string) => (await engine.tokens.issue({ kind: 'email', clientId })).token;

  it('is verified with the token of a message, by whoever has it', async () => {
    const studio = await aStudio(engine);
    assert.equal((await verified(studio.key)).body.emailVerified, false);
    const token = await linked(studio.clientId);
    const told = { clientId: studio.clientId, tier: 'free', quota: 10_000, emailVerified: true };
    for (const _ of [1, 2]) assert.deepEqual((await post('/auth/verify-email', {}, { token })).body, told);
    assert.equal((await verified(studio.key)).body.emailVerified, true);
    assert.deepEqual((await post('/auth/verify-email/resend', studio.key)).body, told);
  });

  it('is not verified by any other token, nor does that token open anything else', async () => {
    const studio = await aStudio(engine);
    const login = (await engine.tokens.issue({ kind: 'client', clientId: studio.clientId })).token;
    const player = await aPlayer(engine, studio, await aGame(engine, studio));
    for (const token of [login, player.token, 'x', `${await linked(studio.clientId)}x`])
      refused(await post('/auth/verify-email', {}, { token }), 'unauthorized', 'token');
    refused(await post('/auth/verify-email', {}, {}), 'bad_frame', 'token');
    refused(await verified({ authorization: `Bearer ${await linked(studio.clientId)}` }), 'unauthorized');
    assert.equal((await verified(studio.key)).body.emailVerified, false);
    const gone = await linked('0'.repeat(20));
    refused(await post('/auth/verify-email', {}, { token: gone }), 'not_found');
  });

  it('is asked for again some times an hour', async () => {
    const studio = await aStudio(engine);
    const asked: number[] = [];
    for (let nth = 0; nth < 6; nth++)
      asked.push((await post('/auth/verify-email/resend', studio.key)).status);
    assert.deepEqual(asked, [202, 202, 202, 202, 202, 429]);
    refused(await post('/auth/verify-email/resend', admin), 'forbidden');
  });

  it('has a page for people that does nothing by itself', async () => {
    const answer = await fetch(`${engine.url}/auth/verify-email?token=x`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type')!, /^text\/html/);
    assert.match(answer.headers.get('content-security-policy')!, /default-src 'none'/);
    assert.match(await answer.text(), /<button/);
  });
});

describe('the tier of a client', () => {
  it('is changed by the operator alone, for who has verified its address', async () => {
    const studio = await aStudio(engine);
    const path = `/clients/${studio.clientId}`;
    const change = (tier: string, headers: Record<string, string>, to = path) =>
      call(engine, to, { method: 'PATCH', body: { tier }, headers });
    refused(await change('pro', studio.key), 'forbidden');
    refused(await change('pro', admin), 'conflict', 'tier');
    refused(await change('gold', admin), 'bad_frame', 'tier');
    refused(await change('pro', admin, '/clients/nobody'), 'not_found');
    const { token } = await engine.tokens.issue({ kind: 'email', clientId: studio.clientId });
    await post('/auth/verify-email', {}, { token });
    const { status, body } = await change('pro', admin);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      ...{ clientId: studio.clientId, tier: 'pro', quota: 1_000_000 },
      emailVerified: true,
    });
    assert.equal((await verified(studio.key)).body.quota, 1_000_000);
  });
});
