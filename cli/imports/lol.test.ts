import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLol } from './lol.js';
import type { ImportedGameEvent, ImportedMatch } from './match.js';
import { reconcile } from './summary.js';
import { source } from './test-data.js';
import { lolSample } from './test-lol.js';

const read = (sample = lolSample()): ImportedMatch =>
  readLol([source('replay.json', sample.replay), source('meta_info.json', sample.meta)]);
const of = (match: ImportedMatch, player: number, type: string) =>
  match.players[player]!.events.filter(
    (event): event is ImportedGameEvent => event.kind !== 'chat' && event.type === type,
  );

test('a match becomes events of its ten players at the times of the game', () => {
  const match = read();
  assert.equal(match.matchId, 'lol-rookies-day1-match2');
  assert.equal(match.startedAt, '2019-11-19T20:00:00.000Z');
  assert.equal(match.durationMs, 600_000);
  assert.deepEqual(
    match.players.map((player) => player.externalId),
    [...[0, 1, 2, 3, 4].map((i) => `rookies-${i}`), ...[5, 6, 7, 8, 9].map((i) => `rookies-bots-${i}`)],
  );
  const [kill] = of(match, 0, 'player.kill');
  assert.equal(kill!.at, '2019-11-19T20:01:40.500Z');
  assert.deepEqual(kill!.data, { hero: 'Jax', victim: 'Garen' });
  assert.deepEqual(kill!.context, { playerLevel: 2 });
  assert.equal(of(match, 9, 'match.start')[0]!.data.hero, 'champion-9999');
});

test('killerId 0 is player 0 only where their own times say so, else a death without a killer', () => {
  const match = read();
  assert.equal(of(match, 0, 'player.kill').length, 2);
  assert.deepEqual(of(match, 8, 'player.death')[0]!.data, { hero: 'Tristana', killerKind: 'none' });
  assert.deepEqual(of(match, 0, 'player.death')[0]!.data, {
    hero: 'Jax',
    killer: 'Wukong',
    killerKind: 'player',
  });
  assert.ok(match.notes.some((note) => note.includes('1 deaths without a killer')));
});

test('kills within ten seconds are a multi-kill beside the kills, at its last one', () => {
  const match = read();
  const [multi, ...more] = of(match, 0, 'player.multi_kill');
  assert.equal(more.length, 0);
  assert.equal(multi!.data.killCount, 2);
  assert.equal(multi!.at, of(match, 0, 'player.kill')[1]!.at);
  assert.equal(of(match, 0, 'player.first_blood').length, 1);
});

test('a tower that minions took is no objective of player 0', () => {
  const match = read();
  assert.equal(of(match, 0, 'player.objective').filter((event) => event.data.role === 'killer').length, 1);
  assert.deepEqual(
    of(match, 7, 'player.objective').map((event) => event.data.role),
    ['assist'],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((i) => of(match, i, 'player.objective').at(-1)!.data.role),
    ['team', 'team', 'team', 'team', 'killer'],
  );
});

test('the moments follow the source that agrees with the end statistics', () => {
  const sample = lolSample();
  // A kill more than the statistics count in the times; the event list has it right.
  sample.replay.player_7.killTimes = [250, 300];
  // Neither source holds the second death: it is still counted, marked.
  sample.replay.player_5.stats.deaths = 2;
  const match = read(sample);
  assert.deepEqual(
    of(match, 7, 'player.kill').map((event) => event.at),
    ['2019-11-19T20:05:00.000Z'],
  );
  assert.deepEqual(
    of(match, 5, 'player.death').map((event) => event.data.inferred),
    [undefined, true],
  );
  assert.ok(match.players.every((player) => reconcile(player).agrees));
  assert.ok(match.skipped.some((one) => one.what === 'kill of player 7' && one.count === 1));
  assert.ok(match.notes.some((note) => note.includes('marked inferred')));
});

test('two kills at the very same moment are two', () => {
  const sample = lolSample();
  sample.replay.events[2].timestamp = 100.5;
  sample.replay.player_0.killTimes = [100.5, 100.5];
  sample.replay.player_6.deathTimes = [100.5];
  assert.deepEqual(
    of(read(sample), 0, 'player.kill').map((event) => event.data.victim),
    ['Garen', 'Ryze'],
  );
});

test('levels stand at the minute that shows them, none after the end', () => {
  assert.deepEqual(
    of(read(), 3, 'player.level_up').map((event) => [event.at, event.data.level]),
    [
      ['2019-11-19T20:01:00.000Z', 2],
      ['2019-11-19T20:02:00.000Z', 4],
      ['2019-11-19T20:10:00.000Z', 5],
    ],
  );
});

test('the result names the best of each team', () => {
  const match = read();
  const [victory] = of(match, 0, 'player.victory');
  assert.deepEqual(
    [victory!.data.killCount, victory!.data.deathCount, victory!.data.assistCount, victory!.data.mvp],
    [2, 1, 0, true],
  );
  assert.equal(of(match, 7, 'player.defeat')[0]!.data.mvp, true);
  assert.equal(of(match, 1, 'player.victory')[0]!.data.mvp, false);
});

test('event types that are not used are told with their number', () => {
  assert.deepEqual(read().skipped, [
    { what: 'ITEM_PURCHASED', count: 1, why: 'shopping is nothing to feel about' },
  ]);
});

test('a missing meta_info.json is named', () => {
  assert.throws(
    () => readLol([source('replay.json', lolSample().replay)]),
    /replay\.json: has no meta_info\.json beside it/,
  );
});
