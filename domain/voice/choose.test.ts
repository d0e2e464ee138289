import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emotionLabels } from '../emotion/emotion.js';
import { languages, personas } from '../kernel/language.js';
import { type Ask, chooseLine, type Facts, NO_REPEAT, SAID_MAX, type Tastes } from './choose.js';
import { linesFor } from './lines/index.js';
import { type Line, lineOccasions, placeholdersOf } from './lines/line.js';

const facts = fc.record(
  {
    hero: fc.constant('Lux'),
    streak: fc.constant('4'),
    killCount: fc.constant('16'),
    name: fc.constant('First'),
    player: fc.constant(''),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;

const scene = fc.record({
  occasion: fc.constantFrom(...lineOccasions),
  feels: fc.constantFrom(...emotionLabels),
  facts,
  seed: fc.nat(),
});
const speaker = fc.record({ lang: fc.constantFrom(...languages), persona: fc.constantFrom(...personas) });
type Speaker = Pick<Ask, 'lang' | 'persona'>;

/** What a game has written itself, on some occasions. */
const own = fc
  .uniqueArray(fc.constantFrom(...lineOccasions), { maxLength: 6 })
  .map((on): Line[] => on.map((occasion) => ({ id: `own.${occasion}`, on: occasion, text: 'Ours.' })));

/** Some of a persona's lines are liked, others disliked. */
const tastesOf = ({ lang, persona }: Speaker, seed: number): Tastes => {
  const ids = linesFor(lang, persona).map(({ id }) => id);
  return {
    liked: ids.filter((_, at) => (at + seed) % 7 === 0),
    disliked: ids.filter((_, at) => (at + seed) % 5 === 1),
  };
};

/** The rule, told anew and slowly: which lines fit. */
const fitting = (ask: Ask) =>
  [...(ask.own ?? []), ...linesFor(ask.lang, ask.persona)].filter(
    (line) =>
      line.on === ask.occasion &&
      (!line.feels || line.feels.includes(ask.feels)) &&
      placeholdersOf(line.text).every((name) => ask.facts[name] !== undefined),
  );

const heard = (said: readonly string[], id: string) =>
  [...said.filter((one) => one !== id), id].slice(-SAID_MAX);

/** How often each line is chosen, of so many causes. */
function drawn(ask: Ask, causes = 2_000): Map<string, number> {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < causes; seed++) {
    const { templateId } = chooseLine({ ...ask, seed })!;
    counts.set(templateId, (counts.get(templateId) ?? 0) + 1);
  }
  return counts;
}

const plainAsk = (over: Partial<Ask> = {}): Ask => ({
  lang: 'en',
  persona: 'cool',
  occasion: 'kill',
  feels: 'calm',
  facts: {},
  said: [],
  seed: 1,
  ...over,
});

describe('choosing a line', () => {
  it('says none of the last 30 of a player while another line fits, whatever is liked', () => {
    fc.assert(
      fc.property(speaker, own, fc.nat(), fc.array(scene, { maxLength: 150 }), (who, ours, taste, scenes) => {
        const tastes = tastesOf(who, taste);
        let said: readonly string[] = [];
        for (const next of scenes) {
          const ask = { ...who, ...next, said, own: ours, tastes };
          const fits = fitting(ask).map(({ id }) => id);
          const chosen = chooseLine(ask);
          assert.equal(chosen === null, fits.length === 0);
          if (!chosen) continue;
          assert.ok(fits.includes(chosen.templateId));
          const recent = said.slice(-NO_REPEAT);
          assert.ok(
            !recent.includes(chosen.templateId) || fits.every((id) => recent.includes(id)),
            chosen.templateId,
          );
          said = heard(said, chosen.templateId);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says the one said longest ago when all have just been said', () => {
    const ask = plainAsk({ occasion: 'idle' });
    const said = fitting(ask).map(({ id }) => id);
    assert.ok(said.length <= NO_REPEAT);
    assert.equal(chooseLine({ ...ask, said })?.templateId, said[0]);
  });

  it('gives the same line for the same cause, and others for others', () => {
    fc.assert(
      fc.property(speaker, scene, own, fc.nat(), (who, next, ours, taste) => {
        const ask = { ...who, ...next, said: [], own: ours, tastes: tastesOf(who, taste) };
        assert.deepEqual(chooseLine(structuredClone(ask)), chooseLine(ask));
      }),
      { numRuns: 200 },
    );
    assert.ok(drawn(plainAsk()).size >= 12);
  });

  it('says what a player liked more often, and what was disliked less, but not never', () => {
    for (const lang of languages)
      for (const persona of personas) {
        const ask = plainAsk({ lang, persona });
        const [liked, disliked, plain] = fitting(ask)
          .filter((line) => !line.feels && placeholdersOf(line.text).length === 0)
          .map(({ id }) => id) as [string, string, string];
        const counts = drawn({ ...ask, tastes: { liked: [liked], disliked: [disliked] } }, 6_000);
        const times = (id: string) => counts.get(id) ?? 0;
        assert.ok(times(liked) > 1.4 * times(plain), `${liked} ${times(liked)} beside ${times(plain)}`);
        assert.ok(times(plain) > 4 * times(disliked), `${disliked} ${times(disliked)}`);
        assert.ok(times(disliked) > 0, disliked);
      }
  });

  it("prefers a game's own lines, and keeps the others", () => {
    fc.assert(
      fc.property(speaker, fc.constantFrom(...lineOccasions), (who, occasion) => {
        const ask = plainAsk({ ...who, occasion });
        const plain = fitting(ask).find((line) => !line.feels)!.id;
        const counts = drawn({ ...ask, own: [{ id: 'own.1', on: occasion, text: 'Ours.' }] }, 1_000);
        assert.ok(counts.get('own.1')! > 1.4 * counts.get(plain)!, `${occasion}: ${counts.get('own.1')}`);
        assert.ok(counts.size > 6, `${occasion}: the others are still said`);
      }),
      { numRuns: 15 },
    );
  });

  it('prefers what was not heard for long', () => {
    const ask = plainAsk({ feels: 'bored' });
    const [old, ...rest] = fitting(ask).map(({ id }) => id);
    const others = linesFor('en', 'cool').filter(({ on }) => on === 'death');
    const counts = drawn({ ...ask, said: [old!, ...others.map(({ id }) => id), ...filler(NO_REPEAT)] });
    assert.ok((counts.get(old!) ?? 0) < Math.min(...rest.map((id) => counts.get(id) ?? 0)));
  });

  it('puts in every fact but the name of the player, which stays a brace', () => {
    const known: Facts = { hero: 'Lux', weapon: 'bow', killCount: '16', streak: '4', player: 'Annika' };
    const more: Facts = { name: 'First', level: '9', count: '100' };
    fc.assert(
      fc.property(speaker, scene, (who, next) => {
        const ask = { ...who, ...next, facts: { ...known, ...more }, said: [] };
        const { templateId, text } = chooseLine(ask)!;
        const written = fitting(ask).find(({ id }) => id === templateId)!.text;
        assert.doesNotMatch(text, /Annika/);
        assert.equal(text.includes('{player}'), written.includes('{player}'));
        assert.doesNotMatch(text.replaceAll('{player}', ''), /[{}]/);
      }),
      { numRuns: 300 },
    );
    const named = plainAsk({ facts: { player: '' } });
    const id = fitting(named).find(({ text }) => text.includes('{player}'))!.id;
    const said = fitting(named).flatMap((line) => (line.id === id ? [] : [line.id]));
    assert.match(chooseLine({ ...named, said })!.text, /\{player\}/);
    assert.ok(!drawn(plainAsk()).has(id), 'nobody is called by a name that is not known');
  });
});

const filler = (count: number) => Array.from({ length: count }, (_, at) => `other.${at}`);
