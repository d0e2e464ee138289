import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import { KeysUnavailable, type Sealer } from '../../commands/person-keys/sealer.js';
import { temporaryFolder } from '../../eventstore/embedded/engine/testing.js';
import { type EmbeddedNode, startEmbeddedNode } from '../../eventstore/embedded/start.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import type { NewEvent } from '../../eventstore/log.js';
import { all, until } from '../../eventstore/testing/events.js';
import {
  aGame,
  anEventFrame,
  aPlayer,
  aStudio,
  call,
  type Studio,
  type TestPlayer,
  TestSocket,
} from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let node: EmbeddedNode;
let engine: TestEngine;
let sealer: Sealer;
let studio: Studio;
let gameId: string;
const cleaners: (() => void)[] = [];
const sockets: TestSocket[] = [];

before(async () => {
  node = await startEmbeddedNode({ dir: temporaryFolder({ after: (clean) => cleaners.push(clean) }) });
  engine = await startTestEngine(connectLog({ url: node.url }), { takenWithinMs: 1_500 });
  sealer = engine.side.sealer;
  studio = await aStudio(engine);
  gameId = await aGame(engine, studio);
});
afterEach(() => {
  engine.side.sealer = sealer;
  for (const socket of sockets.splice(0)) socket.close();
});
after(async () => {
  await engine.stop();
  await engine.log.close();
  await node.stop();
  for (const clean of cleaners) clean();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const START = '0:-1';
const newPlayer = () => aPlayer(engine, studio, gameId);
const enter = async (player: TestPlayer, resume?: string) => {
  const socket = await TestSocket.enter(engine, player.token, resume);
  sockets.push(socket);
  return socket;
};
const streamOf = ({ playerId }: TestPlayer) => `player-${playerId}`;

const emotion = {
  label: 'excited',
  intensity: 0.9,
  valence: 0.8,
  arousal: 0.8,
  dominance: 0.5,
  confidence: 0.95,
  source: 'rule',
};
const stored = (type: string, data: object): NewEvent => ({
  id: randomUUID(),
  type,
  data: {
    actionId: randomUUID(),
    causedBy: randomUUID(),
    at: AT,
    emotion,
    action: 'cheer',
    occasion: 'victory',
    ...data,
  },
  metadata: {
    $correlationId: randomUUID(),
    $causationId: randomUUID(),
    schemaVersion: 1,
    gameId,
    recordedAt: AT,
  },
});
const AT = '2026-01-01T00:00:00.000Z';
const said = (text: string) =>
  stored('CompanionActed', { dialogue: { text, lang: 'en', source: 'template' } });
const written = async (player: TestPlayer, text: string) =>
  stored('LineWritten', {
    scene: 'chat',
    dialogue: { text: await sealer.seal(streamOf(player), text), lang: 'en', source: 'llm' },
    tone: 'warm',
    promptHash: 'x',
    model: 'x',
    usage: { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 },
    cost: 0,
    latencyMs: 1,
  });
const append = (player: TestPlayer, ...events: NewEvent[]) =>
  engine.log.append(streamOf(player), events, 'any');
/**
 * Much in bytes and in pages: what bounds memory counts those, and an event costs the test far more than its length.
 * Twenty at once stay below the log's limit for one append.
 */
const appendMany = async (player: TestPlayer, count: number, filler: number) => {
  for (let done = 0; done < count; done += 20) {
    const events = Array.from({ length: 20 }, (_, n) => said(`${done + n} ${'x'.repeat(filler)}`));
    await append(player, ...events);
  }
};
const linesOf = (socket: TestSocket) => socket.of('companion_action').map(({ dialogue }) => dialogue?.text);
/** Looks at the frames only when there may be enough of them: it is asked with every frame that comes. */
const lines = (socket: TestSocket, count: number) =>
  socket.wait(() => {
    if (socket.frames.length < count) return;
    const heard = linesOf(socket);
    return heard.length >= count ? heard : undefined;
  }, `${count} lines`);
const settle = (ms = 300) => new Promise((resolve) => setTimeout(resolve, ms));
/** Something to send that the companion does nothing about. */
const aLike = () => ({ type: 'feedback', id: randomUUID(), actionId: randomUUID(), reaction: 'like' });

const away = () => Promise.reject(new KeysUnavailable('away'));
const hangs = () => new Promise<never>(() => undefined);

describe('much that was missed', () => {
  it('arrives whole, once and in order, while more happens', async () => {
    const player = await newPlayer();
    await appendMany(player, 2_400, 5_000);
    const back = await enter(player, START);
    const other = await enter(player);
    for (let n = 0; n < 40; n++) await other.ask(anEventFrame('player.first_blood'));
    await lines(back, 2_440);
    await settle();
    const acts = (await all(engine.log.readStream(streamOf(player)))).filter(
      ({ type }) => type === 'CompanionActed',
    );
    assert.equal(acts.length, 2_440);
    assert.deepEqual(
      back.of('companion_action').map(({ actionId }) => actionId),
      acts.map(({ data }) => (data as { actionId: string }).actionId),
    );
    assert.equal((await back.ask(aLike())).type, 'ack');
  });

  it('does not keep what is sent waiting, however slowly it is taken', async () => {
    const player = await newPlayer();
    await appendMany(player, 1_200, 5_000);
    const slow = await enter(player, START);
    for (let n = 0; n < 5; n++) {
      slow.socket.pause();
      await settle(200);
      slow.socket.resume();
      assert.equal((await slow.ask(aLike())).type, 'ack');
    }
    assert.equal((await lines(slow, 1_200)).length, 1_200);
  });

  it('is not given to a client that reads nothing: it is dropped', async () => {
    const player = await newPlayer();
    await appendMany(player, 600, 35_000);
    const deaf = await enter(player, START);
    deaf.socket.pause();
    const connections = engine.push.connections.websocket;
    await until(() => engine.push.connections.websocket < connections, 30_000);
    deaf.socket.resume();
    assert.equal((await deaf.ended()).code, 1006);
    assert.ok(linesOf(deaf).length < 600);
    // What it did get counts: it goes on from there.
    const { position } = deaf.of('companion_action').at(-1)!;
    const rest = await enter(player, position);
    const texts = [...linesOf(deaf), ...(await lines(rest, 600 - linesOf(deaf).length))];
    assert.ok(texts.length === 600 && texts.every((text, n) => text?.startsWith(`${n} `)));
  });

  it('is nothing after positions of no event here', async () => {
    const player = await newPlayer();
    await append(player, said('before'));
    const beyond = await enter(player, '9999999999999999:9999999999999999');
    const last = (await all(engine.log.readStream(streamOf(player)))).at(-1)!;
    const placed = await enter(player, `${last.position}:-1`);
    await settle();
    await append(player, said('after'));
    for (const socket of [beyond, placed]) assert.deepEqual(await lines(socket, 1), ['after']);
  });
});

describe('a line that cannot be opened now', () => {
  const keysBecome = (open: Sealer['open']) => {
    engine.side.sealer = { ...sealer, open };
  };

  for (const [how, open] of Object.entries({ 'are away': away, hang: hangs })) {
    it(`comes late, in its place, where the keys ${how}`, async () => {
      const player = await newPlayer();
      const stranger = await newPlayer();
      const [one, two, other] = [await enter(player), await enter(player), await enter(stranger)];
      keysBecome(open);
      await append(player, said('one'), await written(player, 'two'), said('three'));
      await append(player, said('four'));
      await append(stranger, said('his own'));
      assert.deepEqual(await lines(other, 1), ['his own']);
      assert.deepEqual([await lines(one, 1), await lines(two, 1)], [['one'], ['one']]);
      assert.equal((await one.ask(aLike())).type, 'ack');
      await settle(3_000);
      assert.deepEqual([linesOf(one), one.closed], [['one'], null]);
      keysBecome(sealer.open);
      const late = said('five');
      await append(player, late);
      for (const socket of [one, two]) {
        await lines(socket, 5);
        await settle();
        assert.deepEqual(linesOf(socket), ['one', 'two', 'three', 'four', 'five']);
      }
      await append(player, said('six'), await written(player, 'seven'));
      assert.deepEqual((await lines(one, 7)).slice(5), ['six', 'seven']);
    });

    it(`lets in who comes back, and comes in its place, where the keys ${how}`, async () => {
      const player = await newPlayer();
      await append(player, said('one'), await written(player, 'two'), said('three'));
      keysBecome(open);
      const back = await enter(player, START);
      assert.equal((await back.ask(aLike())).type, 'ack');
      assert.deepEqual(await lines(back, 1), ['one']);
      await append(player, said('four'));
      await settle(3_000);
      assert.deepEqual([linesOf(back), back.closed], [['one'], null]);
      keysBecome(sealer.open);
      await lines(back, 4);
      await settle();
      assert.deepEqual(linesOf(back), ['one', 'two', 'three', 'four']);
    });
  }

  it('loses nothing of what happens while it is being opened', async () => {
    const player = await newPlayer();
    await append(player, said('one'), await written(player, 'two'));
    let asked = 0;
    keysBecome(async (subject, sealed) => {
      asked++;
      await settle(1_000);
      return sealer.open(subject, sealed);
    });
    const back = await enter(player, START);
    await until(() => asked > 0);
    await append(player, said('three'));
    await lines(back, 3);
    await settle();
    assert.deepEqual(linesOf(back), ['one', 'two', 'three']);
  });

  it('that names the player is said without the name', async () => {
    const player = await newPlayer();
    const path = `/players/${player.playerId}`;
    await call(engine, path, { method: 'PATCH', body: { displayName: 'Ada' }, headers: studio.key });
    keysBecome(hangs);
    const socket = await enter(player);
    await append(player, said('Well done, {player}!'));
    assert.deepEqual(await lines(socket, 1), ['Well done, friend!']);
  });
});
