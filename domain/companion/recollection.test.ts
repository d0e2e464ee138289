import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { builtInEventTypes } from '../events/game-event.js';
import { derivedId } from '../kernel/ids.js';
import { languages, personas } from '../kernel/language.js';
import type { Recalled } from '../memory/recall.js';
import { phraseOf } from '../memory/sentence.js';
import { aRecalled } from '../memory/testing/recalled.js';
import { whenOf } from '../memory/when.js';
import { type Acted, type Companion, evolve, initialCompanion, react, type Told } from './companion.js';
import { wantsMemory } from './recollection.js';
import { plainStage } from './stage.js';

const START = Date.UTC(2026, 2, 1);
const MINUTE = 60;
const DAY = 24 * 3_600;
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

const play = (type: string, seconds: number, data: Record<string, unknown> = {}): Told => ({
  id: derivedId(`${seconds}`, `${type} ${JSON.stringify(data)}`),
  type: 'GameEventRecorded',
  data: { type, at: at(seconds), data, context: {} },
});
const chat = (seconds: number, tone?: { valence: number; arousal: number; abuse?: string }): Told => ({
  id: derivedId(`${seconds}`, 'chat'),
  type: 'ChatMessageReceived',
  data: { text: 'sealed:x' as never, at: at(seconds), ...(tone && { tone }) },
});

/** Firsts have lines of their own. */
const past = ['player.victory', 'player.multi_kill'].reduce(
  (companion, type) => evolve(companion, play(type, -30 * DAY)),
  initialCompanion,
);

/** Lives through one event, with what comes to mind; the same cause with other ids until a memory is spoken of. */
function live(companion: Companion, told: Told, recalled: readonly Recalled[]) {
  const reaction = react(companion, told, { recalled });
  const { acted } = reaction;
  const after = acted
    ? evolve(reaction.companion, { type: 'CompanionActed', id: acted.actionId, data: acted })
    : reaction.companion;
  return { companion: after, acted };
}

/** Of so many causes that are alike, those that speak of a memory. */
const remembering = (companion: Companion, told: Told, recalled: readonly Recalled[]): Acted[] =>
  Array.from({ length: 40 }, (_, nth) => ({ ...told, id: derivedId(told.id, `${nth}`) }) as Told).flatMap(
    (one) => {
      const { acted } = live(companion, one, recalled);
      return acted?.recalled ? [acted] : [];
    },
  );

const lastWeek = aRecalled({ lastAt: at(-7 * DAY) });

describe('a companion to whom something comes to mind', () => {
  it('mostly speaks of it, and says which memory it was', () => {
    const acts = remembering(past, play('match.start', 0), [lastWeek]);
    assert.ok(acts.length >= 15, `${acts.length} of 40`);
    for (const act of acts) {
      const { memory, score } = lastWeek;
      assert.deepEqual(act.recalled, [{ memoryId: memory.memoryId, score }]);
      assert.ok(act.dialogue!.text.includes(phraseOf(memory, 'zh')), act.dialogue!.text);
    }
    assert.ok(
      acts.some(({ dialogue }) => dialogue!.text.includes(whenOf(lastWeek.memory.lastAt, at(0), 'zh'))),
    );
  });

  it('says nothing of it in a line that does not name it', () => {
    for (let nth = 0; nth < 40; nth++) {
      const told = { ...play('player.victory', 0), id: derivedId('x', `${nth}`) } as Told;
      const { acted } = live(past, told, [lastWeek]);
      assert.equal(acted!.dialogue!.text.includes(phraseOf(lastWeek.memory, 'zh')), 'recalled' in acted!);
    }
  });

  it('takes the likeliest that suits', () => {
    const likelier = (over: Parameters<typeof aRecalled>[0]) =>
      aRecalled({ lastAt: at(-DAY), ...over, score: 0.9 });
    const unsuited = [
      likelier({ memoryId: 'a talk', kind: 'talk' }),
      likelier({ memoryId: 'a week', kind: 'week' }),
      likelier({ memoryId: 'a defeat', facts: { what: 'match', result: 'defeat' } }),
      likelier({ memoryId: 'a death', facts: { what: 'player.death' } }),
      likelier({ memoryId: 'a sad one', felt: { label: 'sad', intensity: 0.9 } }),
      likelier({ memoryId: 'just now', lastAt: at(-MINUTE) }),
      likelier({ memoryId: 'markup', facts: { what: 'player.victory', hero: '<b>' } }),
    ];
    for (const one of unsuited.slice(0, -1)) {
      const acts = remembering(past, play('player.victory', 0), [one, lastWeek]);
      assert.ok(acts.length > 0);
      for (const act of acts) assert.equal(act.recalled![0]!.memoryId, lastWeek.memory.memoryId);
    }
    assert.deepEqual(remembering(past, play('player.victory', 0), unsuited), []);
  });

  it('speaks of no memory where a line is asked of a model', () => {
    const stage = { ...plainStage, llm: true };
    const back = play('session.start', 0);
    const { acted } = react(past, back, { stage, recalled: [lastWeek] });
    assert.equal(acted!.asks!.scene, 'returned');
    assert.equal(acted!.recalled, undefined);
    assert.ok(!acted!.asks!.fallback.text.includes(phraseOf(lastWeek.memory, 'zh')));
  });

  it('remembers through a rebuild: what stands in the log is what it knows of', () => {
    const acted = remembering(past, play('match.start', 0), [lastWeek])[0]!;
    const after = evolve(past, { type: 'CompanionActed', id: acted.actionId, data: acted });
    assert.deepEqual(after.recalled, [{ memoryId: lastWeek.memory.memoryId, at: START }]);
    const written = { actionId: 'x', at: at(60), recalled: [{ memoryId: 'other', score: 0.2 }] };
    const heard = evolve(after, { type: 'LineWritten', id: 'x', data: written } as unknown as Told);
    assert.deepEqual(heard.recalled.at(-1), { memoryId: 'other', at: START + 60_000 });
  });
});

