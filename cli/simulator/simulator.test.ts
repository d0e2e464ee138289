import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { gameEventWithId, isGameEventType } from '../../sdk/protocol.js';
import { type ImportedGameEvent, type ImportedMatch, summarize } from '../imports/index.js';
import { randomPlay, seeded, simulate } from './index.js';

const startedAt = '2025-03-01T12:00:00.000Z';
const game = (match: ImportedMatch) =>
  match.players[0]!.events.filter((event): event is ImportedGameEvent => event.kind !== 'chat');
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test('the same seed is the same match, another seed or time another', () => {
  const one = simulate({ seed: 7, startedAt, lang: 'zh' });
  assert.deepEqual(simulate({ seed: 7, startedAt, lang: 'zh' }), one);
  const ids = (match: ImportedMatch) => match.players[0]!.events.map((event) => event.id);
  assert.notDeepEqual(ids(simulate({ seed: 8, startedAt, lang: 'zh' })), ids(one));
  assert.notEqual(ids(simulate({ seed: 7, startedAt: '2025-03-02T12:00:00Z', lang: 'zh' }))[0], ids(one)[0]);
  assert.throws(
    () => simulate({ seed: 7, startedAt: 'yesterday', lang: 'zh' }),
    /startedAt yesterday is not a time/,
  );
});

test('every match tells the whole story', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom('zh' as const, 'en' as const), (seed, lang) => {
      const match = simulate({ seed, startedAt, lang });
      const player = match.players[0]!;
      const events = game(match);
      const types = events.map((event) => event.type);
      assert.ok(player.events.length >= 120 && player.events.length <= 200, `${player.events.length} events`);
      assert.ok(match.durationMs > 29 * 60_000 && match.durationMs < 32 * 60_000);
      // A bad start: three deaths before the first kill.
      const firstKill = types.indexOf('player.kill');
      assert.equal(types.slice(0, firstKill).filter((type) => type === 'player.death').length, 3);
      // The turning point: whoever killed the player falls to them alone.
      const rival = events.find((event) => event.type === 'player.death')!.data.killer;
      assert.ok(events.some((event) => event.type === 'player.kill' && event.data.victim === rival));
      assert.ok(
        events.some((event) => event.type === 'player.multi_kill' && (event.data.killCount ?? 0) >= 3),
      );
      for (const wanted of [
        'player.achievement',
        'player.objective',
        'player.idle',
        'player.loot',
        'player.assist',
      ])
        assert.ok(types.includes(wanted as never), wanted);
      const victory = events.find((event) => event.type === 'player.victory')!;
      assert.ok((victory.data.killCount ?? 0) >= 15 && victory.data.mvp === true);
      assert.equal(player.events.filter((event) => event.kind === 'chat').length, 5);
      assert.ok(summarize(match, { accepted: 0, duplicates: 0 }).agrees);
    }),
    { numRuns: 60 },
  );
});

test('events are well formed, in order, and stay in the match', () => {
  const match = simulate({ seed: 3, startedAt, lang: 'en' });
  const types = match.players[0]!.events.map((event) => (event.kind === 'chat' ? 'chat' : event.type));
  assert.deepEqual(types.slice(0, 2), ['session.start', 'match.start']);
  assert.equal(types.at(-1), 'session.end');
  for (const event of game(match)) {
    gameEventWithId.parse(event);
    assert.ok(Date.parse(event.at) >= Date.parse(startedAt));
  }
  const levels = game(match).filter((event) => event.type === 'player.level_up');
  assert.deepEqual(
    levels.map((event) => event.data.level),
    Array.from({ length: 17 }, (_, i) => i + 2),
  );
});

test('the player chats in the language asked for', () => {
  const chats = (lang: 'zh' | 'en') =>
    simulate({ seed: 5, startedAt, lang }).players[0]!.events.flatMap((event) =>
      event.kind === 'chat' ? [event.text] : [],
    );
  for (const text of chats('zh')) assert.match(text, /\p{Script=Han}/u);
  for (const text of chats('en')) assert.doesNotMatch(text, /\p{Script=Han}/u);
});

test('random play never ends, is well formed, and repeats with its seed', () => {
  const take = (n: number, play = randomPlay({ seed: 1 })) =>
    Array.from({ length: n }, () => play.next().value);
  const events = take(2_000);
  assert.deepEqual(take(2_000), events);
  assert.equal(new Set(events.map((event) => event.id)).size, events.length);
  assert.notEqual(take(1, randomPlay({ seed: 1, run: 'b' }))[0]!.id, events[0]!.id);
  for (const [i, event] of events.entries()) {
    gameEventWithId.parse(event);
    assert.ok(isGameEventType(event.type));
    assert.ok(i === 0 || event.at >= events[i - 1]!.at);
  }
  for (const type of ['player.kill', 'player.death', 'player.multi_kill', 'player.victory', 'player.defeat'])
    assert.ok(
      events.some((event) => event.type === type),
      type,
    );
});

test('chance is even, and stays in its bounds', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: -5, max: 5 }), fc.nat(9), (seed, from, span) => {
      const chance = seeded(seed);
      for (let i = 0; i < 50; i++) {
        const value = chance.int(from, from + span);
        assert.ok(Number.isInteger(value) && value >= from && value <= from + span);
        const next = chance.next();
        assert.ok(next >= 0 && next < 1);
      }
    }),
  );
  const chance = seeded(42);
  const mean = Array.from({ length: 10_000 }, () => chance.next()).reduce((a, b) => a + b) / 10_000;
  assert.ok(Math.abs(mean - 0.5) < 0.02, `${mean}`);
});
