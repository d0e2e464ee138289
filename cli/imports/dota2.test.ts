import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDota2 } from './dota2.js';
import type { ImportedGameEvent, ImportedMatch } from './match.js';
import { reconcile } from './summary.js';
import { source } from './test-data.js';
import { dotaSample } from './test-dota2.js';

const read = (sample: unknown = dotaSample()) => readDota2([source('dota.json', sample)]);
const of = (match: ImportedMatch, slot: number, type: string) =>
  match.players[slot]!.events.filter(
    (event): event is ImportedGameEvent => event.kind !== 'chat' && event.type === type,
  );
const second = (event: { at: string }, match: ImportedMatch) =>
  (Date.parse(event.at) - Date.parse(match.startedAt)) / 1000;

test('players, sides and results', () => {
  const match = read();
  assert.equal(match.matchId, 'dota2-42');
  assert.equal(match.startedAt, '2015-12-13T09:46:40.000Z');
  assert.deepEqual(
    match.players.map((player) => [player.externalId, player.displayName, player.team, player.result]),
    [
      ['acc-0', 'puddle', 'radiant', 'victory'],
      // Whoever hides their account is known in this match only.
      ['dota2-42-slot1', undefined, 'radiant', 'victory'],
      ['acc-128', undefined, 'dire', 'defeat'],
    ],
  );
  assert.ok(match.players.every((player) => reconcile(player).agrees));
});

test('a kill of the log that the final count leaves out is the one of the Aegis holder', () => {
  const sample = dotaSample();
  sample.players[0].kills = 2;
  sample.players[2].deaths = 2;
  const match = read(sample);
  assert.deepEqual(
    of(match, 0, 'player.kill').map((event) => second(event, match)),
    [70, 75],
  );
  assert.deepEqual(
    of(match, 2, 'player.death').map((event) => second(event, match)),
    [70, 75],
  );
  const kill = match.skipped.find((one) => one.what.startsWith('kill of'))!;
  assert.match(kill.what + kill.why, /ursa by pudge.*Aegis/);
});

test('a kill that the log does not hold is counted and marked', () => {
  const sample = dotaSample();
  sample.players[0].kills = 4;
  const match = read(sample);
  assert.deepEqual(
    of(match, 0, 'player.kill').map((event) => event.data.inferred ?? false),
    [false, false, true, false],
  );
  assert.ok(match.notes.some((note) => note.includes('1 kills of pudge')));
});

test('a death that no kill names stands in the teamfight that counts it', () => {
  const match = read();
  const [death, ...more] = of(match, 1, 'player.death');
  assert.equal(more.length, 0);
  assert.equal(second(death!, match), 320);
  assert.deepEqual(death!.data, {
    hero: 'lina',
    killer: 'npc_dota_creep_badguys_melee',
    killerKind: 'creep',
    inferred: true,
  });
});

test('an assist is laid to a kill of a team-mate', () => {
  const match = read();
  assert.deepEqual(
    of(match, 1, 'player.assist').map((event) => [
      second(event, match),
      event.data.victim,
      event.data.inferred,
    ]),
    [[70, 'ursa', true]],
  );
});

test('kills within ten seconds, first blood, Roshan, Aegis and towers', () => {
  const match = read();
  assert.deepEqual(
    of(match, 0, 'player.multi_kill').map((event) => event.data.killCount),
    [2],
  );
  assert.deepEqual(
    of(match, 0, 'player.first_blood').map((event) => second(event, match)),
    [70],
  );
  assert.deepEqual(
    of(match, 2, 'player.objective').map((event) => event.data.name),
    ['Roshan'],
  );
  assert.deepEqual(
    of(match, 2, 'player.loot').map((event) => event.data.rarity),
    ['legendary'],
  );
  assert.deepEqual(
    of(match, 1, 'player.objective').map((event) => event.data.name),
    ['tower1 mid'],
  );
  assert.deepEqual(match.skipped.map((one) => one.what).sort(), [
    'CHAT_MESSAGE_COURIER_LOST',
    'CHAT_MESSAGE_TOWER_KILL',
    'chat',
  ]);
});

test('chat before the horn and after the end stays in the session', () => {
  const match = read();
  const lina = match.players[1]!.events;
  assert.deepEqual(
    lina.slice(0, 3).map((event) => (event.kind === 'chat' ? event.text : event.type)),
    ['session.start', 'glhf', 'match.start'],
  );
  const ursa = match.players[2]!.events;
  assert.deepEqual(
    ursa.slice(-3).map((event) => (event.kind === 'chat' ? event.text : event.type)),
    ['match.end', 'gg', 'session.end'],
  );
});
