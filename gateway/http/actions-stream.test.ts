import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import {
  type Answer,
  aGame,
  aPlayer,
  aStudio,
  call,
  type Studio,
  type TestPlayer,
} from '../testing/client.js';
import { startTestEngine, type TestEngine } from '../testing/engine.js';

type Told = { event: string; id?: string; data: Record<string, unknown> };

let engine: TestEngine;
let studio: Studio;
before(async () => {
  engine = await startTestEngine(memoryLog());
  studio = await aStudio(engine);
});
after(async () => {
  await engine.stop();
  assert.deepEqual(engine.bugs, [], 'nothing was a bug');
});

const newPlayer = async () => aPlayer(engine, studio, await aGame(engine, studio));
const bearer = ({ token }: TestPlayer) => ({ authorization: `Bearer ${token}` });

/** Server-sent events, read as the standard says; enough of it for what the engine sends. */
async function listen({ playerId }: TestPlayer, headers: Record<string, string>, query = '') {
  const aborting = new AbortController();
  const url = `${engine.url}/players/${playerId}/actions/stream${query}`;
  const response = await fetch(url, { headers, signal: aborting.signal });
  const told: Told[] = [];
  const ended = (async () => {
    let text = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const parts = text.split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const fields = new Map(part.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
        if (!fields.has('data')) continue;
        const id = fields.get('id');
        told.push({ event: fields.get('event')!, ...(id && { id }), data: JSON.parse(fields.get('data')!) });
      }
    }
  })().catch(() => undefined);
  const actions = () => told.filter(({ event }) => event === 'companion_action');
  const wait = async (count: number) => {
    for (const end = Date.now() + 60_000; actions().length < count; ) {
      assert.ok(Date.now() < end, `${count} actions did not come: ${JSON.stringify(told)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return actions();
  };
  return { response, told, wait, ended, close: () => aborting.abort() };
}

const send = (player: TestPlayer, frame: object, headers = bearer(player)): Promise<Answer> =>
  call(engine, `/players/${player.playerId}/frames`, { body: frame, headers });
const victory = (id: string = randomUUID()) => ({
  ...{ type: 'game_event', id },
  event: { type: 'player.victory', data: { mvp: true } },
});

describe('actions as server-sent events', () => {
  it('tells what happens, each with its position, and misses nothing where somebody comes back', async () => {
    const player = await newPlayer();
    const first = await listen(player, bearer(player));
    assert.match(first.response.headers.get('content-type')!, /^text\/event-stream/);
    const frame = victory();
    const sent = await send(player, frame);
    assert.deepEqual([sent.status, sent.body.type, sent.body.id], [200, 'ack', frame.id]);
    const [action] = await first.wait(1);
    assert.equal(first.told[0]!.event, 'welcome');
    assert.equal(action!.data.causedBy, frame.id);
    assert.equal(action!.id, action!.data.position);
    first.close();
    await send(player, victory());
    const again = await listen(player, { ...bearer(player), 'last-event-id': action!.id! });
    const [missed] = await again.wait(1);
    assert.notEqual(missed!.data.actionId, action!.data.actionId);
    await send(player, victory());
    const both = await again.wait(2);
    assert.equal(new Set(both.map(({ data }) => data.actionId)).size, 2);
    again.close();
    const all = await listen(player, studio.key, '?from=0:-1');
    assert.equal((await all.wait(3)).length, 3, "the game's own server may listen as well");
    all.close();
  });

  it('goes on from the welcome where nothing had happened yet', async () => {
    const player = await newPlayer();
    const first = await listen(player, bearer(player));
    for (const end = Date.now() + 60_000; first.told.length === 0 && Date.now() < end; )
      await new Promise((resolve) => setTimeout(resolve, 10));
    first.close();
    await send(player, victory());
    const again = await listen(player, { ...bearer(player), 'last-event-id': first.told[0]!.id! });
    assert.equal((await again.wait(1)).length, 1);
    again.close();
  });

  it('lets nobody else listen, and names a place that is none', async () => {
    const [player, other] = [await newPlayer(), await newPlayer()];
    const status = async (headers: Record<string, string>, query = '') => {
      const { response, close } = await listen(player, headers, query);
      close();
      return response.status;
    };
    assert.equal(await status({}), 401);
    assert.equal(await status(bearer(other)), 404);
    assert.equal(await status((await aStudio(engine)).key), 404);
    assert.equal(await status(bearer(player), '?from=x'), 400);
    assert.equal(await status({ ...bearer(player), 'last-event-id': 'x' }), 400);
  });

  it('ends with what lets it in', async () => {
    const player = await newPlayer();
    const listening = await listen(player, bearer(player));
    const path = `/players/${player.playerId}/tokens`;
    await call(engine, path, { method: 'DELETE', headers: studio.key });
    await listening.ended;
    assert.equal((await listen(player, bearer(player))).response.status, 401);
    assert.equal(engine.push.connections.sse, 0, 'nobody is told any more');
  });
});

describe('frames over HTTP', () => {
  it('are answered as over a socket: once, and with what is wrong', async () => {
    const player = await newPlayer();
    const chat = { type: 'chat_message', id: randomUUID(), text: 'hello there', lang: 'en' };
    assert.deepEqual((await send(player, chat)).body.duplicate, undefined);
    assert.equal((await send(player, chat)).body.duplicate, true);
    for (const [frame, code, field] of [
      [{ type: 'ping' }, 'bad_frame', 'type'],
      [{ type: 'nothing', id: randomUUID() }, 'bad_frame', 'type'],
      [{ ...victory(), id: 'x' }, 'bad_frame', 'id'],
      [{ ...victory(), event: { type: 'player.flies' } }, 'unknown_type', 'event.type'],
    ] as const) {
      const { body } = await send(player, frame);
      assert.deepEqual([body.code, body.field], [code, field], JSON.stringify(body));
    }
    const other = await newPlayer();
    assert.equal((await send(player, victory(), bearer(other))).status, 404);
  });
});

it('a HEAD is answered at once, and listens to nothing', async () => {
  const player = await newPlayer();
  const { connections } = engine.push;
  const url = `${engine.url}/players/${player.playerId}/actions/stream`;
  const signal = AbortSignal.timeout(30_000);
  const { status } = await fetch(url, { method: 'HEAD', headers: bearer(player), signal });
  assert.equal(status, 200);
  for (const end = Date.now() + 30_000; engine.push.connections > connections; ) {
    assert.ok(Date.now() < end, 'it still listens');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
