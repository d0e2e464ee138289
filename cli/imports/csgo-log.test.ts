import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsgoLog } from './csgo-log.js';
import type { ImportedMatch } from './match.js';
import { reconcile } from './summary.js';
import { csgoLogSample } from './test-csgo.js';
import { source } from './test-data.js';

const read = (text = csgoLogSample()) => readCsgoLog([source('server.log', text)]);
const player = (match: ImportedMatch, id: string) => match.players.find((one) => one.externalId === id)!;
const told = (match: ImportedMatch, id: string) =>
  player(match, id).events.map((event) =>
    event.kind === 'chat' ? `“${event.text}”` : event.type.replace('player.', ''),
  );

test('live play is what follows the last Match_Start before Game Over', () => {
  const match = read();
  assert.equal(match.startedAt, '2018-02-24T15:01:00.000Z');
  assert.equal(match.durationMs, 120_000);
  assert.deepEqual(told(match, 'STEAM-A'), [
    'session.start',
    'match.start',
    'kill',
    'first_blood',
    'death',
    'defeat',
    'match.end',
    '“gg”',
    'session.end',
  ]);
  assert.ok(match.skipped.some((one) => one.what === 'line before the match' && one.count === 3));
  assert.ok(match.skipped.some((one) => one.what === 'line after the match' && one.count === 2));
});

test('bots are no players, but a death to one is a death', () => {
  const match = read();
  assert.deepEqual(match.players.map((one) => one.externalId).sort(), [
    'STEAM-A',
    'STEAM-B',
    'STEAM-C',
    'STEAM-D',
  ]);
  const death = player(match, 'STEAM-A').events.find(
    (event) => event.kind !== 'chat' && event.type === 'player.death',
  );
  assert.ok(death && death.kind !== 'chat' && death.data.killerKind === 'bot');
  assert.ok(match.skipped.some((one) => one.what === 'line of a bot' && one.count === 1));
});

test('the bomb, the world, heavy hits and chat are read', () => {
  const match = read();
  assert.deepEqual(told(match, 'STEAM-D'), [
    'session.start',
    'match.start',
    'assist',
    'damage_taken',
    'death',
    'defeat',
    'match.end',
    'session.end',
  ]);
  assert.deepEqual(told(match, 'STEAM-B'), [
    'session.start',
    'match.start',
    'objective',
    '“nice one”',
    'victory',
    'match.end',
    'session.end',
  ]);
  assert.deepEqual(told(match, 'STEAM-C'), [
    'session.start',
    'match.start',
    'death',
    'death',
    'victory',
    'match.end',
    'session.end',
  ]);
  assert.equal(player(match, 'STEAM-C').displayName, 'cid "x"');
  assert.ok(match.players.every((one) => reconcile(one).agrees));
});

test('a log without a finished match, or of another kind, is refused', () => {
  const cut = csgoLogSample().slice(0, csgoLogSample().indexOf('Game Over'));
  assert.throws(() => read(cut), /server\.log: holds no finished match.*truncated/);
  assert.throws(() => read('hello\nworld'), /server\.log: holds no line of a CS:GO server log/);
  const startless = csgoLogSample().replaceAll('Match_Start', 'Match_Begin');
  assert.throws(() => read(startless), /server\.log: has no "Match_Start"/);
});

test('of several finished games the last is read, and that is said', () => {
  const twice = csgoLogSample() + csgoLogSample().replaceAll('02/24/2018', '02/25/2018');
  const match = read(twice);
  assert.equal(match.startedAt, '2018-02-25T15:01:00.000Z');
  assert.ok(match.skipped.some((one) => one.what === 'finished game' && one.count === 1));
});
