import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { talkOf } from '../domain/memory/keys.js';
import { aRecalled } from '../domain/memory/testing/recalled.js';
import type { NewEvent } from '../eventstore/log.js';
import { forgotten, minute, penta, said } from '../projections/memory/testing/told.js';
import { gameEvent, registered, stored } from '../projections/testing/stories.js';
import type { MemoryAsk } from './parts.js';
import { type Body, served } from './testing/served.js';

const asked: MemoryAsk[] = [];
const found = aRecalled({ score: 0.75, memoryId: 'found', count: 3 });
const foundTalk = aRecalled({
  ...{ score: 0.5, memoryId: 'talk', kind: 'talk', key: 'talk/x', facts: { what: 'talk' } },
  sealed: 'sealed:my cat is called Momo',
});
const { log, get, refusedWith } = served({
  async recalled(ask) {
    asked.push(ask);
    return ask.q === 'nothing' ? [] : [found, foundTalk];
  },
});

const english = (): NewEvent => {
  const event = registered();
  return { ...event, data: { ...(event.data as Body), lang: 'en' } };
};
const achieved = (name: string, at: string) => gameEvent('player.achievement', at, { name });
const first = penta(minute(1));
const told = said('my cat is called Momo', minute(3));
const textsOf = ({ items }: Body) => items.map(({ text }: Body) => text);
const idsOf = ({ items }: Body) => items.map(({ id }: Body) => id);

before(() => {
  log.tell('player-m', english(), first, penta(minute(2)), told, achieved('Hero', minute(4)));
});

describe('what a companion remembers', () => {
  test('the newest first, counted, with why it is kept; a talk in its own words', async () => {
    const { status, body } = await get('/players/m/memories');
    assert.equal(status, 200);
    assert.deepEqual(
      body.items.map(({ kind, count, at }: Body) => [kind, count, at]),
      [
        ['first', 1, minute(4)],
        ['talk', 1, minute(3)],
        ['first', 2, minute(2)],
      ],
    );
    const [, talk, pentas] = body.items;
    assert.match(talk.text, /my cat is called Momo of player-m/);
    assert.equal(talk.id, talkOf(told.id, 'm').id);
    assert.match(pentas.text, /Jinx/);
    assert.deepEqual([pentas.firstAt, pentas.lastAt], [minute(1), minute(2)]);
    assert.equal(pentas.sources[0], first.id);
    for (const { importance, parts, strength, because, felt } of body.items) {
      const sum = Object.values(parts as Record<string, number>).reduce((all, one) => all + one, 0);
      assert.ok(importance > 0.7 && Math.abs(Math.min(1, sum) - importance) < 1e-9);
      assert.ok(strength > 0 && strength <= importance);
      assert.ok(because.length > 0 && typeof felt.label === 'string');
    }
    for (const hidden of ['sealed', 'revisions', 'memoryId', 'key'])
      assert.ok(
        body.items.every((item: Body) => !(hidden in item)),
        hidden,
      );
  });

  test('page by page, each once; and one kind alone', async () => {
    const all = idsOf((await get('/players/m/memories')).body);
    const paged: string[] = [];
    for (let next: string | undefined = '0'; next !== undefined; ) {
      const { body }: Body = await get(`/players/m/memories?limit=1&from=${next}`);
      assert.equal(body.items.length, 1);
      paged.push(...idsOf(body));
      next = body.next;
    }
    assert.deepEqual(paged, all);
    assert.deepEqual((await get('/players/m/memories?from=99')).body, { items: [] });
    const { body } = await get('/players/m/memories?kind=first&limit=1');
    assert.deepEqual([idsOf(body), body.next], [[all[0]], '1']);
    assert.deepEqual((await get('/players/m/memories?kind=rivalry')).body, { items: [] });
  });

  test('as of a past moment: nothing of later, counted and as strong as it was then', async () => {
    const then = async (at: string) => (await get(`/players/m/memories?at=${at}`)).body;
    const { items } = await then(minute(1));
    assert.deepEqual(
      items.map(({ count, lastAt }: Body) => [count, lastAt]),
      [[1, minute(1)]],
    );
    assert.equal(items[0].strength, items[0].importance, 'it had just been lived');
    assert.deepEqual(await then(minute(0)), { items: [] });
    const later = (await then(minute(3))).items;
    assert.deepEqual(
      later.map(({ kind, count }: Body) => [kind, count]),
      [
        ['talk', 1],
        ['first', 2],
      ],
    );
    const year = new Date(Date.parse(minute(4)) + 365 * 86_400_000).toISOString();
    const old = (await then(year)).items;
    assert.ok(old.every(({ strength, importance }: Body) => strength < importance * 0.6));
  });

  test('a week is summed up when it is over, as of its last moment', async () => {
    const sunday = '2026-11-22T20:00:00.000Z';
    const deaths = [1, 2].map(() => gameEvent('player.death', sunday, {}));
    log.tell('player-w', english(), penta(sunday), ...deaths);
    const kinds = async (at: string) =>
      (await get(`/players/w/memories?at=${at}`)).body.items.map(({ kind }: Body) => kind);
    log.tell('player-w', penta('2026-11-24T20:00:00.000Z'));
    assert.ok(!(await kinds('2026-11-23T20:00:00.000Z')).includes('week'));
    assert.ok((await kinds('2026-11-24T20:00:00.000Z')).includes('week'));
  });

  test("what comes after a load of a save game is not remembered; a moment's own line of play is", async () => {
    const saved = gameEvent('player.save_loaded', minute(6), { savedAt: minute(1) });
    log.tell('player-s', english(), penta(minute(1)), penta(minute(2)), saved, penta(minute(7)));
    const counts = async (at: string) =>
      (await get(`/players/s/memories?at=${at}`)).body.items.map(({ count }: Body) => count);
    assert.deepEqual(await counts(minute(5)), [2]);
    assert.deepEqual(await counts(minute(6)), [1]);
    assert.deepEqual(await counts(minute(8)), [2]);
  });

  test('what is forgotten is gone, also from moments when it was remembered', async () => {
    const talk = said('I live in a lighthouse', minute(1));
    const { key, id } = talkOf(talk.id, 'f');
    log.tell('player-f', english(), talk, achieved('Keeper', minute(2)));
    assert.ok(idsOf((await get('/players/f/memories')).body).includes(id));
    log.tell('player-f', forgotten([key], [id], minute(3)));
    for (const query of ['', `?at=${minute(2)}`, '?kind=talk']) {
      const { body } = await get(`/players/f/memories${query}`);
      assert.ok(!JSON.stringify(body).includes('lighthouse') && !idsOf(body).includes(id), query);
    }
  });
});

