import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { rejectionCodes } from '../../domain/kernel/rejection.js';
import { LogUnavailable } from '../../eventstore/log.js';
import { all } from '../../eventstore/testing/events.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { statusOf } from '../openapi/problem.js';
import {
  type Answer,
  aGame,
  aPlayer,
  aStudio,
  call,
  type Studio,
  type TestPlayer,
} from '../testing/client.js';
import { ADMIN_KEY, startTestEngine, type TestEngine } from '../testing/engine.js';

let log: MemoryLog;
let engine: TestEngine;
let studio: Studio;
let other: Studio;
let player: TestPlayer;

before(async () => {
  log = memoryLog();
  engine = await startTestEngine(log);
  studio = await aStudio(engine);
  other = await aStudio(engine);
  player = await aPlayer(engine, studio, await aGame(engine, studio));
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

function problem(answer: Answer, code: string, field?: string): void {
  assert.match(answer.type, /^application\/problem\+json/, JSON.stringify(answer));
  assert.equal(answer.body.code, code, JSON.stringify(answer));
  assert.ok((rejectionCodes as readonly unknown[]).includes(code));
  assert.equal(answer.status, statusOf[code as 'bad_frame']);
  assert.equal(answer.body.status, answer.status);
  assert.equal(answer.body.type, `urn:agl:problem:${code}`);
  assert.ok(typeof answer.body.detail === 'string' && !/ at .*\.js|node_modules/.test(answer.body.detail));
  if (field !== undefined) assert.equal(answer.body.field, field);
}

const event = (type = 'player.kill', more: object = {}) => ({ id: randomUUID(), type, ...more });
const post = (path: string, body: unknown, headers: Record<string, string> = studio.key) =>
  call(engine, path, { body, headers });
const play = (events: unknown[], headers: Record<string, string> = studio.key, to = player) =>
  post('/events', { gameId: to.gameId, playerId: to.playerId, events }, headers);

describe('accounts', () => {
  it('registers, logs in, verifies; an address has one account', async () => {
    const login = await post(
      '/auth/login',
      { email: studio.email.toUpperCase(), password: 'correct horse' },
      {},
    );
    assert.equal(login.status, 200);
    const bearer = { authorization: `Bearer ${login.body.token}` };
    for (const headers of [studio.key, bearer]) {
      const { status, body } = await call(engine, '/auth/verify', { method: 'POST', headers });
      assert.equal(status, 200);
      const { clientId } = studio;
      assert.deepEqual(body, { clientId, tier: 'free', emailVerified: false, quota: 10_000, used: 0 });
    }
    const again = { name: 'X', email: ` ${studio.email}`.trim(), password: 'another one' };
    problem(await post('/auth/register', again, {}), 'conflict', 'email');
    problem(await post('/auth/login', { email: studio.email, password: 'wrong horse' }, {}), 'unauthorized');
    problem(await post('/auth/login', { email: 'nobody@example.com', password: 'x' }, {}), 'unauthorized');
  });

  it('keeps no password, key, name or address in the log', async () => {
    const text = JSON.stringify(log.events);
    for (const secret of ['correct horse', studio.email, studio.apiKey, '"Studio"', player.token])
      assert.ok(!text.includes(secret), secret);
  });

  it('names the field of an account that is wrong', async () => {
    const good = { name: 'N', email: 'n@example.com', password: '12345678' };
    for (const [field, value] of Object.entries({ name: ' ', email: 'n', password: 'short' }))
      problem(await post('/auth/register', { ...good, [field]: value }, {}), 'bad_frame', field);
    problem(await post('/auth/register', [], {}), 'bad_frame');
  });

  it('issues and revokes keys; one that has ended opens nothing, and those of others are not there', async () => {
    const mine = await aStudio(engine);
    const { body } = await call(engine, '/auth/keys', { method: 'POST', headers: mine.key });
    const second = { 'x-api-key': body.apiKey as string };
    const remove = (id: string, headers: Record<string, string>) =>
      call(engine, `/auth/keys/${id}`, { method: 'DELETE', headers });
    problem(await remove(body.id as string, other.key), 'not_found');
    assert.equal((await call(engine, '/auth/verify', { method: 'POST', headers: second })).status, 200);
    assert.equal((await remove(body.id as string, mine.key)).status, 200);
    problem(await call(engine, '/auth/verify', { method: 'POST', headers: second }), 'unauthorized');
    problem(await remove(body.id as string, mine.key), 'not_found');
    for (const id of ['nokey', '%20', '..%2f']) problem(await remove(id, mine.key), 'not_found');
  });

  it('lets nobody in without a good key or token', async () => {
    const player1 = { authorization: `Bearer ${player.token}` };
    const forged = `${player.token.slice(0, -4)}AAAA`;
    for (const headers of [
      {},
      { 'x-api-key': '' },
      { 'x-api-key': 'agl_x' },
      { 'x-api-key': `${studio.apiKey.slice(0, -1)}${studio.apiKey.endsWith('0') ? 1 : 0}` },
      { 'x-api-key': `agl_${'0'.repeat(20)}_${'0'.repeat(48)}` },
      { authorization: 'Bearer nonsense' },
      { authorization: `Bearer ${forged}` },
      { authorization: `Basic ${player.token}` },
    ]) {
      problem(await post('/games', { name: 'G' }, headers as Record<string, string>), 'unauthorized');
    }
    problem(await post('/games', { name: 'G' }, player1), 'forbidden');
    problem(await post('/games', { name: 'G' }, { 'x-api-key': ADMIN_KEY }), 'forbidden');
    problem(await call(engine, '/auth/keys', { method: 'POST', headers: player1 }), 'forbidden');
    const { gameId, playerId } = player;
    problem(await post('/auth/player-tokens', { gameId, playerId }, player1), 'forbidden');
    assert.equal(
      (await post('/auth/player-tokens', { gameId, playerId }, { 'x-api-key': ADMIN_KEY })).status,
      201,
    );
  });
});

describe('games and players', () => {
  it('creates, changes and deletes a game; what is deleted is not there', async () => {
    const created = await post('/games', { name: ' Game ', config: { a: { b: 1 } } });
    assert.equal(created.status, 201);
    assert.deepEqual(created.body, { id: created.body.id, name: 'Game', config: { a: { b: 1 } } });
    const path = `/games/${created.body.id}`;
    const headers = studio.key;
    const changed = await call(engine, path, { method: 'PATCH', body: { name: 'New' }, headers });
    assert.deepEqual(changed.body, { ...created.body, name: 'New' });
    const someone = await aPlayer(engine, studio, created.body.id as string);
    assert.equal((await play([event()], headers, someone)).status, 200);
    assert.equal((await call(engine, path, { method: 'DELETE', headers })).status, 200);
    problem(await call(engine, path, { method: 'DELETE', headers }), 'not_found');
    problem(await call(engine, path, { method: 'PATCH', body: { name: 'X' }, headers }), 'not_found');
    problem(await post(`${path}/players`, { externalId: 'x' }), 'not_found');
    problem(await play([event()], headers, someone), 'not_found');
    const { gameId, playerId } = someone;
    problem(await post('/auth/player-tokens', { gameId, playerId }), 'not_found');
    problem(await play([event()], { authorization: `Bearer ${someone.token}` }, someone), 'unauthorized');
  });

  it('takes a configuration of sensible size and depth only', async () => {
    problem(await post('/games', { name: 'G', config: { a: 'x'.repeat(70_000) } }), 'too_large', 'config');
    const deep = `{"name":"G","config":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`;
    problem(await call(engine, '/games', { text: deep, headers: studio.key }), 'bad_frame', 'config');
  });

  it('registers a player once, whatever is sent again, and changes what may change', async () => {
    const wanted = { externalId: 'the same', persona: 'cute', lang: 'zh', displayName: '小明' };
    const [one, two] = await Promise.all([1, 2].map(() => post(`/games/${player.gameId}/players`, wanted)));
    assert.equal(one!.body.id, two!.body.id);
    assert.deepEqual(one!.body, { id: one!.body.id, gameId: player.gameId, ...wanted });
    assert.ok(
      !JSON.stringify(log.events).includes('the same') && !JSON.stringify(log.events).includes('小明'),
    );
    const path = `/players/${one!.body.id}`;
    const headers = studio.key;
    const changed = await call(engine, path, { method: 'PATCH', body: { persona: 'cool' }, headers });
    assert.equal(changed.body.persona, 'cool');
    problem(
      await call(engine, path, { method: 'PATCH', body: { persona: 'rude' }, headers }),
      'bad_frame',
      'persona',
    );
    problem(await post(`/games/${player.gameId}/players`, {}), 'bad_frame', 'externalId');
  });

  it("answers not_found for another client's ids, and changes nothing", async () => {
    const count = log.events.filter(({ stream }) => !stream.startsWith('reactor-')).length;
    const headers = other.key;
    const { gameId, playerId } = player;
    const patch = { method: 'PATCH', headers };
    problem(await call(engine, `/games/${gameId}`, { ...patch, body: { name: 'Mine' } }), 'not_found');
    problem(await call(engine, `/games/${gameId}`, { method: 'DELETE', headers }), 'not_found');
    problem(await post(`/games/${gameId}/players`, { externalId: 'x' }, headers), 'not_found');
    problem(await call(engine, `/players/${playerId}`, { ...patch, body: { lang: 'zh' } }), 'not_found');
    problem(await post('/auth/player-tokens', { gameId, playerId }, headers), 'not_found');
    problem(await play([event()], headers), 'not_found');
    const neighbour = await aPlayer(engine, other, await aGame(engine, other));
    const theirs = log.events.filter(({ metadata }) => metadata.clientId === other.clientId).length;
    const asNeighbour = { authorization: `Bearer ${neighbour.token}` };
    problem(await play([event()], asNeighbour), 'not_found');
    problem(
      await post('/events', { gameId, playerId: neighbour.playerId, events: [event()] }, headers),
      'not_found',
    );
    problem(
      await call(engine, `/players/${playerId}`, { method: 'PATCH', headers: asNeighbour, body: {} }),
      'not_found',
    );
    for (const id of ['constructor', '__proto__', 'x'.repeat(64), '%00'])
      problem(await call(engine, `/players/${id}`, { method: 'PATCH', headers, body: {} }), 'not_found');
    const after = log.events.filter(({ stream }) => !stream.startsWith('reactor-')).length;
    assert.equal(after - count, 2, 'the game and the player of the neighbour');
    assert.ok(theirs > 2);
  });
});

describe('events over HTTP', () => {
  it('stores each id once and says so', async () => {
    const events = [event(), event('custom.boss_down'), event('player.death')];
    const first = await play(events);
    assert.equal(first.status, 200);
    assert.deepEqual({ ...first.body, position: '' }, { accepted: 3, duplicates: 0, position: '' });
    const again = await play([...events, event()]);
    assert.deepEqual({ ...again.body, position: '' }, { accepted: 1, duplicates: 3, position: '' });
    assert.match(again.body.position as string, /^\d+:\d+$/);
  });

  it('lets a player token play for its own player', async () => {
    const answer = await play([event()], { authorization: `Bearer ${player.token}` });
    assert.equal(answer.body.accepted, 1);
  });

  it('refuses the whole request for one bad event, names it, and stores nothing', async () => {
    const count = (await all(log.readStream(`player-${player.playerId}`))).filter(
      ({ type }) => type === 'GameEventRecorded',
    ).length;
    const three = () => [event(), event(), event()];
    problem(await play([...three(), event('player.sneeze')]), 'unknown_type', 'events[3].type');
    problem(
      await play([...three(), event('player.kill', { data: { mvp: 'yes' } })]),
      'bad_event',
      'events[3].data.mvp',
    );
    problem(await play([...three(), event('player.kill', { at: 'yesterday' })]), 'bad_event', 'events[3].at');
    problem(
      await play([...three(), event('player.kill', { at: '1999-01-01T00:00:00Z' })]),
      'bad_event',
      'events[3].at',
    );
    problem(await play([...three(), { ...event(), id: 'x' }]), 'bad_event', 'events[3].id');
    problem(
      await play([...three(), event('player.kill', { data: { a: 'x'.repeat(17_000) } })]),
      'too_large',
      'events[3].data',
    );
    problem(await play([]), 'bad_frame', 'events');
    problem(await play(Array.from({ length: 501 }, () => event())), 'bad_frame', 'events');
    const after = (await all(log.readStream(`player-${player.playerId}`))).filter(
      ({ type }) => type === 'GameEventRecorded',
    ).length;
    assert.equal(after, count);
  });

  it('stores large requests of Chinese text, also several at once, in appends the log can take', async () => {
    const sizes: number[] = [];
    log.faults.beforeAppend = (_, events) => void sizes.push(Buffer.byteLength(JSON.stringify(events)));
    const large = () =>
      Array.from({ length: 50 }, () => event('custom.story', { data: { text: '字'.repeat(5_000) } }));
    const answers = await Promise.all([1, 2, 3, 4].map(() => play(large())));
    log.faults = {};
    assert.deepEqual(
      answers.map(({ body }) => body.accepted),
      [50, 50, 50, 50],
    );
    assert.ok(Math.max(...sizes) < 1_000_000, String(Math.max(...sizes)));
  });

  it('answers unavailable while the log is away, and stores the same once afterwards', async () => {
    const fresh = await aPlayer(engine, studio, player.gameId);
    const events = [event()];
    const away = () => {
      throw new LogUnavailable('away');
    };
    log.faults = { beforeAppend: away, beforeRead: away };
    const refused = await play(events, studio.key, fresh);
    problem(refused, 'unavailable');
    assert.ok((refused.body.retryAfterMs as number) > 0);
    problem(await post('/events', { gameId: 'g', playerId: 'cold', events }), 'unavailable');
    problem(await post('/auth/login', { email: 'cold@example.com', password: 'x' }, {}), 'unavailable');
    log.faults = {};
    assert.equal((await play(events, studio.key, fresh)).body.accepted, 1);
    assert.equal((await play(events, studio.key, fresh)).body.duplicates, 1);
  });
});

describe('what is no request', () => {
  it('is answered with a problem document, whatever is wrong', async () => {
    const headers = studio.key;
    problem(await call(engine, '/nothing/here', { headers }), 'not_found');
    problem(await call(engine, '/auth/register', {}), 'not_found');
    problem(await call(engine, '/events', { method: 'PUT', body: {}, headers }), 'not_found');
    problem(await call(engine, '/games', { text: '{"name":', headers }), 'bad_frame');
    problem(await call(engine, '/games', { text: '"text"', headers }), 'bad_frame');
    problem(await call(engine, '/games', { text: 'null', headers }), 'bad_frame', 'name');
    problem(await call(engine, '/games', { text: '{"name":"G","__proto__":{"a":1}}', headers }), 'bad_frame');
    problem(
      await call(engine, '/games', { text: 'a=1', headers: { ...headers, 'content-type': 'text/plain' } }),
      'bad_frame',
    );
    problem(
      await call(engine, '/games', { text: `{"name":"${'x'.repeat(1_100_000)}"}`, headers }),
      'too_large',
    );
    problem(await call(engine, '/games/%zz', { method: 'DELETE', headers }), 'bad_frame');
  });

  it('does not end the engine when it is an upgrade to nowhere', async () => {
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(new URL(engine.url).port), '127.0.0.1', () => socket.write(text));
        let heard = '';
        socket.on('data', (data) => {
          heard += data;
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(heard));
        setTimeout(() => socket.destroy(), 300);
      });
    const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    for (const target of ['//', '/other', 'http://[', '/ws/', '*', '/ws?x=1#%']) {
      await raw(`GET ${target} HTTP/1.1\r\n${upgrade}\r\n`);
    }
    assert.match(await raw(`GET /other HTTP/1.1\r\n${upgrade}\r\n`), /^HTTP\/1\.1 404/);
    assert.match(
      await raw(`GET /ws HTTP/1.1\r\n${upgrade}Sec-WebSocket-Key: short\r\n\r\n`),
      /^HTTP\/1\.1 400/,
    );
    assert.match(await raw('no http at all\r\n\r\n'), /^HTTP\/1\.1 400/);
    assert.equal((await call(engine, '/auth/verify', { method: 'POST', headers: studio.key })).status, 200);
  });

  it('limits how often an account is tried', async () => {
    const tries = await Promise.all(
      Array.from({ length: 21 }, () => post('/auth/login', { email: other.email, password: 'guess' }, {})),
    );
    problem(tries.find(({ status }) => status === 429)!, 'rate_limited');
  });
});
