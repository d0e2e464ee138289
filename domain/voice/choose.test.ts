import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emotionLabels } from '../emotion/emotion.js';
import { languages, personas } from '../kernel/language.js';
import { type Ask, chooseLine, type Facts } from './choose.js';
import { linesFor } from './lines/index.js';
import { lineOccasions, placeholdersOf } from './lines/line.js';

const facts = fc.record(
  {
    hero: fc.constant('Lux'),
    streak: fc.constant('4'),
    killCount: fc.constant('16'),
    name: fc.constant('First'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Facts>;

const scene = fc.record({
  occasion: fc.constantFrom(...lineOccasions),
  feels: fc.constantFrom(...emotionLabels),
  facts,
  seed: fc.nat(),
});

/** The rule, told anew and slowly: which lines fit. */
const fitting = (ask: Ask) =>
  linesFor(ask.lang, ask.persona).filter(
    (line) =>
      line.on === ask.occasion &&
      (!line.feels || line.feels.includes(ask.feels)) &&
      placeholdersOf(line.text).every((name) => ask.facts[name] !== undefined),
  );

describe('choosing a line', () => {
  it('says nothing twice while another line that fits has not been said', () => {
    const who = fc.record({ lang: fc.constantFrom(...languages), persona: fc.constantFrom(...personas) });
    fc.assert(
      fc.property(who, fc.array(scene, { maxLength: 150 }), (speaker, scenes) => {
        const said: string[] = [];
        for (const next of scenes) {
          const ask = { ...speaker, ...next, said };
          const fits = fitting(ask).map(({ id }) => id);
          const chosen = chooseLine(ask);
          assert.equal(chosen === null, fits.length === 0);
          if (!chosen) continue;
          assert.ok(fits.includes(chosen.templateId));
          assert.ok(
            !said.includes(chosen.templateId) || fits.every((id) => said.includes(id)),
            chosen.templateId,
          );
          assert.doesNotMatch(chosen.text, /[{}]/);
          said.push(chosen.templateId);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says the one said longest ago when all have been said', () => {
    const ask: Ask = {
      lang: 'en',
      persona: 'cool',
      occasion: 'idle',
      feels: 'calm',
      facts: {},
      said: [],
      seed: 1,
    };
    const said = fitting(ask).map(({ id }) => id);
    assert.equal(chooseLine({ ...ask, said })?.templateId, said[0]);
  });

  it('gives the same line for the same cause', () => {
    const ask: Ask = {
      lang: 'zh',
      persona: 'cute',
      occasion: 'kill',
      feels: 'happy',
      facts: {},
      said: [],
      seed: 7,
    };
    assert.deepEqual(chooseLine(ask), chooseLine(ask));
  });
});
