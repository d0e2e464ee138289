import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCsgo } from './csgo.js';
import { summarize, summaryText } from './summary.js';
import { csgoSample } from './test-csgo.js';
import { source } from './test-data.js';

const match = readCsgo([source('match.json', csgoSample())]);

test('a summary states what was read, mapped, skipped and why, and how many were new', () => {
  const summary = summarize(match, { accepted: 30, duplicates: 12 });
  assert.equal(summary.read, 3);
  assert.equal(summary.mapped['player.kill'], 6);
  assert.equal(
    summary.events,
    Object.values(summary.mapped).reduce((a, b) => a + b, 0),
  );
  assert.deepEqual(JSON.parse(JSON.stringify(summary)), summary);
  const text = summaryText(summary);
  assert.match(text, /read 3 records → \d+ events of 4 players: 30 new, 12 already there/);
  assert.match(text, /skipped 1 × death: a kill names the victim/);
  assert.match(text, /ann +same \(2\) +defeat +4\/4 +1\/1 +0\/0 +\d+ {2}✓/);
  assert.match(text, /all counts agree with the file/);
  for (const line of text.split('\n')) assert.ok(line.length <= 130, line);
});

test('a count that differs from the file is seen and said', () => {
  const [ann, ...others] = match.players;
  const short = {
    ...ann!,
    events: ann!.events.filter((event) => event.kind === 'chat' || event.type !== 'player.death'),
  };
  const summary = summarize({ ...match, players: [short, ...others] }, { accepted: 0, duplicates: 0 });
  assert.equal(summary.agrees, false);
  assert.match(summaryText(summary), /ann .* 0\/1 .*✗/);
  assert.match(summaryText(summary), /COUNTS DIFFER/);
});
