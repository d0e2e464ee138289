import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { after, afterEach, describe, it } from 'node:test';
import { until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { connect } from '../../sdk/index.js';
import { aGame, anEventFrame, aPlayer, aStudio, call, type Studio, TestSocket } from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';
import { addressesBy } from './address.js';
import type { Rate } from './bucket.js';
import { whoIs } from './limits.js';

let engine: TestEngine;
const starting = async (more: Parameters<typeof startTestEngine>[1]) => {
  engine = await startTestEngine(memoryLog(), more);
};
afterEach(async () => {
  await engine?.stop();
  assert.deepEqual(engine?.bugs ?? [], [], 'nothing was a bug');
});

const few = (perSecond: number, burst = 0): Rate => ({ perSecond, burst });
const verify = ({ key }: Studio) =>
  fetch(`${engine.url}/auth/verify`, { method: 'POST', headers: key }).then(async (answer) => ({
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  }));

describe('requests', () => {
  it('with one key are so many a second, and what is left of that is told; other keys have their own', async () => {
    await starting({ rates: { key: few(5, 5) } });
    const [studio, other] = [await aStudio(engine), await aStudio(engine)];
    const answers = await Promise.all(Array.from({ length: 30 }, () => verify(studio)));
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(refused.length >= 10 && refused.length <= 20, `${refused.length} refused`);
    for (const { headers, body } of refused) {
      assert.equal(body.code, 'rate_limited');
      assert.ok(Number(body.retryAfterMs) > 0 && Number(body.retryAfterMs) <= 1_000);
      assert.equal(headers.get('retry-after'), '1');
      assert.equal(headers.get('ratelimit-remaining'), '0');
    }
    const { status, headers } = await verify(other);
    assert.equal(status, 200);
    assert.deepEqual(
      ['limit', 'remaining', 'reset', 'policy'].map((name) => headers.get(`ratelimit-${name}`)),
      ['5', '4', '1', '5;w=1'],
    );
  });

  it('of one address are so many a second, whoever it is', async () => {
    await starting({ rates: { address: few(4) } });
    const asked = Array.from({ length: 20 }, () => call(engine, '/auth/verify', { method: 'POST' }));
    const codes = (await Promise.all(asked)).map(({ body }) => body.code);
    assert.ok(codes.filter((code) => code === 'rate_limited').length >= 12, `${codes}`);
    assert.ok(codes.includes('unauthorized'));
  });
});

describe('frames of a player', () => {
  it('beyond so many a second are told to come again, in their order, and the SDK brings them all', async () => {
    await starting({ rates: { player: few(10) } });
    const studio = await aStudio(engine);
    const player = await aPlayer(engine, studio, await aGame(engine, studio));
    const socket = await TestSocket.enter(engine, player.token);
    const frames = Array.from({ length: 40 }, () => anEventFrame());
    for (const frame of frames) socket.send(frame);
    await until(() => socket.of('ack').length + socket.of('error').length === 40);
    const refused = socket.of('error');
    assert.ok(refused.length >= 20, `${refused.length} refused`);
    assert.ok(refused.every(({ code, retryAfterMs }) => code === 'rate_limited' && retryAfterMs! > 0));
    const heard = socket.frames.flatMap((one) =>
      (one.type === 'ack' || one.type === 'error') && one.id !== undefined ? [one.id] : [],
    );
    assert.deepEqual(
      heard.filter((id) => refused.some((one) => one.id === id)),
      frames.map(({ id }) => id).filter((id) => refused.some((one) => one.id === id)),
    );
    socket.close();
    const companion = connect({ url: `${engine.url.replace('http', 'ws')}/ws`, token: player.token });
    const acks = await Promise.all(Array.from({ length: 25 }, () => companion.chat('hello', { lang: 'en' })));
    assert.equal(new Set(acks.map(({ id }) => id)).size, 25);
    await companion.close();
  });
});

describe('connections', () => {
  it('of one address are so many at most; who leaves makes room', async () => {
    await starting({ connectionsMax: 2 });
    const [one, two] = [await TestSocket.open(engine), await TestSocket.open(engine)];
    await assert.rejects(TestSocket.open(engine), /429/);
    one.close();
    await one.ended();
    await until(async () => {
      const third = await TestSocket.open(engine).catch(() => null);
      third?.close();
      return third !== null;
    });
    two.close();
  });

  it('that stand on one API key are so many at most, as sockets or as streams; who leaves makes room', async () => {
    await starting({ ofKeyMax: 2 });
    const [studio, other] = [await aStudio(engine), await aStudio(engine)];
    const game = await aGame(engine, studio);
    const enter = async () => TestSocket.enter(engine, (await aPlayer(engine, studio, game)).token);
    const [one, two] = [await enter(), await enter()];
    const late = await aPlayer(engine, studio, game);
    const refused = await TestSocket.open(engine);
    refused.send({ type: 'hello', protocol: 1, token: late.token });
    const { code, retryAfterMs } = await refused.next('error');
    assert.deepEqual([code, retryAfterMs, (await refused.ended()).code], ['rate_limited', 1_000, 1013]);
    const stream = `/players/${late.playerId}/actions/stream`;
    assert.equal((await call(engine, stream, { headers: studio.key })).body.code, 'rate_limited');
    const theirs = await aPlayer(engine, other, await aGame(engine, other));
    (await TestSocket.enter(engine, theirs.token)).close();
    one.close();
    await one.ended();
    await until(async () => {
      const third = await TestSocket.enter(engine, late.token).catch(() => null);
      third?.close();
      return third !== null;
    });
    two.close();
  });

  it('are opened so many a second', async () => {
    await starting({ rates: { address: few(3) } });
    const opened = await Promise.allSettled(Array.from({ length: 12 }, () => TestSocket.open(engine)));
    const refused = opened.filter(({ status }) => status === 'rejected');
    assert.ok(refused.length >= 6, `${refused.length} refused`);
    for (const one of opened) if (one.status === 'fulfilled') one.value.close();
  });
});

describe('whose request it is', () => {
  after(() => undefined);
  const from = (remoteAddress: string, forwarded?: string) =>
    ({
      socket: { remoteAddress },
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }) as unknown as IncomingMessage;

  it("is nobody's once its connection is closed, and that is no bug", () => {
    assert.equal(whoIs(undefined), whoIs(''));
  });

  it('is believed of proxies that are trusted, and of nobody else', () => {
    const nobody = addressesBy([]);
    assert.equal(nobody(from('10.0.0.1', '1.2.3.4')), '10.0.0.1');
    const some = addressesBy(['10.0.0.0/8', 'loopback']);
    assert.equal(some(from('10.0.0.1', '1.2.3.4')), '1.2.3.4');
    assert.equal(
      some(from('127.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.7')),
      '1.2.3.4',
      'what a stranger claims counts nothing',
    );
    assert.equal(some(from('5.5.5.5', '1.2.3.4')), '5.5.5.5');
    assert.throws(() => addressesBy(['everybody']), /everybody/);
  });
});
