import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { aGame, anEventFrame, aPlayer, aStudio, rudeClient, TestSocket } from '../testing/client.js';
import { startTestEngine } from '../testing/engine.js';

function deferred(): [Promise<void>, () => void] {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return [promise, resolve];
}

async function anEngine(t: TestContext) {
  const log = memoryLog();
  const engine = await startTestEngine(log);
  const studio = await aStudio(engine);
  const player = await aPlayer(engine, studio, await aGame(engine, studio));
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= engine.stop());
  t.after(stop);
  /** From now on nothing is durable until it is let through. */
  const hold = () => {
    const [held, letThrough] = deferred();
    const [asked, ask] = deferred();
    log.faults.beforeAppend = async (_, [event]) => {
      if (event!.type !== 'GameEventRecorded') return;
      ask();
      await held;
    };
    return { asked, letThrough };
  };
  const stored = () => log.events.filter(({ type }) => type === 'GameEventRecorded').map(({ id }) => id);
  return { engine, player, stop, hold, stored };
}

it('an instance that stops acknowledges what is under way, begins nothing more, and closes with 1012', async (t) => {
  const { engine, player, stop, hold, stored } = await anEngine(t);
  const socket = await TestSocket.enter(engine, player.token);
  const { asked, letThrough } = hold();
  const [first, late] = [anEventFrame(), anEventFrame()];
  socket.send(first);
  await asked;
  const stopped = stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(socket.closed, null, 'not before the answer');
  socket.send(late);
  await new Promise((resolve) => setTimeout(resolve, 50));
  letThrough();
  assert.equal((await socket.next('ack')).id, first.id);
  assert.equal((await socket.ended()).code, 1012);
  await stopped;
  assert.deepEqual(stored(), [first.id]);
  assert.deepEqual(engine.bugs, []);
});

it('who comes to it meanwhile is sent elsewhere as well', async (t) => {
  const { engine, player, stop, hold } = await anEngine(t);
  const socket = await TestSocket.enter(engine, player.token);
  const { asked, letThrough } = hold();
  socket.send(anEventFrame());
  await asked;
  const stopped = stop();
  const late = await TestSocket.open(engine);
  assert.equal((await late.ended()).code, 1012);
  const headers = { authorization: `Bearer ${player.token}` };
  const { status } = await fetch(`${engine.url}/players/me/actions/stream`, { headers });
  assert.equal(status, 503);
  letThrough();
  await stopped;
});

it('ends streams of actions, answers requests that are under way, and waits for nobody who does not let go', async (t) => {
  const { engine, player, stop, hold } = await anEngine(t);
  const headers = { authorization: `Bearer ${player.token}`, 'content-type': 'application/json' };
  const players = `${engine.url}/players/me`;
  const streamed = (await fetch(`${players}/actions/stream`, { headers })).text();
  const rude = await rudeClient(engine);
  rude.send({ type: 'hello', protocol: 1, token: player.token });
  const { asked, letThrough } = hold();
  const frame = anEventFrame();
  const posted = fetch(`${players}/frames`, { method: 'POST', headers, body: JSON.stringify(frame) });
  await asked;
  const stopped = stop();
  assert.match(await streamed, /event: welcome/);
  letThrough();
  const answer = await posted;
  assert.equal(((await answer.json()) as { id: string }).id, frame.id);
  await stopped;
  await assert.rejects(fetch(players), 'nobody listens any more');
  rude.end();
});
