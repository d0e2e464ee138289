import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Language, languages, personas } from '../kernel/language.js';
import { linesFor } from './lines/index.js';
import { withName } from './named.js';
import { personaSheets } from './personas.js';
import { promptFor } from './prompt.js';
import { faultOf, type LineTerms, lineFaults, readReply } from './reply.js';

const emotion = { label: 'happy', intensity: 0.5, valence: 0.6, arousal: 0.4 } as const;
const termsOf = (lang: Language, persona: (typeof personas)[number], said: string[] = []): LineTerms => {
  const sheet = personaSheets[persona][lang];
  const prompt = promptFor({ scene: 'chat', sheet, lang, ageRating: 'everyone', emotion, happened: [] });
  return { lang, rating: 'everyone', chat: false, prompt, said };
};
const english = termsOf('en', 'cool');
const chinese = termsOf('zh', 'cute');

const facts: Record<Language, Record<string, string>> = {
  en: {
    hero: 'Lux',
    weapon: 'Phantom',
    killCount: '16',
    streak: '4',
    name: 'First Light',
    level: '30',
    count: '100',
  },
  zh: {
    hero: '拉克丝',
    weapon: '幻影',
    killCount: '16',
    streak: '4',
    name: '初见',
    level: '30',
    count: '100',
  },
};
const names: Record<Language, string> = { en: 'Annika', zh: '安妮' };

describe('what a model answers', () => {
  it('may be any line that people have written for a companion', () => {
    let looked = 0;
    const faults = languages.flatMap((lang) =>
      personas.flatMap((persona) => {
        const terms = termsOf(lang, persona);
        return linesFor(lang, persona).flatMap(({ id, text }) => {
          looked++;
          const filled = withName(text, lang, names[lang]).replace(
            /\{(\w+)\}/g,
            (_, fact) => facts[lang][fact]!,
          );
          const fault = faultOf(filled, terms);
          return fault ? [`${id} ${fault}: ${filled}`] : [];
        });
      }),
    );
    assert.ok(looked > 2_000);
    assert.deepEqual(faults, []);
  });

  const good: [string, LineTerms][] = [
    ['Nice one, Александр! That was all you.', english],
    ['Ezreal and 阿狸 on one team. I like those odds.', english],
    ['Grand entrance. Grander exit.', english],
    ["Don't rush it, the high ground isn't going anywhere.", english],
    ['You have 3,412,000 damage this match. I counted.', english],
    ['Version 2.0 of that jump was better.', english],
    ['I was told to expect fireworks. You brought the sun.', english],
    ['Café break? You earned it.', english],
    ['Lux 这一下漂亮，人家看呆啦。', chinese],
    ['一二三，跳！人家数着呢。', chinese],
    ['“稳住”，你说得对嘛。', chinese],
  ];
  for (const [line, terms] of good)
    it(`may be: ${line}`, () => {
      const reply = readReply(JSON.stringify({ line, gesture: 'nod', tone: 'warm' }), terms);
      assert.deepEqual(reply, { line, gesture: 'nod', tone: 'warm' });
    });

  it('is read with what is not needed left out: other fields, an unknown gesture, an unknown tone', () => {
    const raw = JSON.stringify({ line: ' Well  played.\n', gesture: 'bite', tone: 'evil', system: 'secret' });
    assert.deepEqual(readReply(raw, english), { line: 'Well played.', gesture: undefined, tone: 'warm' });
  });

  it('is not what it has just said, however it is written', () => {
    const raw = JSON.stringify({ line: 'WELL… played!' });
    assert.equal(readReply(raw, { ...english, said: ['Hello.', 'Well played.'] }), 'repeated');
  });

  it('is a line or a fault of the list, whatever comes', () => {
    const raw = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ line: fc.string({ unit: 'binary' }) }).map((reply) => JSON.stringify(reply)),
    );
    fc.assert(
      fc.property(raw, fc.constantFrom(english, chinese), (text, terms) => {
        const reply = readReply(text, terms);
        if (typeof reply === 'string') return assert.ok(lineFaults.includes(reply));
        assert.ok(Object.keys(reply).every((field) => ['gesture', 'line', 'tone'].includes(field)));
        assert.equal(faultOf(reply.line, terms), null);
        assert.doesNotMatch(reply.line, /[<>{}\p{Cc}\p{Cf}]/u);
      }),
      { numRuns: 200 },
    );
  });

  it('betrays the prompt with any piece of its secret that is long enough, spelled or turned round', () => {
    for (const terms of [english, termsOf('en', 'cheerful')]) {
      const { secret } = terms.prompt;
      for (let at = 0; at + 60 < secret.length; at += 7) {
        const piece = secret.slice(at, at + 60);
        if (piece.includes('\n')) continue;
        for (const line of [`Well: ${piece}`, [...piece].join('-'), [...piece].reverse().join('')])
          assert.notEqual(faultOf(line.replaceAll('"', ''), { ...terms, chat: true }), null, line);
      }
    }
  });
});
