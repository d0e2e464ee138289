import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { builtInEventTypes } from '../events/game-event.js';
import { derivedId } from '../kernel/ids.js';
import { languages, personas } from '../kernel/language.js';
import { aRecalled } from '../memory/testing/recalled.js';
import { type Acted, type Companion, evolve, initialCompanion, react, type Told } from './companion.js';
import { FULL_SILENCE_MS, occasions } from './occasions.js';
import { plainStage } from './stage.js';

const START = Date.UTC(2026, 0, 1);
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
let serial = 0;

const play = (type: string, seconds: number, data: Record<string, unknown> = {}): Told => ({
  id: derivedId(`${serial++}`, type),
  type: 'GameEventRecorded',
  data: { type, at: at(seconds), data, context: {} },
});

/** Given a history, what the companion did at each event. */
function live(history: readonly Told[], from: Companion = initialCompanion) {
  let companion = from;
  const acts: (Acted | null)[] = [];
  for (const told of history) {
    const reaction = react(companion, told);
    companion = reaction.companion;
    if (reaction.acted) {
      companion = evolve(companion, {
        type: 'CompanionActed',
        id: reaction.acted.actionId,
        data: reaction.acted,
      });
    }
    acts.push(reaction.acted);
  }
  return { companion, acts };
}

describe('the companion', () => {
  it('always speaks at the great moments, however close together', () => {
    const moments = [
      'player.victory',
      'player.defeat',
      'player.achievement',
      'player.multi_kill',
      'player.first_blood',
    ];
    const { acts } = live(moments.map((type, second) => play(type, second)));
    for (const act of acts) assert.ok(act?.dialogue?.text);
  });

  it('does not comment on everything: kills close together get one line, and a gesture each', () => {
    const { acts } = live([play('player.kill', 0), play('player.kill', 5), play('player.assist', 10)]);
    assert.deepEqual(
      acts.map((act) => act && Boolean(act.dialogue)),
      [true, false, false],
    );
  });

  it('passes over what is not worth a gesture and changes nothing', () => {
    const { acts } = live([
      play('session.start', 0),
      play('player.damage_taken', 1),
      play('player.damage_taken', 2),
    ]);
    assert.equal(acts[2], null);
  });

  it('says what decided it: cause, occasion, rule and template', () => {
    const cause = play('player.victory', 0, { killCount: 15, mvp: true });
    const act = live([cause]).acts[0]!;
    assert.equal(act.causedBy, cause.id);
    assert.equal(act.occasion, 'victory_dominant');
    assert.equal(act.emotion.ruleId, 'victory.dominant');
    assert.match(act.dialogue?.templateId ?? '', /^zh\.cheerful\.victory_dominant\./);
    assert.equal(act.actionId, derivedId(cause.id, 'companion-action'));
  });

  it('answers a chat message in its language', () => {
    const chat: Told = {
      id: derivedId('chat', '1'),
      type: 'ChatMessageReceived',
      data: { text: 'sealed:x' as never, at: at(0), lang: 'en' },
    };
    assert.equal(live([chat]).acts[0]?.dialogue?.lang, 'en');
  });

  it('answers that it forgets what it is asked to, in its own words, whoever else might write', () => {
    const wish = (tone?: { valence: number; arousal: number; abuse: string }): Told => ({
      id: derivedId('wish', '1'),
      type: 'ChatMessageReceived',
      data: { text: 'sealed:x' as never, at: at(0), lang: 'en', wishes: 'forget', ...(tone && { tone }) },
    });
    const stage = { ...plainStage, llm: true };
    for (const persona of personas) {
      const { acted } = react({ ...initialCompanion, persona }, wish(), { stage, recalled: [aRecalled()] });
      assert.match(acted!.dialogue!.templateId!, new RegExp(`^en\\.${persona}\\.chat_forget\\.`));
      assert.deepEqual([acted!.asks, acted!.recalled], [undefined, undefined]);
    }
    const rude = react(initialCompanion, wish({ valence: -1, arousal: 1, abuse: 'insult' }));
    assert.deepEqual([rude.acted!.occasion, rude.moderated!.kind], ['chat_forget', 'insult']);
  });

  it('is quiet after mute, until the next session', () => {
    const muted: Told = {
      id: derivedId('mute', '1'),
      type: 'FeedbackGiven',
      data: { actionId: derivedId('a', 'b'), reaction: 'mute' },
    };
    const { acts } = live([
      muted,
      play('player.victory', 1),
      play('session.start', 60),
      play('player.victory', 99),
    ]);
    assert.equal(acts[1]?.dialogue, undefined);
    assert.ok(acts[1]?.action);
    assert.ok(acts[3]?.dialogue);
  });

  it('never speaks markup or placeholders, whatever a game calls its things', () => {
    const names = ['<b>x</b>', '{hero}', 'a\u0000b', 'x'.repeat(100), '', ' ', 12, null, { a: 1 }];
    for (const name of names) {
      for (let n = 0; n < 12; n++) {
        const act = live([play('player.achievement', n, { name, hero: name, weapon: name })]).acts[0];
        assert.doesNotMatch(act?.dialogue?.text ?? '', /[<>{}\0]|undefined|null|\[object/);
      }
    }
  });
});

const anyHistory = fc.array(
  fc.record({
    type: fc.constantFrom<string>(...builtInEventTypes, 'custom.x'),
    seconds: fc.integer({ min: 0, max: 3_000 }),
    kills: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 120 },
);
const anyone = fc.record({ persona: fc.constantFrom(...personas), lang: fc.constantFrom(...languages) });

describe('the companion, for every history', () => {
  it('repeats no line while another of that occasion has not been said', () => {
    fc.assert(
      fc.property(anyHistory, anyone, (history, who) => {
        const told = history.map(({ type, seconds, kills }) => play(type, seconds, { killCount: kills }));
        const lines = live(told, { ...initialCompanion, ...who }).acts.flatMap(
          (act) => act?.dialogue?.templateId ?? [],
        );
        const seen = new Map<string, Set<string>>();
        for (const id of lines) {
          const occasion = id.split('.')[2]!;
          const said = seen.get(occasion) ?? new Set();
          // Every cell has at least three lines that fit any mood without facts.
          if (said.has(id)) assert.ok(said.size >= 3, `${id} came again after ${said.size} others`);
          seen.set(occasion, said.add(id));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its silence: below "always", the more salient the sooner', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const sorted = [...history].sort((a, b) => a.seconds - b.seconds);
        const { acts } = live(sorted.map(({ type, seconds }) => play(type, seconds)));
        let lastSpoke = Number.NEGATIVE_INFINITY;
        for (const act of acts) {
          if (!act?.dialogue) continue;
          const now = Date.parse(act.at);
          const rows = occasions.filter(({ says }) => says === act.occasion);
          const salience = rows.some((row) => row.salience === 'always')
            ? 1
            : Math.max(0.3, ...rows.map((row) => Number(row.salience)));
          assert.ok(now - lastSpoke >= FULL_SILENCE_MS * (1 - salience) - 1);
          lastSpoke = now;
        }
      }),
      { numRuns: 60 },
    );
  });
});
