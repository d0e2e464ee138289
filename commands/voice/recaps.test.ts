import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { costOf } from '../../domain/voice/prices.js';
import { until } from '../../eventstore/testing/events.js';
import { dataOf, eventsOf, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';
import { afterASession } from './testing/recap.js';

let api: MessagesApi;
before(async () => {
  api = await startMessagesApi();
});
after(() => api.close());

it('a session is looked back at in a batch, at half the price, and the farewell is said at once', async () => {
  const { house, players, recaps } = await afterASession(api);
  const looking = recaps();
  await until(() => api.batches.reduce((sum, { requests }) => sum + requests.length, 0) === 2);
  const { requests } = api.batches[0]!;
  assert.match(requests[0]!.params.messages[0]!.content, /"what":"player.kill","times":2/);
  await new Promise((resolve) => setTimeout(resolve, 50));
  for (const player of players)
    assert.equal(dataOf(await eventsOf(house.log, player), 'LineWritten').length, 0);
  for (const batch of api.batches) batch.ended = true;
  for (const player of players) {
    const { acted, requested, written, failed } = await outcome(house, player);
    const farewell = acted.find(({ asks }) => asks?.scene === 'recap')!;
    assert.ok(farewell.dialogue);
    assert.deepEqual(failed, []);
    const [line] = written;
    assert.deepEqual([line!.actionId, line!.scene, line!.batch], [farewell.actionId, 'recap', true]);
    const usage = { input: 600, cacheWrite: 0, cacheRead: 0, output: 40 };
    assert.equal(line!.cost, costOf('claude-haiku-5-5', usage, { batch: true }));
    assert.equal(requested.find(({ batch }) => batch)!.promptHash, line!.promptHash);
  }
  await looking.stop();
  await house.stop();
});

it('what could not be asked for is given up, once, and costs nothing', async () => {
  api.always = { status: 400 };
  const { house, players, recaps, waiting } = await afterASession(api);
  const looking = recaps();
  for (const player of players) {
    const { failed } = await outcome(house, player);
    assert.deepEqual([failed[0]!.reason, failed[0]!.dialogue, failed[0]!.cost], ['rejected', undefined, 0]);
  }
  api.always = null;
  await looking.stop();
  assert.deepEqual(await waiting.underWay(), []);
  await house.stop();
});
