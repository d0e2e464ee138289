import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsgo } from './csgo.js';
import type { ImportedGameEvent, ImportedMatch } from './match.js';
import { reconcile } from './summary.js';
import { csgoSample } from './test-csgo.js';
import { source } from './test-data.js';

const read = (sample: unknown = csgoSample()) => readCsgo([source('match.json', sample)]);
const of = (match: ImportedMatch, id: string, type: string) =>
  match.players
    .find((player) => player.externalId === id)!
    .events.filter((event): event is ImportedGameEvent => event.kind !== 'chat' && event.type === type);
const second = (event: ImportedGameEvent, match: ImportedMatch) =>
  (Date.parse(event.at) - Date.parse(match.startedAt)) / 1000;

test('kills, deaths and assists are the sums over the rounds', () => {
  const match = read();
  assert.deepEqual(
    match.players.map((player) => [player.displayName, player.endStats]),
    [
      ['ann', { kills: 4, deaths: 1, assists: 0 }],
      ['bob', { kills: 1, deaths: 0, assists: 1 }],
      ['cid', { kills: 1, deaths: 2, assists: 0 }],
      ['dan', { kills: 0, deaths: 3, assists: 0 }],
    ],
  );
  assert.ok(match.players.every((player) => reconcile(player).agrees));
});

test('teams are those of the last round, and told apart when they have one name', () => {
  const match = read();
  assert.deepEqual(
    match.players.map((player) => [player.externalId, player.team, player.result]),
    [
      ['A', 'same (2)', 'defeat'],
      ['B', 'same (2)', 'defeat'],
      ['C', 'same (1)', 'victory'],
      ['D', 'same (1)', 'victory'],
    ],
  );
});

test('an even score is a draw: the match ends without victory or defeat', () => {
  const sample = csgoSample();
  sample.team1.score = 1;
  const match = read(sample);
  assert.equal(match.players[0]!.result, 'draw');
  assert.equal(of(match, 'A', 'player.victory').length + of(match, 'A', 'player.defeat').length, 0);
  assert.equal(of(match, 'A', 'match.end')[0]!.data.result, 'draw');
});

test('moments lie inside the live part of their round, evenly and always the same', () => {
  const match = read();
  assert.deepEqual(
    of(match, 'A', 'player.kill').map((event) => [second(event, match).toFixed(1), event.context.round]),
    [
      ['41.7', 1],
      ['68.3', 1],
      ['253.3', 3],
      ['291.7', 3],
    ],
  );
  assert.equal(second(of(match, 'A', 'player.objective')[0]!, match), 63);
  assert.deepEqual(
    of(match, 'B', 'player.damage_taken').map((event) => event.data.damage),
    [0.6],
  );
  assert.equal(of(match, 'B', 'player.assist')[0]!.at, of(match, 'A', 'player.kill')[0]!.at);
  assert.deepEqual(read(), match);
});

test('a kill of a team-mate is marked, a victim without a counted death and a death without a kill are said', () => {
  const match = read();
  assert.equal(of(match, 'B', 'player.kill')[0]!.data.teamKill, true);
  assert.equal(of(match, 'A', 'player.death')[0]!.data.killer, 'B');
  assert.equal(of(match, 'B', 'player.death').length, 0);
  assert.deepEqual(
    match.skipped.map((one) => [one.what, one.count]),
    [['death', 1]],
  );
  const unnamed = of(match, 'D', 'player.death').filter((event) => event.data.killerKind === 'none');
  assert.equal(unnamed.length, 1);
  assert.equal(unnamed[0]!.data.inferred, true);
});

test('first blood is the first kill of the match; three kills in a round are a multi-kill, two are not', () => {
  const sample = csgoSample();
  assert.equal(of(read(sample), 'A', 'player.multi_kill').length, 0);
  sample.rounds[0].team1.players.A.kills.push({ ...sample.rounds[0].team1.players.A.kills[1], victim: 'E' });
  sample.players.E = 'eve';
  sample.rounds[0].team2.players.E = { ...sample.rounds[0].team2.players.D };
  const match = read(sample);
  assert.deepEqual(
    of(match, 'A', 'player.multi_kill').map((event) => event.data.killCount),
    [3],
  );
  assert.equal(of(match, 'A', 'player.first_blood').length, 1);
  assert.equal(
    match.players.flatMap((player) => of(match, player.externalId, 'player.first_blood')).length,
    1,
  );
});

test('times in seconds are seconds', () => {
  const sample = csgoSample();
  sample.starttime /= 1000;
  for (const round of sample.rounds) round.timestamp /= 1000;
  const match = read(sample);
  assert.equal(match.startedAt, '2017-07-14T02:40:00.000Z');
  assert.equal(match.durationMs, 6 * 60_000);
  assert.equal(match.matchId, read().matchId);
});

test('whoever is named but never played is no player', () => {
  const sample = csgoSample();
  sample.players.Z = 'zoe';
  assert.deepEqual(
    read(sample).players.map((player) => player.externalId),
    ['A', 'B', 'C', 'D'],
  );
  assert.ok(read(sample).skipped.some((one) => one.what === 'Z'));
});

test('a match without rounds, or with a time of no century, is refused', () => {
  assert.throws(() => read({ ...csgoSample(), rounds: [] }), /match\.json: rounds is empty/);
  assert.throws(() => read({ ...csgoSample(), starttime: 12 }), /match\.json: starttime is 12, not a time/);
});
