import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { asOperator } from '../../domain/access/reached.js';
import { temporaryFolder } from '../../eventstore/embedded/engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from '../../eventstore/embedded/start.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { all, anEvent, until } from '../../eventstore/testing/events.js';
import { createTokens } from '../auth/player-tokens.js';
import {
  aGame,
  anEventFrame,
  aPlayer,
  aStudio,
  type Studio,
  type TestPlayer,
  TestSocket,
} from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let node: EmbeddedNode;
let engine: TestEngine;
let studio: Studio;
let gameId: string;
const cleaners: (() => void)[] = [];
const sockets: TestSocket[] = [];

before(async () => {
  node = await startEmbeddedNode({ dir: temporaryFolder({ after: (clean) => cleaners.push(clean) }) });
  engine = await startTestEngine(connectLog({ url: node.url }));
  studio = await aStudio(engine);
  gameId = await aGame(engine, studio);
});
after(async () => {
  for (const socket of sockets) socket.close();
  await engine.stop();
  await engine.log.close();
  await node.stop();
  for (const clean of cleaners) clean();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const newPlayer = () => aPlayer(engine, studio, gameId);
const kept = async (socket: Promise<TestSocket>) => {
  sockets.push(await socket);
  return socket;
};
const open = (headers?: Record<string, string>) => kept(TestSocket.open(engine, headers));
const enter = (player: TestPlayer, resume?: string) => kept(TestSocket.enter(engine, player.token, resume));
const hello = (token?: string, more: object = {}) => ({
  type: 'hello',
  protocol: 1,
  ...(token && { token }),
  ...more,
});
const stored = async ({ playerId }: TestPlayer, type = 'GameEventRecorded') =>
  (await all(engine.log.readStream(`player-${playerId}`))).filter((event) => event.type === type);

describe('letting in', () => {
  it('welcomes with who and what the companion is; a ping is answered from then on', async () => {
    const player = await newPlayer();
    const socket = await open();
    socket.send({ type: 'ping' });
    socket.send(hello(player.token));
    const welcome = await socket.next('welcome');
    assert.equal(welcome.playerId, player.playerId);
    assert.deepEqual([welcome.persona, welcome.lang, welcome.heartbeatMs], ['cool', 'en', 25_000]);
    assert.equal(socket.of('pong').length, 0);
    socket.send({ type: 'ping' });
    await socket.next('pong');
  });

  it('takes the token at the upgrade as well', async () => {
    const player = await newPlayer();
    const socket = await open({ authorization: `Bearer ${player.token}` });
    socket.send(hello());
    await socket.next('welcome');
  });

  it('reads what follows the hello without waiting for the welcome, in order', async () => {
    const player = await newPlayer();
    const socket = await open();
    const frames = Array.from({ length: 20 }, () => anEventFrame('custom.step'));
    socket.send(hello(player.token));
    for (const frame of frames) socket.send(frame);
    await socket.wait(() => (socket.of('ack').length === 20 ? true : undefined), '20 acks');
    assert.equal(socket.frames[0]!.type, 'welcome');
    assert.deepEqual(
      (await stored(player)).map(({ id }) => id),
      frames.map(({ id }) => id),
    );
  });

  it('turns away whoever has no good token: 4401', async () => {
    const player = await newPlayer();
    const { clientId } = studio;
    const playerId = asOperator.player(player.playerId);
    const claims = { kind: 'player' as const, clientId, gameId, playerId, keyId: null };
    const past = createTokens([Buffer.alloc(32, 3)], () => new Date(Date.now() - 5 * 3_600_000));
    const foreign = createTokens([Buffer.alloc(32, 4)], () => new Date());
    const tokens = [
      'nonsense',
      (await past.issue(claims)).token,
      (await foreign.issue(claims)).token,
      (await engine.tokens.issue({ kind: 'client', clientId })).token,
      (await engine.tokens.issue({ ...claims, playerId: asOperator.player('nobody') })).token,
      (await engine.tokens.issue({ ...claims, gameId: 'nogame' })).token,
      (await engine.tokens.issue({ ...claims, keyId: 'nokey' })).token,
      undefined,
    ];
    for (const token of tokens) {
      const socket = await open();
      socket.send(hello(token));
      assert.equal((await socket.ended()).code, 4401, token);
      assert.equal((await socket.next('error')).code, 'unauthorized');
    }
  });

  it('reads nothing but a hello before, and waits 5 s for it', async () => {
    const player = await newPlayer();
    const socket = await open();
    const since = Date.now();
    const answer = await socket.ask(anEventFrame());
    assert.ok(answer.type === 'error' && answer.code === 'unauthorized');
    assert.equal((await socket.ended()).code, 4401);
    const waited = Date.now() - since;
    assert.ok(waited > 4_500, `${waited} ms`);
    assert.equal((await stored(player)).length, 0);
  });

  it('hears one hello only, of this protocol', async () => {
    const player = await newPlayer();
    const socket = await open();
    socket.send({ ...hello(player.token), protocol: 2 });
    assert.equal((await socket.next('error')).field, 'protocol');
    socket.send(hello(player.token));
    socket.send(hello(player.token));
    assert.equal((await socket.next('error', ({ code }) => code === 'conflict')).code, 'conflict');
    assert.equal((await socket.ask(anEventFrame())).type, 'ack');
    assert.equal(socket.of('welcome').length, 1);
  });
});

describe('frames', () => {
  it('acks when the event is in the log, and again as a duplicate', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const frame = anEventFrame('player.kill', { killCount: 3, own: { deep: [1] } });
    const first = await socket.ask(frame);
    assert.ok(first.type === 'ack' && first.duplicate === undefined);
    const [event] = await stored(player);
    assert.equal(event!.id, frame.id);
    assert.deepEqual((event!.data as { data: unknown }).data, frame.event.data);
    const upper = { ...frame, id: frame.id.toUpperCase() };
    for (const again of [frame, upper]) {
      const answer = await socket.ask(again);
      assert.ok(answer.type === 'ack' && answer.duplicate === true);
    }
    assert.equal((await stored(player)).length, 1);
  });

  it('stores the ids that repeat within and across frames once', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const one = { id: randomUUID(), type: 'player.kill' };
    const two = { id: randomUUID(), type: 'player.death' };
    const mixed = await socket.ask({ type: 'game_events', id: randomUUID(), events: [one, two, one] } as {
      id: string;
    });
    assert.ok(mixed.type === 'ack' && !mixed.duplicate);
    const more = { id: randomUUID(), type: 'player.assist' };
    const partly = await socket.ask({ type: 'game_events', id: randomUUID(), events: [two, more] } as {
      id: string;
    });
    assert.ok(partly.type === 'ack' && !partly.duplicate);
    const known = await socket.ask({ type: 'game_events', id: randomUUID(), events: [one, two] } as {
      id: string;
    });
    assert.ok(known.type === 'ack' && known.duplicate);
    assert.deepEqual(
      (await stored(player)).map(({ id }) => id),
      [one.id, two.id, more.id],
    );
  });

  it('takes 1 to 500 events, in their order, also with times that go back', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const events = Array.from({ length: 500 }, (_, n) => ({
      id: randomUUID(),
      type: 'custom.s',
      at: new Date(Date.UTC(2026, 0, 1) - n * 1000).toISOString(),
    }));
    assert.equal(
      (await socket.ask({ type: 'game_events', id: randomUUID(), events } as { id: string })).type,
      'ack',
    );
    assert.deepEqual(
      (await stored(player)).map(({ id }) => id),
      events.map(({ id }) => id),
    );
    for (const wrong of [[], [...events, { id: randomUUID(), type: 'custom.s' }]]) {
      const answer = await socket.ask({ type: 'game_events', id: randomUUID(), events: wrong } as {
        id: string;
      });
      assert.ok(answer.type === 'error' && answer.code === 'bad_frame' && answer.field === 'events');
    }
  });

  it('refuses a frame with one bad event whole, and names it', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const good = () => ({ id: randomUUID(), type: 'player.kill' });
    const answer = async (bad: object) =>
      socket.ask({ type: 'game_events', id: randomUUID(), events: [good(), good(), good(), bad, good()] } as {
        id: string;
      });
    const cases: [object, string, string][] = [
      [{ ...good(), type: 'player.sneeze' }, 'unknown_type', 'events[3].type'],
      [{ ...good(), type: 'custom.' }, 'unknown_type', 'events[3].type'],
      [{ ...good(), at: '2026-13-01T00:00:00Z' }, 'bad_event', 'events[3].at'],
      [{ ...good(), at: '2199-01-01T00:00:00Z' }, 'bad_event', 'events[3].at'],
      [{ ...good(), data: { killCount: 1e300 } }, 'bad_event', 'events[3].data.killCount'],
      [{ ...good(), data: { damage: 'much' } }, 'bad_event', 'events[3].data.damage'],
      [{ ...good(), data: [] }, 'bad_event', 'events[3].data'],
      [{ ...good(), context: 5 }, 'bad_event', 'events[3].context'],
      [{ ...good(), data: { a: '字'.repeat(5_500) } }, 'too_large', 'events[3].data'],
      [{ type: 'player.kill' }, 'bad_event', 'events[3].id'],
    ];
    for (const [bad, code, field] of cases) {
      const refused = await answer(bad);
      assert.ok(refused.type === 'error', JSON.stringify(bad));
      assert.deepEqual([refused.code, refused.field], [code, field]);
    }
    assert.equal((await stored(player)).length, 0);
  });

  it('takes strange but lawful data as it is, and nothing from prototypes', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const id = randomUUID();
    socket.send(
      `{"type":"game_event","id":"${id}","event":{"type":"custom.x","data":{"__proto__":{"killCount":9},"constructor":{"prototype":{"y":1}},"big":1e308,"e":"\\u0000\\ud800"},"context":{"__proto__":{"z":1}}}}`,
    );
    await socket.next('ack', (ack) => ack.id === id);
    const [event] = await stored(player);
    const { data, context } = event!.data as {
      data: Record<string, unknown>;
      context: Record<string, unknown>;
    };
    assert.equal(data.killCount, undefined);
    assert.equal(data.big, 1e308);
    assert.equal(context.z, undefined);
    assert.equal(({} as { y?: number }).y, undefined);
    const nil = { ...anEventFrame('custom.x'), id: '00000000-0000-0000-0000-000000000000' };
    assert.notEqual((await socket.ask(nil)).type, 'companion_action');
  });

  it('refuses data that is nested beyond reason, of any size', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    for (const depth of [40, 1_500, 25_000]) {
      const id = randomUUID();
      const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      socket.send(`{"type":"game_event","id":"${id}","event":{"type":"custom.x","data":{"a":${deep}}}}`);
      const error = await socket.next('error', (one) => one.id === id);
      assert.deepEqual([error.code, error.field], ['bad_event', 'event.data']);
    }
    assert.equal((await stored(player)).length, 0);
  });

  it('answers what is no frame with an error and stays; ten in a row are enough', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const garbage = ['', 'hello', '{', '[]', 'null', '5', '"x"', '{"type":"game_event"}', '{"type":"fly"}'];
    for (let round = 0; round < 2; round++) {
      for (const text of garbage) socket.send(text);
      assert.equal((await socket.ask(anEventFrame('custom.good'))).type, 'ack');
    }
    assert.equal(socket.of('error').length, 18);
    assert.ok(socket.of('error').every(({ code }) => code === 'bad_frame'));
    assert.ok(socket.of('error').some(({ message }) => message === 'type: no such frame type'));
    for (const text of garbage) socket.send(text);
    socket.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
    assert.equal((await socket.ended()).code, 4400);
    assert.match(socket.of('error').at(-1)!.message, /binary/);
  });

  it('closes with 1009 for a frame over 64 KiB, and takes one just below', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const events = Array.from({ length: 4 }, () => ({
      id: randomUUID(),
      type: 'custom.x',
      data: { a: 'x'.repeat(16_000) },
    }));
    assert.equal(
      (await socket.ask({ type: 'game_events', id: randomUUID(), events } as { id: string })).type,
      'ack',
    );
    socket.send('x'.repeat(64 * 1024 + 1));
    assert.equal((await socket.ended()).code, 1009);
  });

  it('keeps 16 KiB of data and context together as the limit of one event', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const sized = (length: number) => ({ ...anEventFrame('custom.x', { a: 'x'.repeat(length) }) });
    assert.equal((await socket.ask(sized(16 * 1024 - 10))).type, 'ack');
    const over = await socket.ask(sized(16 * 1024 - 9));
    assert.ok(over.type === 'error' && over.code === 'too_large' && over.field === 'event.data');
  });

  it('keeps chats sealed and in their place, and takes feedback', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const chat = (text: string) => ({ type: 'chat_message', id: randomUUID(), text });
    const frames = [
      chat('my secret plan'),
      anEventFrame('custom.x'),
      chat('второй'),
      anEventFrame('custom.y'),
    ];
    for (const frame of frames) socket.send(frame);
    for (const { id } of frames) await socket.next('ack', (ack) => ack.id === id);
    const events = await all(engine.log.readStream(`player-${player.playerId}`));
    const mine = events.filter(({ id }) => frames.some((frame) => frame.id === id));
    assert.deepEqual(
      mine.map(({ id }) => id),
      frames.map(({ id }) => id),
    );
    assert.ok(!JSON.stringify(events).includes('secret'));
    const sealed = (mine[0]!.data as { text: string }).text;
    assert.equal(await engine.side.sealer.open(`player-${player.playerId}`, sealed), 'my secret plan');
    const feedback = {
      type: 'feedback',
      id: randomUUID(),
      actionId: randomUUID(),
      reaction: 'like',
      felt: 'happy',
    };
    assert.equal((await socket.ask(feedback)).type, 'ack');
    const again = await socket.ask(feedback);
    assert.ok(again.type === 'ack' && again.duplicate);
    for (const wrong of [
      chat(''),
      chat('x'.repeat(2_001)),
      { ...feedback, id: randomUUID(), reaction: 'hate' },
    ]) {
      const refused = await socket.ask(wrong);
      assert.ok(refused.type === 'error' && refused.code === 'bad_frame');
    }
  });
});

