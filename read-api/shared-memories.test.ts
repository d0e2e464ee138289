import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configured, gameCreated, pentakill, seated, sharing } from '../projections/memory/testing/games.js';
import { stored } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get } = served();

test('memories are told with their game; those that another game shares, without what is an id over there', async () => {
  const told = { at: '2026-11-20T11:00:00.000Z', text: 'sealed:cat', lang: 'en', tells: true };
  for (const game of ['here', 'there']) {
    log.tell(`game-${game}`, gameCreated(sharing));
    log.tell(`player-in-${game}`, seated({ gameId: game, person: 'ann' }));
  }
  const lived = log.tell(
    'player-in-there',
    pentakill('2026-11-20T10:00:00.000Z', 'Jinx'),
    stored('ChatMessageReceived', told),
  );
  log.tell('player-in-here', pentakill('2026-11-20T12:00:00.000Z', 'Lux'));
  const { status, body } = await get('/players/in-here/memories');
  assert.equal(status, 200);
  assert.deepEqual(
    body.items.map(({ gameId, text }: Body) => `${gameId}: ${text}`),
    [
      'here: For the first time, you got a five-kill streak as Lux.',
      'there: You told me: "sealed:cat of player-in-there".',
      'there: For the first time, you got a five-kill streak as Jinx.',
    ],
  );
  const elsewhere = JSON.stringify(body.items.slice(1));
  for (const id of ['match of', 'elsewhere', ...lived.map((event) => event.id)])
    assert.ok(!elsewhere.includes(id), id);
  assert.equal((await get('/players/in-here/memories', 'stranger')).status, 418);
  const operators = await get('/players/in-here/memories', 'operator');
  assert.deepEqual(
    [operators.body.items[1].text, operators.body.items[1].sealed],
    ['You told me something.', true],
  );
  log.tell('game-there', configured({}));
  const alone = await get('/players/in-here/memories');
  assert.deepEqual(
    alone.body.items.map(({ gameId }: Body) => gameId),
    ['here'],
  );
});

test('the diary is of the own game alone', async () => {
  log.tell('game-there', configured(sharing));
  const { items } = (await get('/players/in-here/diary')).body;
  assert.equal(items.flatMap(({ entries }: Body) => entries).length, 1);
});
