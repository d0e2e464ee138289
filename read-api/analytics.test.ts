import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CLIENT, COST, GAME, gameEvent, MODEL, registered, stored } from '../projections/testing/stories.js';
import { type Body, served } from './testing/served.js';

const { log, get, refusedWith } = served();

const questions = ['overview', 'emotions', 'engagement', 'dialogue', 'cost'];
const november = 'from=2026-11-19&to=2026-11-21';
const DAY_MS = 24 * 3_600_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const sum = (items: Body[], field: string) => items.reduce((total, item) => total + item[field], 0);

describe('whose figures', () => {
  test('those of a game for its client and the operator; to others it is not there', async () => {
    for (const question of questions) {
      const path = `/analytics/${question}?gameId=${GAME}&${november}`;
      const { status, body } = await get(path);
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual([body.from, body.to], ['2026-11-19', '2026-11-21']);
      assert.deepEqual((await get(path, 'operator')).body, body);
      await refusedWith('not_found', path, { as: 'stranger' });
      await refusedWith('not_found', `/analytics/${question}?gameId=nothing`);
      await refusedWith('forbidden', path, { as: 'p0' });
      await refusedWith('forbidden', `/analytics/${question}`, { as: 'p0' });
      await refusedWith('unauthorized', path, { as: 'anyone' });
    }
  });

  test('without a game, of all games of the client; the operator sees those of all', async () => {
    const at = '2026-03-03T10:00:00Z';
    const of = (clientId: string, gameId: string) => {
      const event = gameEvent('player.kill', at);
      return { ...event, metadata: { ...event.metadata, clientId, gameId } };
    };
    log.tell('game-g2', stored('GameCreated', { clientId: CLIENT, name: 'Second', config: {} }));
    log.tell('player-own', of(CLIENT, GAME));
    log.tell('player-second', of(CLIENT, 'g2'));
    log.tell('player-foreign', of('c2', 'g3'));
    const players = async (as: string, game = '') =>
      (await get(`/analytics/overview?from=2026-03-03&to=2026-03-03${game}`, as)).body.players;
    assert.equal(await players('owner', '&gameId=g2'), 1);
    assert.equal(await players('owner'), 2);
    assert.equal(await players('stranger'), 1);
    assert.equal(await players('operator'), 3);
  });

  test('experiments are not asked for yet: there is no such question', async () => {
    assert.equal((await get('/analytics/experiments')).status, 404);
  });
});

describe('which days', () => {
  test('the last thirty, when nothing is said', async () => {
    for (const question of questions) {
      const [before, { body }, after] = [daysAgo(0), await get(`/analytics/${question}`), daysAgo(0)];
      assert.ok(body.to === before || body.to === after);
      assert.equal(Date.parse(body.to) - Date.parse(body.from), 29 * DAY_MS);
    }
    const { body } = await get('/analytics/engagement?to=2024-03-01');
    assert.deepEqual([body.from, body.days.length], ['2024-02-01', 30]);
  });

  test('a time stands for its day in UTC', async () => {
    const days = 'from=2026-11-20T01:00:00%2B02:00&to=2026-11-20T23:59:59Z';
    const { body } = await get(`/analytics/engagement?${days}`);
    assert.deepEqual(
      body.days.map(({ day }: Body) => day),
      ['2026-11-19', '2026-11-20'],
    );
  });

  test('what is no range is refused by its name', async () => {
    const wrong: [terms: string, field: string][] = [
      ['from=yesterday', 'from'],
      ['from=2026-02-30', 'from'],
      ['from=2026-11-20T10:00:00', 'from'],
      ['to=', 'to'],
      ['to=20261120', 'to'],
      ['to=10000-01-01', 'to'],
      ['from=2026-11-21&to=2026-11-20', 'from'],
      ['from=2025-01-01&to=2026-02-05', 'from'],
      ['from=2026-01-01&from=2026-01-02', 'from'],
      ['gameId=a%20b', 'gameId'],
    ];
    for (const question of questions)
      for (const [terms, field] of wrong)
        await refusedWith('bad_frame', `/analytics/${question}?${terms}`, { field });
    assert.equal((await get('/analytics/cost?from=2025-01-01&to=2026-02-04')).body.days.length, 400);
  });
});

