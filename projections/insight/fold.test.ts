import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Recorded } from '../recorded.js';
import type { Context, Insight, InsightEvent } from './define.js';
import { advance, belongs, ended, type Folded, type Scope } from './fold.js';
import { playerEvents, START_MS } from './testing/history.js';

const MINUTE = 60_000;

/** What an insight is shown, and with what. */
type Shown = { event: InsightEvent; context: Context };
const spy = (): Insight<Shown[]> => ({
  memories: true,
  initial: () => [],
  step: (shown, event, context) => [...shown, { event, context }],
  end: (shown, { player, emotion }) => ({ player: player.id, events: shown.length, emotion: emotion.label }),
});

function folded<S>(insight: Insight<S>, events: Recorded[], scope: Scope = {}): Folded<S> {
  let after: Folded<S> | undefined;
  for (const event of events) after = advance(insight, scope, { before: after, event });
  return after!;
}

const shownOf = (events: Recorded[], scope?: Scope) => folded(spy(), events, scope).state ?? [];

describe('the fold of a player', () => {
  it('shows each event once, in order, with how things stood', () => {
    const events = playerEvents('p1', [
      ['PlayerRegistered', { persona: 'cool', lang: 'en' }],
      ['player.death', 0],
      ['player.death', 1],
      ['player.death', 2],
      ['PersonaChosen', { persona: 'cute' }],
      ['CompanionActed', 2],
      ['ChatMessageReceived', 4],
      ['FeedbackGiven', {}],
    ]);
    const shown = shownOf(events);
    assert.deepEqual(
      shown.map(({ event }) => event.id),
      events.slice(1).map(({ id }) => id),
      'a registration is no event of play',
    );
    const [first, second, third, chosen, acted, chatted, liked] = shown.map(({ context }) => context);
    assert.deepEqual(first!.player, { id: 'p1', gameId: 'g1', persona: 'cool', lang: 'en' });
    assert.deepEqual([chosen!.player.persona, chosen!.player.lang], ['cute', 'en']);
    assert.deepEqual(
      [first, second, third, chosen, acted, chatted, liked].map(
        (context) => (context!.at - START_MS) / MINUTE,
      ),
      [0, 1, 2, 2, 2, 4, 4],
      'what has no time of its own has that of the newest before it',
    );
    assert.equal(third!.emotion.label, 'frustrated', 'three deaths in a row');
    assert.ok(third!.emotionBefore.valence < first!.emotionBefore.valence);
    assert.ok(chatted!.emotion.valence > acted!.emotion.valence, 'two minutes later it has faded');
    assert.deepEqual(
      [first, second, third].map((context) => context!.session!.deaths),
      [1, 2, 3],
    );
  });

  it('tells of the session that is over on the first event of the next, and then alone', () => {
    const events = playerEvents('p1', [
      ['session.start', 0],
      ['player.kill', 1],
      ['session.end', 2],
      ['player.death', 3],
      ['CompanionActed', 3],
      ['player.kill', 4],
      ['player.kill', 60],
    ]);
    const told = shownOf(events).map(({ context }) => context.previousSession);
    assert.deepEqual(
      told.map((session) => session && [session.kills, session.deaths, session.ended]),
      [null, null, null, [1, 0, true], null, null, [1, 1, false]],
    );
  });

  it('counts what is of the asked time, and feels all that came before', () => {
    const events = playerEvents('p1', [
      ['player.death', 0],
      ['player.death', 1],
      ['player.death', 2],
      ['player.kill', 3],
    ]);
    const scope = { from: START_MS + 2 * MINUTE, to: START_MS + 3 * MINUTE };
    const shown = shownOf(events, scope);
    assert.deepEqual(shown, [shownOf(events)[2]], 'as if all had been asked for');
    assert.deepEqual(ended(spy(), folded(spy(), events, { from: START_MS + 9 * MINUTE })), []);
  });

  it('goes on from JSON as if nothing had been between: it can be kept', () => {
    const counts: Insight<Record<string, number>> = {
      initial: () => ({ steps: 0 }),
      step: (state, event, { emotion, session, previousSession, at }) => ({
        ...state,
        steps: state.steps! + 1,
        [event.type]: (state[event.type] ?? 0) + 1,
        valence: emotion.valence + (session?.events ?? 0) + (previousSession?.events ?? 0) + at,
      }),
      end: (state) => state,
    };
    const type = fc.constantFrom(
      'player.kill',
      'player.death',
      'session.end',
      'CompanionActed',
      'FeedbackGiven',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(type, fc.nat(90)), { minLength: 1, maxLength: 30 }),
        fc.nat(30),
        (told, cut) => {
          const events = playerEvents('p1', told);
          const whole = folded(counts, events);
          let before: Folded<Record<string, number>> | undefined;
          for (const [n, event] of events.entries()) {
            if (n === cut && before) before = JSON.parse(JSON.stringify(before));
            before = advance(counts, {}, { before, event });
          }
          assert.deepEqual(before, whole);
        },
      ),
    );
  });

  it('tells what was remembered right before each event, and nothing that a person wrote', () => {
    const penta = { hero: 'Jinx', killCount: 5 };
    const events = playerEvents('p1', [
      ['player.multi_kill', 0, penta],
      ['player.multi_kill', 1, penta],
      ['ChatMessageReceived', { at: new Date(START_MS + 2 * MINUTE).toISOString(), tells: true }],
      ['player.multi_kill', 3, penta],
      ['player.save_loaded', 4, { savedAt: new Date(START_MS + 1.5 * MINUTE).toISOString() }],
      ['player.kill', 5],
    ]);
    const told = shownOf(events).map(({ context: { memories } }) => memories!);
    assert.deepEqual(
      told.map((memories) => memories.map(({ kind, count }) => `${count} ${kind}`)),
      [[], ['1 first'], ['2 first'], ['2 first', '1 talk'], ['3 first', '1 talk'], ['2 first']],
      'what a loaded save game undid is not there',
    );
    assert.equal(told[1]![0]!.facts.hero, 'Jinx');
    const { memories: _, ...unasking } = spy();
    assert.equal(folded(unasking, events).state!.at(-1)!.context.memories, undefined, 'nor is it paid for');
    assert.ok(!JSON.stringify([told, folded(spy(), events).life]).includes('sealed'));
    const forgetting = playerEvents('p1', [
      ['player.multi_kill', 0, penta],
      ['MemoriesForgotten', {}],
      ['player.kill', 1],
    ]);
    const { kept } = folded(spy(), forgetting.slice(0, 1)).life;
    const [{ id, key } = { id: '', key: '' }] = kept;
    Object.assign(forgetting[1]!.data, { keys: [key], memoryIds: [id], reason: 'asked' });
    assert.deepEqual(shownOf(forgetting).at(-1)!.context.memories, []);
  });

  it('says what is wrong with what an insight gives back', () => {
    const events = playerEvents('p1', [['player.kill', 0]]);
    const forgetful = { ...spy(), step: () => undefined as never };
    assert.throws(() => folded(forgetful, events), /gave back nothing: it has to give back the state/);
    const giving = (row: unknown) => () =>
      ended({ ...spy(), end: () => row as never }, folded(spy(), events));
    assert.throws(
      giving({ share: Number.NaN }),
      /column share is NaN: it is to be a string, a finite number/,
    );
    assert.throws(giving({ all: [1] }), /column all is a list/);
    assert.throws(giving([{ fine: 1 }, { when: new Date(0) }]), /column when is an object/);
    assert.throws(giving([[1]]), /a row is an object of columns, not a list/);
    assert.throws(giving(undefined), /not undefined/);
    assert.deepEqual(giving([])(), []);
    assert.deepEqual(giving({ a: null, b: '', c: false, d: -1.5 })(), [
      { a: null, b: '', c: false, d: -1.5 },
    ]);
  });
});

it('an event is of those who ask, by its metadata, or it is not; without a game it is nobody’s', () => {
  const event = { gameId: 'g1', clientId: 'c1' };
  assert.ok(belongs(event, {}) && belongs(event, { gameId: 'g1' }) && belongs(event, { clientId: 'c1' }));
  for (const scope of [{ gameId: 'g2' }, { clientId: 'c2' }, { gameId: 'g1', clientId: 'c2' }])
    assert.equal(belongs(event, scope), false);
  assert.equal(belongs({}, { gameId: 'g1' }), false);
});
