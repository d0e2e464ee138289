import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { aPlayer, aStudio, call, type Studio, type TestPlayer, TestSocket } from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

const HOME = 'https://play.example';
const ELSEWHERE = 'https://elsewhere.example';

let engine: TestEngine;
let studio: Studio;
let player: TestPlayer;
before(async () => {
  engine = await startTestEngine(memoryLog());
  studio = await aStudio(engine);
  const body = { name: 'Game', config: { origins: [HOME, 'http://localhost:5173'] } };
  const game = await call(engine, '/games', { body, headers: studio.key });
  player = await aPlayer(engine, studio, game.body.id as string);
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const told = (origin?: string) =>
  fetch(`${engine.url}/players/me/frames`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${player.token}`, 'content-type': 'application/json' },
      ...(origin && { origin }),
    },
    body: JSON.stringify({ type: 'game_event', id: crypto.randomUUID(), event: { type: 'player.kill' } }),
  });

describe('a page', () => {
  it('is told before it asks that it may, but not with an API key', async () => {
    const headers = { origin: HOME, 'access-control-request-method': 'POST' };
    const answer = await fetch(`${engine.url}/players/me/frames`, { method: 'OPTIONS', headers });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    const allowed = answer.headers.get('access-control-allow-headers')!;
    assert.ok(allowed.includes('authorization') && !allowed.includes('x-api-key'));
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  });

  it('speaks for players of the games that name it; who is no browser, for all', async () => {
    for (const origin of [HOME, 'http://localhost:5173', undefined]) {
      const answer = await told(origin);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('access-control-allow-origin'), origin ? '*' : null);
    }
    const refused = await told(ELSEWHERE);
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get('access-control-allow-origin'), '*', 'so that the page can read why');
    assert.match(((await refused.json()) as { detail: string }).detail, /elsewhere\.example/);
  });

  it('of anywhere speaks for players of games that name none', async () => {
    const { body } = await call(engine, '/games', { body: { name: 'Open' }, headers: studio.key });
    const someone = await aPlayer(engine, studio, body.id as string);
    const headers = { authorization: `Bearer ${someone.token}`, origin: ELSEWHERE };
    const answer = await fetch(`${engine.url}/players/me/actions/stream`, { headers });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    await answer.body!.cancel();
  });

  it('is let in with a socket by the same rule', async () => {
    const hello = { type: 'hello', protocol: 1, token: player.token };
    const away = await TestSocket.open(engine, { origin: ELSEWHERE });
    away.send(hello);
    assert.equal((await away.ended()).code, 4401);
    const home = await TestSocket.open(engine, { origin: HOME });
    home.send(hello);
    await home.next('welcome');
    home.close();
  });
});

it('names an origin that is none', async () => {
  for (const origins of ['https://x.example', ['x.example'], ['https://x.example/'], ['*']]) {
    const body = { name: 'Game', config: { origins } };
    const answer = await call(engine, '/games', { body, headers: studio.key });
    assert.equal(answer.body.code, 'bad_frame');
    assert.match(String(answer.body.field), /^config\.origins/);
  }
});
