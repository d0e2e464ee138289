import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { acted, CLIENT, GAME, gameEvent, registered, stored } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get, refusedWith } = served();

describe('a player', () => {
  test('is opened for those whose it is, not for the operator', async () => {
    const own = { id: 'p0', gameId: GAME, clientId: CLIENT, persona: 'cool', lang: 'zh' };
    const names = { externalId: 'sealed:abc of player-p0', displayName: 'sealed:def of player-p0' };
    assert.deepEqual((await get('/players/p0')).body, { ...own, ...names });
    assert.deepEqual((await get('/players/p0', 'p0')).body, { ...own, ...names });
    assert.deepEqual((await get('/players/p0', 'operator')).body, own);
  });

  test('whose key is gone has no name any more', async () => {
    const data = { clientId: CLIENT, gameId: GAME, externalId: 'sealed:gone', persona: 'cute', lang: 'en' };
    log.tell('player-erased', stored('PlayerRegistered', data));
    const { body } = await get('/players/erased');
    assert.deepEqual(body, { id: 'erased', gameId: GAME, clientId: CLIENT, persona: 'cute', lang: 'en' });
  });

  test('of somebody else is as if it were not there, on every path', async () => {
    for (const tail of ['', '/timeline', '/emotion', '/emotions', '/actions']) {
      await refusedWith('not_found', `/players/p0${tail}`, { as: 'stranger' });
      await refusedWith('not_found', `/players/p0${tail}`, { as: 'p1' });
      await refusedWith('not_found', `/players/nobody${tail}`);
      assert.equal((await get(`/players/p0${tail}`, 'p0')).status, 200);
      await refusedWith('unauthorized', `/players/p0${tail}`, { as: 'anyone' });
    }
  });

  test('that was registered or changed just now is found at once', async () => {
    for (let index = 0; index < 5; index++) {
      log.tell(`player-new${index}`, registered());
      assert.equal((await get(`/players/new${index}`)).status, 200);
      log.tell(`player-new${index}`, stored('PersonaChosen', { lang: 'en' }));
      assert.equal((await get(`/players/new${index}`)).body.lang, 'en');
    }
  });
});

