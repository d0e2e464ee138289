import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { talkOf } from '../domain/memory/keys.js';
import type { NewEvent } from '../eventstore/log.js';
import { forgotten, penta, said } from '../projections/memory/testing/told.js';
import { gameEvent, registered } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get, refusedWith } = served();

const on = (day: string, time = '10:00') => `2026-11-${day}T${time}:00.000Z`;
const english = (): NewEvent => {
  const event = registered();
  return { ...event, data: { ...(event.data as Body), lang: 'en' } };
};
const told = said('my cat is called Momo', on('21', '23:59'));
const daysOf = ({ items }: Body) => items.map(({ day }: Body) => day);

before(() => {
  const achieved = gameEvent('player.achievement', on('22', '00:00'), { name: 'Hero' });
  log.tell('player-d', english(), penta(on('21')), penta(on('21', '11:00')), told, achieved);
  log.tell('player-d', penta(on('24')));
});

describe("a companion's diary", () => {
  test('day by day, the oldest first, each occurrence by itself and why it is kept', async () => {
    const { status, body } = await get('/players/d/diary');
    assert.equal(status, 200);
    assert.deepEqual(
      body.items.map(({ day, entries }: Body) => [day, entries.map(({ at }: Body) => at)]),
      [
        ['2026-11-21', [on('21'), on('21', '11:00'), on('21', '23:59')]],
        // A Sunday: the week is over.
        ['2026-11-22', [on('22', '00:00'), on('22', '00:00')]],
        ['2026-11-24', [on('24')]],
      ],
    );
    const entries = body.items.flatMap((item: Body) => item.entries);
    for (const { id, text, because, importance, parts, felt } of entries) {
      assert.ok(id && text && because.length > 0 && importance > 0.7);
      assert.ok(Object.keys(parts).length > 0 && felt.label);
    }
    assert.match(entries[2].text, /Momo of player-d/);
    assert.equal(entries[2].id, talkOf(told.id, 'd').id);
    assert.ok(!('sealed' in entries[2]));
  });

  test('between two days, both inclusive, and page by page', async () => {
    const asked = async (query: string) => daysOf((await get(`/players/d/diary?${query}`)).body);
    assert.deepEqual(await asked('from=2026-11-22'), ['2026-11-22', '2026-11-24']);
    assert.deepEqual(await asked('to=2026-11-22'), ['2026-11-21', '2026-11-22']);
    assert.deepEqual(await asked('from=2026-11-22&to=2026-11-23'), ['2026-11-22']);
    assert.deepEqual(await asked(`from=${on('24', '23:00')}`), ['2026-11-24'], 'a time is its day');
    const paged: string[] = [];
    for (let query = 'limit=1'; query !== ''; ) {
      const { body } = await get(`/players/d/diary?${query}`);
      paged.push(...daysOf(body));
      query = body.next ? `limit=1&from=${body.next}` : '';
    }
    assert.deepEqual(paged, ['2026-11-21', '2026-11-22', '2026-11-24']);
  });

  test('has nothing of what was undone by a save game, nor of what is forgotten', async () => {
    const undone = gameEvent('player.save_loaded', on('23'), { savedAt: on('21', '10:30') });
    const talk = said('I live in a lighthouse', on('25'));
    log.tell('player-u', english(), penta(on('21')), penta(on('22')), undone, talk);
    assert.deepEqual(daysOf((await get('/players/u/diary')).body), ['2026-11-21', '2026-11-25']);
    const { key, id } = talkOf(talk.id, 'u');
    log.tell('player-u', forgotten([key], [id], on('26')));
    const { body } = await get('/players/u/diary');
    assert.deepEqual(daysOf(body), ['2026-11-21']);
    assert.ok(!JSON.stringify(body).includes('lighthouse'));
  });

  test('is sealed for the operator, and when the key is gone', async () => {
    const { body } = await get('/players/d/diary?to=2026-11-21', 'operator');
    const talk = body.items[0].entries[2];
    assert.equal(talk.sealed, true);
    assert.ok(talk.text && !JSON.stringify(body).includes('Momo'));
    log.tell('player-e', english(), said('gone', on('21')));
    const [day] = (await get('/players/e/diary')).body.items;
    assert.equal(day.entries[0].erased, true);
  });

  test('is of nobody else', async () => {
    for (const as of ['stranger', 'p0', 'p1']) await refusedWith('not_found', '/players/d/diary', { as });
    await refusedWith('not_found', '/players/nobody/diary');
    await refusedWith('unauthorized', '/players/d/diary', { as: 'anyone' });
    assert.equal((await get('/players/p0/diary', 'p0')).status, 200);
  });

  test('terms that cannot be are named', async () => {
    const wrong: [query: string, field: string][] = [
      ['from=yesterday', 'from'],
      ['to=2026-02-30', 'to'],
      ['limit=0', 'limit'],
      ['limit=many', 'limit'],
    ];
    for (const [query, field] of wrong)
      await refusedWith('bad_frame', `/players/d/diary?${query}`, { field });
  });
});
