import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { type Companion, type CompanionAction, type CompanionError, connect } from '../../sdk/index.js';
import { aGame, aPlayer, aStudio, call, type Studio, type TestPlayer } from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let engine: TestEngine;
let studio: Studio;
let player: TestPlayer;
let network: Server;
let url: string;
let companion: Companion;
let statuses: string[];
let errors: CompanionError[];
let actions: CompanionAction[];

/** A network that lets HTTP through, and no WebSocket. */
async function blocking(): Promise<Server> {
  const { hostname, port } = new URL(engine.url);
  const server = createServer((asked, answer) => {
    const { method, headers, url: path } = asked;
    const passed = request({ hostname, port, method, headers, path }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers);
      answered.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    asked.pipe(passed);
  });
  server.on('upgrade', (_asked, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const enter = (resume?: string) => {
  [statuses, errors, actions] = [[], [], []];
  companion = connect({
    ...{ url, token: player.token, backoff: { baseMs: 20, capMs: 50 } },
    ...(resume !== undefined && { resume }),
    onStatus: (status, why) => void statuses.push(`${status}: ${why}`),
    onError: (error) => void errors.push(error),
    onAction: (action) => void actions.push(action),
  });
};

before(async () => {
  engine = await startTestEngine(memoryLog());
  studio = await aStudio(engine);
  network = await blocking();
  url = `ws://127.0.0.1:${(network.address() as { port: number }).port}/ws`;
  player = await aPlayer(engine, studio, await aGame(engine, studio));
});
afterEach(() => companion.close());
after(async () => {
  network.closeAllConnections();
  network.close();
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

describe('a game in a network that lets no WebSocket through', () => {
  it('plays over HTTP by itself: what it sends is stored once, and what the companion does comes', async () => {
    enter();
    const sent = ['player.victory', 'player.achievement', 'player.first_blood'].map((type) =>
      companion.send({ type: type as 'player.victory', data: { mvp: true } }),
    );
    const acks = await Promise.all(sent);
    assert.ok(acks.every(({ duplicate }) => !duplicate));
    assert.equal(companion.welcome?.playerId, player.playerId);
    await until(() => actions.length >= 2);
    await companion.chat('hello', { lang: 'en' });
    await assert.rejects(companion.send({ type: 'player.flies' as 'player.kill' }), { code: 'unknown_type' });
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['unknown_type'],
    );
    const again = await companion.send({ type: 'player.victory' }, { id: acks[0]!.id });
    assert.equal(again.duplicate, true);
  });

  it('hears what it missed', async () => {
    enter();
    await companion.send({ type: 'player.victory', data: { mvp: true } });
    await until(() => actions.length >= 1);
    const { resume } = companion;
    await companion.close();
    const { gameId, playerId } = player;
    const events = [{ id: crypto.randomUUID(), type: 'player.achievement' }];
    await call(engine, '/events', { body: { gameId, playerId, events }, headers: studio.key });
    enter(resume);
    await until(() => actions.some(({ causedBy }) => causedBy === events[0]!.id));
  });

  it('is told that its token has ended, and stops', async () => {
    player = await aPlayer(engine, studio, player.gameId);
    enter();
    await until(() => companion.status === 'open');
    const path = `/players/${player.playerId}/tokens`;
    await call(engine, path, { method: 'DELETE', headers: studio.key });
    await until(() => companion.status === 'refused');
    assert.ok(errors.some(({ code }) => code === 'unauthorized'));
  });
});