describe('a history', () => {
  test('timeline: every event once, oldest first, over pages', async () => {
    const seen: Body[] = [];
    let path = '/players/p0/timeline?limit=7';
    for (let pages = 0; path && pages < 10; pages++) {
      const { body } = await get(path);
      seen.push(...body.items);
      path = body.next ? `/players/p0/timeline?limit=7&from=${encodeURIComponent(body.next)}` : '';
    }
    const told = log.events.filter(
      (event) => event.stream === 'player-p0' && event.type === 'GameEventRecorded',
    );
    assert.deepEqual(
      seen.map(({ id }) => id),
      told.map(({ id }) => id),
    );
    const [first] = told;
    const { type, data, context } = first!.data as Body;
    assert.deepEqual(seen[0], {
      id: first!.id,
      type,
      at: '2026-11-20T10:00:00.000Z',
      recordedAt: '2026-11-20T10:00:00.000Z',
      position: `${first!.position}:${first!.revision}`,
      data,
      context,
    });
  });

  test('an event told late takes its place in time; events of one instant keep their order', async () => {
    log.tell('player-late', registered());
    const times = [
      '2026-01-01T00:00:02Z',
      '2026-01-01T00:00:01Z',
      '2026-01-01T00:00:01Z',
      '2020-05-05T00:00:00Z',
    ];
    const events = times.map((at) => gameEvent('player.kill', at));
    for (const event of events) log.tell('player-late', event);
    const first = await get('/players/late/timeline?limit=2');
    const second = await get(`/players/late/timeline?from=${first.body.next}`);
    const ids = [...first.body.items, ...second.body.items].map(({ id }: Body) => id);
    assert.deepEqual(
      ids,
      [3, 1, 2, 0].map((index) => events[index]!.id),
    );
  });

  test('at, to and from choose by time, inclusive', async () => {
    const times = async (query: string) =>
      (await get(`/players/p0/timeline?${query}`)).body.items.map(({ at }: Body) => at.slice(17, 19));
    assert.deepEqual(await times('at=2026-11-20T10:00:04Z'), ['00', '02', '04']);
    assert.deepEqual(await times('from=2026-11-20T10:00:02Z&to=2026-11-20T10:00:04Z'), ['02', '04']);
    assert.deepEqual(await times('from=2026-11-20T18:00:02%2B08:00&at=2026-11-20T10:00:02Z'), ['02']);
    assert.deepEqual(await times('at=2001-01-01T00:00:00Z'), []);
  });

  test('emotion: the latest felt up to that time; before the first event, how everybody begins', async () => {
    const { body } = await get('/players/p0/emotions');
    assert.equal(body.items.length, 20);
    assert.deepEqual((await get('/players/p0/emotion')).body, body.items.at(-1));
    assert.deepEqual((await get('/players/p0/emotion?at=2026-11-20T10:00:05Z')).body, body.items[2]);
    const before = (await get('/players/p0/emotion?at=2020-01-01T00:00:00Z')).body;
    assert.equal(before.at, '2020-01-01T00:00:00.000Z');
    assert.equal(before.source, 'carried');
    assert.equal(before.eventId, undefined);
    const ids = (await get('/players/p0/timeline')).body.items.map(({ id }: Body) => id);
    assert.deepEqual(
      body.items.map(({ eventId }: Body) => eventId),
      ids,
    );
  });

  test('findings: the patterns of a span, with their ends', async () => {
    const deaths = [0, 20, 40].map((at) =>
      gameEvent('player.death', `2026-03-01T10:00:${`${at}`.padStart(2, '0')}Z`, {}),
    );
    log.tell(
      'player-tilted',
      registered(),
      ...deaths,
      gameEvent('player.victory', '2026-03-02T10:00:00Z', {}),
    );
    const items = async (query = '') => (await get(`/players/tilted/findings${query}`)).body.items;
    const tilt = { pattern: 'tilt', from: '2026-03-01T10:00:00.000Z', until: '2026-03-01T10:05:40.000Z' };
    assert.deepEqual(await items(), [tilt]);
    assert.deepEqual(await items('?from=2026-03-02T00:00:00Z'), []);
    assert.deepEqual(await items('?to=2026-03-01T10:00:00Z'), [tilt]);
    await refusedWith('bad_frame', '/players/tilted/findings?from=yesterday', { field: 'from' });
    await refusedWith('not_found', '/players/tilted/findings', { as: 'stranger' });
  });

  test('emotion: of a player not seen for years', async () => {
    log.tell('player-old', registered(), gameEvent('player.victory', '2012-01-01T00:00:00Z'));
    assert.equal((await get('/players/old/emotion')).body.at, '2012-01-01T00:00:00.000Z');
  });

  test('actions: what was said and why, over pages', async () => {
    const { body } = await get('/players/p1/actions?limit=1');
    assert.equal(body.items.length, 1);
    const action = log.events.find(
      (event) => event.stream === 'player-p1' && event.type === 'CompanionActed',
    )!;
    const { actionId, causedBy, emotion, action: gesture, occasion, dialogue } = action.data as Body;
    assert.deepEqual(body.items[0], {
      id: actionId,
      actionId,
      playerId: 'p1',
      causedBy,
      at: '2026-11-20T10:00:05.000Z',
      recordedAt: '2026-11-20T10:00:00.000Z',
      position: `${action.position}:${action.revision}`,
      emotion,
      action: gesture,
      occasion,
      dialogue,
    });
    const rest = await get(`/players/p1/actions?from=${body.next}`);
    assert.equal(rest.body.items.length, 3);
    const silent = acted('x', '2026-11-20T12:00:00Z');
    delete (silent.data as Body).dialogue;
    log.tell('player-p1', silent);
    assert.equal('dialogue' in (await get('/players/p1/actions')).body.items.at(-1), false);
  });
});