describe('what the companion does', () => {
  it('comes to every device of its player, once, and to nobody else', async () => {
    const [player, stranger] = [await newPlayer(), await newPlayer()];
    const [one, two, other] = [await enter(player), await enter(player), await enter(stranger)];
    const frame = anEventFrame('player.victory', { killCount: 15, mvp: true });
    await one.ask(frame);
    for (const socket of [one, two]) {
      const action = await socket.next('companion_action');
      assert.equal(action.causedBy, frame.id);
      assert.equal(action.playerId, player.playerId);
      assert.equal(action.dialogue?.lang, 'en');
    }
    await one.ask(frame);
    await new Promise((resolve) => setTimeout(resolve, 150));
    assert.deepEqual(
      [one, two, other].map((socket) => socket.of('companion_action').length),
      [1, 1, 0],
    );
  });

  it('is caught up on by who comes back: every action once, in order, also while more is done', async () => {
    const player = await newPlayer();
    const first = await enter(player);
    const play = (socket: TestSocket, count: number) =>
      Promise.all(Array.from({ length: count }, () => socket.ask(anEventFrame('player.first_blood'))));
    await play(first, 5);
    await first.wait(() => (first.of('companion_action').length === 5 ? true : undefined), '5 actions');
    const seen = first.of('companion_action');
    first.close();
    const away = await enter(player);
    await play(away, 20);
    const returning = [seen[0]!, seen[2]!, seen[4]!].map(async (from) => {
      const back = await enter(player, from.position);
      return { from: seen.indexOf(from), back };
    });
    await play(away, 20);
    const ids = async () =>
      (await stored(player, 'CompanionActed')).map(({ data }) => (data as { actionId: string }).actionId);
    await until(async () => (await ids()).length === 45);
    const every = await ids();
    for (const { from, back } of await Promise.all(returning)) {
      const expected = every.slice(from + 1);
      await back.wait(
        () => (back.of('companion_action').length >= expected.length ? true : undefined),
        'all',
      );
      assert.deepEqual(
        back.of('companion_action').map(({ actionId }) => actionId),
        expected,
      );
    }
    const last = (await all(engine.log.readStream(`player-${player.playerId}`))).at(-1)!;
    const none = await enter(player, `${last.position ?? 0}:${last.revision}`);
    // A position of another log, far beyond this one, must not silence what is to come.
    const lost = await enter(player, '999999999:999999');
    const start = await enter(player, '0:-1');
    await start.wait(
      () => (start.of('companion_action').length === 45 ? true : undefined),
      'all from the start',
    );
    await away.ask(anEventFrame('player.first_blood'));
    for (const socket of [none, lost]) await socket.next('companion_action');
    assert.deepEqual(
      [none, lost].map((socket) => socket.of('companion_action').length),
      [1, 1],
    );
  });

  it('is not repeated by a tail that is behind what the client has seen', async () => {
    const player = await newPlayer();
    const first = await enter(player);
    await first.ask(anEventFrame('player.victory'));
    const { position } = await first.next('companion_action');
    const back = await enter(player, position);
    for (const act of await stored(player, 'CompanionActed')) {
      engine.push.observe({ ...act, position: act.position ?? 1 });
    }
    await back.ask(anEventFrame('player.victory'));
    const actions = await back.wait(
      () => (back.of('companion_action').length > 0 ? back.of('companion_action') : undefined),
      'the new one',
    );
    assert.equal(actions.length, 1);
    assert.notEqual(actions[0]!.position, position);
  });

  it('is asked for with a position, or the hello says what is wrong and goes on without', async () => {
    const player = await newPlayer();
    const socket = await enter(player, 'yesterday');
    const error = await socket.next('error');
    assert.deepEqual([error.code, error.field], ['bad_frame', 'resume']);
    await socket.ask(anEventFrame('player.victory'));
    await socket.next('companion_action');
  });

  it('is not stopped by an act in the log that nobody can read', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const warned = new Promise((resolve) => process.once('warning', resolve));
    const unreadable = { ...anEvent({ nothing: 'of it' }), type: 'CompanionActed' };
    await engine.log.append(`player-${player.playerId}`, [unreadable], 'any');
    await warned;
    await socket.ask(anEventFrame('player.victory'));
    await socket.next('companion_action');
  });

  it('drops a client that does not read, and serves the others', async () => {
    const player = await newPlayer();
    const [reads, deaf] = [await enter(player), await enter(player)];
    deaf.socket.pause();
    const text = JSON.stringify({ type: 'pong', filler: 'x'.repeat(300_000) });
    const listeners = (
      engine.push as unknown as { listeners: Map<string, Set<{ act(text: string, revision: number): void }>> }
    ).listeners;
    const before = listeners.get(player.playerId)!.size;
    for (let n = 0; n < 60 && listeners.get(player.playerId)!.size === before; n++) {
      for (const listener of listeners.get(player.playerId)!) listener.act(text, 1_000 + n);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal(listeners.get(player.playerId)!.size, 1);
    assert.equal(reads.closed, null);
    deaf.socket.resume();
    assert.equal((await deaf.ended()).code, 1006);
  });
});