describe('figures', () => {
  test('of a game in which nothing has happened are nothing', async () => {
    log.tell('game-empty', stored('GameCreated', { clientId: CLIENT, name: 'Empty', config: {} }));
    const days = { from: '2026-11-20', to: '2026-11-20' };
    const of = async (question: string) =>
      (await get(`/analytics/${question}?gameId=empty&from=2026-11-20&to=2026-11-20`)).body;
    const { quota, ...overview } = await of('overview');
    assert.equal(quota.limit, 10_000);
    assert.deepEqual(overview, {
      ...days,
      ...{ players: 0, sessions: 0, events: 0, actions: 0, spoken: 0, dau: 0 },
      retention: { d1: null, d7: null, d30: null },
      topEmotions: [],
    });
    assert.deepEqual(await of('emotions'), { ...days, felt: 0, hours: [], labels: [] });
    const none = { day: '2026-11-20', active: 0, new: 0, events: 0, sessions: 0, minutes: 0 };
    assert.deepEqual(await of('engagement'), { ...days, days: [none], retention: [] });
    assert.deepEqual(await of('dialogue'), {
      ...days,
      ...{ total: 0, silent: 0, repetition: null, feedback: { likes: 0, dislikes: 0, mutes: 0 } },
      ...{ share: { template: null, llm: null, cache: null }, failures: [] },
      ...{ bySource: [], byPersona: [], byLang: [], templates: [] },
    });
    const free = {
      ...{ lines: 0, calls: 0, inputTokens: 0, cacheWriteTokens: 0, cacheReadTokens: 0, outputTokens: 0 },
      usd: 0,
    };
    const { forecast, ...cost } = await of('cost');
    assert.deepEqual(cost, {
      ...days,
      ...{ lines: 0, usd: 0, perLine: null, days: [{ day: '2026-11-20', ...free }] },
      ...{ bySource: [], byGame: [], byScene: [], byModel: [], players: [] },
      playerDays: { count: 0, meanUsd: null, p99Usd: null },
    });
    assert.deepEqual([forecast.spentUsd, forecast.perDayUsd, forecast.usd], [0, null, 0]);
  });

  test('of a play agree with each other and with the log', async () => {
    const of = async (question: string) =>
      (await get(`/analytics/${question}?gameId=${GAME}&${november}`)).body;
    const overview = await of('overview');
    const { retention: _, topEmotions, quota: __, ...counted } = overview;
    assert.deepEqual(counted, {
      ...{ from: '2026-11-19', to: '2026-11-21', players: 2, sessions: 2, events: 40 },
      ...{ actions: 8, spoken: 8, dau: 0.6667 },
    });

    const emotions = await of('emotions');
    assert.equal(emotions.felt, 40);
    assert.equal(sum(emotions.hours, 'felt'), 40);
    assert.equal(sum(emotions.labels, 'felt'), 40);
    assert.ok(Math.abs(sum(emotions.labels, 'share') - 1) < 0.001);
    const top = emotions.labels.slice(0, 5);
    assert.deepEqual(
      topEmotions,
      top.map(({ label, felt, share }: Body) => ({ label, felt, share })),
    );

    const engagement = await of('engagement');
    assert.deepEqual(engagement.days, [
      { day: '2026-11-19', active: 0, new: 0, events: 0, sessions: 0, minutes: 0 },
      { day: '2026-11-20', active: 2, new: 2, events: 40, sessions: 2, minutes: 1.3 },
      { day: '2026-11-21', active: 0, new: 0, events: 0, sessions: 0, minutes: 0 },
    ]);
    assert.deepEqual(
      engagement.retention.map(({ cohort, size }: Body) => [cohort, size]),
      [['2026-11-20', 2]],
    );

    const dialogue = await of('dialogue');
    assert.deepEqual([dialogue.total, dialogue.silent, dialogue.repetition], [8, 0, 0.5]);
    assert.deepEqual(dialogue.feedback, { likes: 4, dislikes: 0, mutes: 0 });
    for (const by of ['bySource', 'byPersona', 'byLang']) {
      assert.equal(sum(dialogue[by], 'said'), 8, by);
      assert.equal(sum(dialogue[by], 'likes'), 4, by);
    }
    assert.equal(sum(dialogue.templates, 'said'), 7, 'and one that was written');
    assert.deepEqual(dialogue.share, { template: 0.875, llm: 0.125, cache: 0 });
    assert.deepEqual(dialogue.failures, [{ reason: 'wrong_language', lines: 1 }]);
    assert.deepEqual(
      dialogue.byPersona.map(({ persona }: Body) => persona),
      ['cheerful', 'cool'],
    );
    const cost = await of('cost');
    const usd = (2 * COST) / 1e9;
    assert.deepEqual([cost.lines, cost.usd, cost.perLine], [8, usd, usd / 8]);
    for (const by of ['days', 'byGame', 'bySource']) assert.equal(sum(cost[by], 'lines'), 8, by);
    for (const by of ['days', 'byGame', 'bySource', 'byScene', 'byModel', 'players'])
      assert.equal(sum(cost[by], 'usd'), usd, by);
    assert.deepEqual(cost.players, [{ playerId: 'p1', lines: 4, calls: 2, usd }]);
    assert.equal(cost.byModel[0].model, MODEL);
    assert.deepEqual([cost.byScene[0].scene, cost.byScene[0].lines], ['first_ever', 2]);
    assert.deepEqual(cost.playerDays, { count: 2, meanUsd: usd / 2, p99Usd: usd });
    assert.deepEqual(Object.keys(cost.forecast), ['month', 'spentUsd', 'perDayUsd', 'daysLeft', 'usd']);
  });

  test('know who comes back, and who cannot have yet', async () => {
    const [then, next] = [daysAgo(5), daysAgo(4)];
    const plays = (day: string) => gameEvent('player.kill', `${day}T12:00:00Z`);
    log.tell('game-back', stored('GameCreated', { clientId: CLIENT, name: 'Back', config: {} }));
    const of = (event: ReturnType<typeof stored>) => ({
      ...event,
      metadata: { ...event.metadata, gameId: 'back' },
    });
    log.tell('player-back', of(registered()), of(plays(then)), of(plays(next)));
    log.tell('player-gone', of(registered()), of(plays(then)));
    log.tell('player-fresh', of(registered()), of(plays(daysAgo(0))));
    const terms = `gameId=back&from=${then}&to=${daysAgo(0)}`;
    const { body } = await get(`/analytics/overview?${terms}`);
    assert.deepEqual(body.retention, { d1: 0.5, d7: null, d30: null });
    const { retention } = (await get(`/analytics/engagement?${terms}`)).body;
    assert.deepEqual(retention[0], { cohort: then, size: 2, d1: 1, d7: null, d30: null });
    assert.equal(retention[1].d1, null);
  });

  test('the quota counts what the client sent this month, of all its games', async () => {
    const sent = (gameId: string) => {
      const event = gameEvent('player.kill', '2026-01-01T00:00:00Z');
      return { ...event, metadata: { ...event.metadata, gameId, recordedAt: new Date().toISOString() } };
    };
    const used = async (as: string, game = '') => (await get(`/analytics/overview${game}`, as)).body.quota;
    const [before, foreign] = [(await used('owner')).used, await used('stranger')];
    log.tell('player-p0', sent(GAME), sent('g2'));
    assert.deepEqual(await used('owner', `?gameId=${GAME}`), { limit: 10_000, used: before + 2 });
    assert.deepEqual(await used('stranger'), foreign);
    assert.deepEqual(await used('operator'), { used: before + 2 + foreign.used });
  });
});
