import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { all, until } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import {
  aGame,
  anEventFrame,
  aPlayer,
  aStudio,
  call,
  rudeClient,
  type Studio,
  type TestPlayer,
  TestSocket,
} from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

let engine: TestEngine;
before(async () => {
  engine = await startTestEngine(memoryLog());
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const enter = ({ token }: TestPlayer) => TestSocket.enter(engine, token);
const hello = (token: string) => ({ type: 'hello', protocol: 1, token });
const turnedAway = async ({ token }: TestPlayer) => {
  const socket = await TestSocket.open(engine);
  socket.send(hello(token));
  return (await socket.ended()).code === 4401;
};

/** A studio with a second key. */
async function twoKeys() {
  const studio = await aStudio(engine);
  const { body } = await call(engine, '/auth/keys', { method: 'POST', headers: studio.key });
  const second: Studio = { ...studio, key: { 'x-api-key': body.apiKey as string } };
  return { studio, second, secondId: body.id as string, game: await aGame(engine, studio) };
}

describe('a connection', () => {
  it('ends when the key behind its token ends, or its game: nothing counts afterwards', async () => {
    const { studio, second, secondId, game } = await twoKeys();
    const [byFirst, bySecond] = [await aPlayer(engine, studio, game), await aPlayer(engine, second, game)];
    const [one, two] = [await enter(byFirst), await enter(bySecond)];
    await call(engine, `/auth/keys/${secondId}`, { method: 'DELETE', headers: studio.key });
    assert.equal((await two.ended()).code, 4401);
    assert.ok(await turnedAway(bySecond));
    assert.equal((await one.ask(anEventFrame())).type, 'ack', 'the other key is still good');
    await call(engine, `/games/${game}`, { method: 'DELETE', headers: studio.key });
    assert.equal((await one.ended()).code, 4401);
  });

  it('lives on while its key is changed over, and ends with the old key', async () => {
    const { studio, second, secondId, game } = await twoKeys();
    const [byFirst, bySecond] = [await aPlayer(engine, studio, game), await aPlayer(engine, second, game)];
    const [one, two] = [await enter(byFirst), await enter(bySecond)];
    const body = { replaces: secondId, overlapMs: 700 };
    await call(engine, '/auth/keys', { body, headers: studio.key });
    const third = await enter(bySecond);
    assert.equal((await two.ask(anEventFrame())).type, 'ack', 'it has not ended yet');
    for (const socket of [two, third]) {
      const { code, reason } = await socket.ended();
      assert.deepEqual([code, reason], [4401, 'the API key behind this player token has ended']);
    }
    assert.ok(await turnedAway(bySecond));
    assert.equal((await one.ask(anEventFrame())).type, 'ack');
    one.close();
  });

  it('ends when the tokens of its player are revoked; one that is issued then opens', async () => {
    const studio = await aStudio(engine);
    const game = await aGame(engine, studio);
    const [ann, bob] = [await aPlayer(engine, studio, game), await aPlayer(engine, studio, game)];
    const [hers, his] = [await enter(ann), await enter(bob)];
    const remove = (headers: Record<string, string>) =>
      call(engine, `/players/${ann.playerId}/tokens`, { method: 'DELETE', headers });
    assert.equal((await remove((await aStudio(engine)).key)).status, 404);
    assert.deepEqual((await remove(studio.key)).body, { id: ann.playerId });
    const { code, reason } = await hers.ended();
    assert.deepEqual([code, reason], [4401, 'this player token has been revoked']);
    assert.ok(await turnedAway(ann));
    const bearer = { authorization: `Bearer ${ann.token}` };
    const events = [{ id: randomUUID(), type: 'player.kill' }];
    const told = { gameId: game, playerId: ann.playerId, events };
    assert.equal((await call(engine, '/events', { body: told, headers: bearer })).status, 401);
    assert.equal((await his.ask(anEventFrame())).type, 'ack');
    const wanted = { gameId: game, playerId: ann.playerId };
    const { body } = await call(engine, '/auth/player-tokens', { body: wanted, headers: studio.key });
    (await TestSocket.enter(engine, body.token as string)).close();
    his.close();
  });

  it('ends when its player is erased, and no door opens for them; nobody else can do that', async () => {
    const studio = await aStudio(engine);
    const game = await aGame(engine, studio);
    const [ann, bob] = [await aPlayer(engine, studio, game), await aPlayer(engine, studio, game)];
    const [hers, his] = [await enter(ann), await enter(bob)];
    const { playerId } = ann;
    const erase = (headers: Record<string, string>) =>
      call(engine, `/players/${playerId}/erase`, { method: 'POST', headers });
    assert.equal((await erase((await aStudio(engine)).key)).status, 404);
    const bearer = { authorization: `Bearer ${ann.token}` };
    assert.equal((await erase(bearer)).status, 403, 'a token may be lost');
    // Nobody carries it out here.
    const pending = erase(studio.key);
    const { code, reason } = await hers.ended();
    assert.deepEqual([code, reason], [4401, 'this player was erased']);
    const socket = await TestSocket.open(engine);
    socket.send(hello(ann.token));
    assert.equal((await socket.next('error')).code, 'erased');
    assert.equal((await socket.ended()).code, 4401);
    const body = { gameId: game, playerId, events: [{ id: randomUUID(), type: 'player.kill' }] };
    for (const headers of [bearer, studio.key]) {
      const { status, body: problem } = await call(engine, '/events', { body, headers });
      assert.deepEqual([status, problem.code], [410, 'erased']);
    }
    const { status, body: answered } = await pending;
    assert.deepEqual([status, answered], [202, { certificate: null }]);
    assert.equal((await his.ask(anEventFrame())).type, 'ack');
    his.close();
  });

  it('stores nothing of who does not answer the closing frame', async () => {
    const { studio, second, secondId, game } = await twoKeys();
    const player = await aPlayer(engine, second, game);
    const rude = await rudeClient(engine);
    rude.send(hello(player.token));
    await until(() => rude.heard().includes('"welcome"'));
    rude.send(anEventFrame('custom.early'));
    await until(() => rude.heard().includes('"ack"'));
    await call(engine, `/auth/keys/${secondId}`, { method: 'DELETE', headers: studio.key });
    await until(() => rude.heard().includes('has ended'));
    rude.send(anEventFrame('custom.late'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    rude.end();
    const events = await all(engine.log.readStream(`player-${player.playerId}`));
    const types = events.map(({ data }) => (data as { type: string }).type);
    assert.ok(types.includes('custom.early'));
    assert.ok(!types.includes('custom.late'));
  });
});