describe('whether anything is asked of the memory', () => {
  const playing = [
    play('session.start', 0),
    play('match.start', 20, { hero: 'Jinx', map: 'Rift', mode: 'ranked', rival: 'Zed' }),
  ].reduce((companion: Companion, told) => evolve(companion, told), past);

  it('asks with what the event and the match at hand have to share', () => {
    const cue = wantsMemory(playing, play('player.multi_kill', 300, { killCount: 5, map: 'Abyss' }));
    const atHand = { hero: 'Jinx', map: 'Abyss', mode: 'ranked', rival: 'Zed' };
    assert.deepEqual(cue, {
      at: at(300),
      facts: { what: 'player.multi_kill', ...atHand, killCount: 5 },
      kinds: ['moment', 'first', 'record', 'match'],
    });
    assert.deepEqual(wantsMemory(playing, chat(300))!.facts, { ...atHand, map: 'Rift' });
  });

  it('looks for comfort, not for more of the same, after a fall', () => {
    assert.equal(wantsMemory(playing, play('player.defeat', 300))!.facts.what, undefined);
  });

  it('forgets what a match was played with when the next begins', () => {
    assert.deepEqual(wantsMemory(playing, play('match.start', 900))!.facts, { what: 'match.start' });
  });

  it('asks nothing where remembering is not natural, or nothing is said', () => {
    const muted = { ...playing, muted: true };
    const asked = chat(300) as Extract<Told, { type: 'ChatMessageReceived' }>;
    const wish: Told = { ...asked, data: { ...asked.data, wishes: 'forget' } };
    const quiet: [Companion, Told][] = [
      [playing, play('player.kill', 300)],
      [playing, play('player.death', 300)],
      [playing, play('session.end', 300)],
      [playing, chat(300, { valence: -1, arousal: 1, abuse: 'insult' })],
      [playing, wish],
      [muted, play('player.multi_kill', 300)],
      [muted, chat(300)],
      [{ ...playing, lastSpoke: START + 299_000 }, play('player.save_loaded', 300)],
      [{ ...playing, recalled: [{ memoryId: 'x', at: START }] }, play('player.multi_kill', 4 * MINUTE)],
    ];
    for (const [companion, told] of quiet) assert.equal(wantsMemory(companion, told), null);
    assert.ok(wantsMemory(muted, play('session.start', 300)), 'a new session is a new beginning');
    const model = { ...plainStage, llm: true };
    assert.equal(wantsMemory(playing, chat(300), model), null, 'who writes the answer asks itself');
    assert.equal(wantsMemory(past, play('session.start', 0), model), null);
    assert.ok(wantsMemory(playing, play('player.multi_kill', 300), model));
  });
});

const story = fc.array(
  fc.record({
    type: fc.oneof(
      fc.constantFrom('player.victory', 'player.multi_kill', 'match.start', 'session.start', 'chat'),
      fc.constantFrom<string>(...builtInEventTypes),
    ),
    after: fc.oneof(fc.nat(90), fc.nat(2_000), fc.nat(2 * DAY)),
    ids: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
  }),
  { maxLength: 80 },
);
const anyone = fc.record({ persona: fc.constantFrom(...personas), lang: fc.constantFrom(...languages) });

describe('a companion that remembers, for every history', () => {
  it('speaks of one memory in five minutes, answers aside, and not of the same within three days', () => {
    fc.assert(
      fc.property(story, anyone, (events, who) => {
        let companion: Companion = { ...past, ...who };
        let clock = 0;
        let last = Number.NEGATIVE_INFINITY;
        const spokenOf = new Map<string, number>();
        for (const { type, after, ids } of events) {
          clock += after;
          const told = type === 'chat' ? chat(clock) : play(type, clock);
          const recalled = ids.map((memoryId) => aRecalled({ memoryId, lastAt: at(-10 * DAY) }));
          const wanted = wantsMemory(companion, told) !== null;
          const lived = live(companion, told, recalled);
          companion = lived.companion;
          const [use] = lived.acted?.recalled ?? [];
          if (!use) continue;
          assert.ok(wanted, `${type} spoke of a memory that nobody asked for`);
          if (type !== 'chat') assert.ok(clock - last >= 5 * MINUTE);
          assert.ok(clock - (spokenOf.get(use.memoryId) ?? Number.NEGATIVE_INFINITY) >= 3 * DAY);
          spokenOf.set(use.memoryId, clock);
          last = clock;
        }
      }),
      { numRuns: 150 },
    );
  });
});