describe('load and faults', () => {
  it('slows a socket that floods it, loses nothing, and keeps the order', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    const frames = Array.from({ length: 400 }, (_, n) =>
      anEventFrame('custom.f', { n, a: 'x'.repeat(12_000) }),
    );
    for (const frame of frames) socket.send(frame);
    await socket.wait(() => (socket.of('ack').length === 400 ? true : undefined), '400 acks');
    assert.deepEqual(
      (await stored(player)).map(({ id }) => id),
      frames.map(({ id }) => id),
    );
    assert.equal((await socket.ask(anEventFrame('custom.g'))).type, 'ack');
  });

  it('answers unavailable while the log is away, acks nothing, and takes the same again afterwards', async () => {
    const player = await newPlayer();
    const socket = await enter(player);
    await socket.ask(anEventFrame('custom.warm'));
    process.kill(node.pid(), 'SIGSTOP');
    const frame = anEventFrame('player.victory');
    const unavailable = socket.ask(frame).catch(() => null);
    const newcomer = await open();
    process.kill(node.pid(), 'SIGCONT');
    const pid = node.pid();
    process.kill(pid, 'SIGKILL');
    newcomer.send(hello(player.token));
    const answer = await unavailable;
    assert.ok(
      answer === null || answer.type === 'ack' || (answer.code === 'unavailable' && answer.retryAfterMs! > 0),
    );
    await until(() => node.pid() !== pid);
    let again = await socket.ask(frame);
    for (let n = 0; n < 300 && again.type === 'error'; n++) {
      assert.equal(again.code, 'unavailable');
      await new Promise((resolve) => setTimeout(resolve, 200));
      again = await socket.ask(frame);
    }
    assert.equal(again.type, 'ack');
    await socket.next('companion_action', ({ causedBy }) => causedBy === frame.id);
    assert.equal((await stored(player)).filter(({ id }) => id === frame.id).length, 1);
  });

  it('tells its clients when it stops', async () => {
    const second = await startTestEngine(engine.log);
    const player = await newPlayer();
    const socket = await TestSocket.enter(second, player.token);
    await second.stop();
    assert.equal((await socket.ended()).code, 1012);
    await assert.rejects(TestSocket.open(second));
  });
});
