import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { unwatched } from '../../commands/watch.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { startTestEngine, type TestEngine } from '../../gateway/testing/engine.js';
import { openCounting } from './counting.js';
import { type Metrics, summed } from './registries.js';

/** The time series in what Prometheus reads. */
const series = async (metrics: Metrics): Promise<string[]> =>
  (await summed([metrics])).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('what is counted', () => {
  const { watch, metrics } = openCounting();
  let engine: TestEngine;

  before(async () => {
    engine = await startTestEngine(memoryLog(), { watch });
  });
  after(() => engine.stop());

  it('is of so many time series, whoever asks for what', async () => {
    const play = (nth: number) => {
      const clientId = `client ${nth}`;
      watch.came({ type: 'game_event', id: randomUUID() }, clientId);
      watch.stored([{ type: `custom.${randomUUID()}` }, { type: 'player.kill' }]);
      watch.ended('gateway', nth % 2 ? 'ok' : 'bad_event');
      watch.asked({ clientId, method: 'GET', route: '/games/:gameId', status: 200, ms: 1 });
    };
    for (let nth = 0; nth < 100; nth++) play(nth);
    const most = (await series(metrics)).length;
    for (let nth = 0; nth < 1_000; nth++) play(nth);
    assert.equal((await series(metrics)).length, most);
    const clients = (await series(metrics)).filter((line) => line.startsWith('agl_client_calls_total'));
    assert.equal(clients.length, 51 * 2, 'fifty and the others, by frame and by request');
  });

  it('calls requests by the routes as they are declared', async () => {
    const ask = async (path: string) =>
      (await fetch(`${engine.url}${path}`, { method: 'DELETE' })).arrayBuffer();
    await ask('/auth/keys/x');
    await ask('/no/such');
    const before = (await series(metrics)).length;
    for (let nth = 0; nth < 50; nth++) {
      await ask(`/auth/keys/${randomUUID()}`);
      await ask(`/${randomUUID()}/${nth}`);
    }
    // They are told of when their answers are out.
    const has = async (line: string) => (await series(metrics)).includes(line);
    const of = (route: string, status: number) =>
      has(`agl_http_requests_total{method="DELETE",route="${route}",status="${status}"} 51`);
    while (!((await of('/auth/keys/:id', 401)) && (await of('none', 404)))) await sleep(10);
    assert.equal((await series(metrics)).length, before);
  });
});

it('finds the frame that an act answers, in whatever letters its id came', async () => {
  const { watch, metrics } = openCounting();
  const id = randomUUID();
  watch.came({ type: 'game_events', id: randomUUID(), events: [{ id: id.toUpperCase() }] }, 'a client');
  const pushed = (type: string, cause: string) =>
    watch.pushed({ type, metadata: { $causationId: cause, recordedAt: new Date().toISOString() } } as never);
  const count = async (stage: string) =>
    (await series(metrics)).find((line) => line.startsWith(`agl_stage_seconds_count{stage="${stage}"}`));
  for (const cause of [id, id, randomUUID()]) pushed('CompanionActed', cause);
  // Others may write to the log as well.
  watch.pushed({ type: 'LineWritten', metadata: {} } as never);
  assert.match((await count('frame_to_action'))!, / 1$/, 'once, and of no frame of another instance');
  assert.match((await count('to_push'))!, / 3$/);
});

it('costs nothing where nobody looks', () => {
  assert.deepEqual(
    Object.values(unwatched).map((tell) => (tell as (...all: never[]) => unknown)()),
    Object.values(unwatched).map(() => undefined),
  );
});