describe('memories that are looked for', () => {
  test('come in the order in which they come to mind, with why', async () => {
    const { body } = await get(`/players/m/memories?q=%20my%20cat%20&limit=7&kind=talk&at=${minute(3)}`);
    assert.deepEqual(asked.at(-1), { playerId: 'm', q: 'my cat', limit: 7, kind: 'talk', at: minute(3) });
    assert.deepEqual(idsOf(body), ['found', 'talk']);
    const [one, talk] = body.items;
    assert.deepEqual([one.score, one.shares, one.scored], [0.75, found.shares, found.parts]);
    assert.equal(one.count, 3);
    assert.match(talk.text, /Momo of player-m/);
    assert.deepEqual((await get('/players/m/memories?q=nothing')).body, { items: [] });
  });

  test('are asked for of nobody else', async () => {
    const before = asked.length;
    await refusedWith('not_found', '/players/m/memories?q=cat', { as: 'stranger' });
    await refusedWith('not_found', '/players/m/memories?q=cat', { as: 'p1' });
    assert.equal(asked.length, before);
  });
});

describe('who may read', () => {
  test('the operator finds that something was told, not what; so does anybody once the key is gone', async () => {
    for (const query of ['?kind=talk', '?q=cat']) {
      const { body } = await get(`/players/m/memories${query}`, 'operator');
      const talk = body.items.at(-1);
      assert.equal(talk.sealed, true);
      assert.equal(talk.erased, undefined);
      assert.ok(talk.text.length > 0 && !JSON.stringify(body).includes('Momo'));
    }
    log.tell('player-e', english(), said('gone', minute(1)));
    const [talk] = (await get('/players/e/memories')).body.items;
    assert.deepEqual([talk.erased, talk.sealed], [true, undefined]);
    assert.ok(!talk.text.includes('gone'));
  });

  test('a player their own; what is of others is as if it were not there', async () => {
    log.tell('player-p0', achieved('Own', minute(60)));
    assert.match(textsOf((await get('/players/p0/memories', 'p0')).body)[0], /Own/);
    for (const as of ['stranger', 'p0', 'p1']) await refusedWith('not_found', '/players/m/memories', { as });
    await refusedWith('not_found', '/players/nobody/memories');
    await refusedWith('unauthorized', '/players/m/memories', { as: 'anyone' });
  });

  test('terms that cannot be are named', async () => {
    const wrong: [query: string, field: string][] = [
      ['at=yesterday', 'at'],
      ['at=2026-01-01', 'at'],
      ['kind=dream', 'kind'],
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
      ['from=-1', 'from'],
      ['from=later', 'from'],
      ['q=', 'q'],
      ['q=%20%20', 'q'],
      [`q=${'x'.repeat(501)}`, 'q'],
    ];
    for (const [query, field] of wrong)
      await refusedWith('bad_frame', `/players/m/memories?${query}`, { field });
  });

  test('in the language of the player now', async () => {
    log.tell('player-z', english(), penta(minute(1)));
    assert.match(textsOf((await get('/players/z/memories')).body)[0], /[a-z]{4}/);
    log.tell('player-z', stored('PersonaChosen', { lang: 'zh' }));
    assert.match(textsOf((await get('/players/z/memories')).body)[0], /[一-鿿]/);
  });
});
