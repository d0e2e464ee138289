import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { emotionLabels } from '../../emotion/emotion.js';
import { type Language, languages } from '../../kernel/language.js';
import {
  countFaults,
  feelsFaults,
  idFaults,
  LEAST_PLAIN,
  type LineFile,
  likenessFaults,
  lineFaults,
  lineFiles,
  loudFaults,
  placeholderFaults,
  textFaults,
} from './check.js';
import { type Line, lineOccasions, placeholdersOf, rememberedOn } from './line.js';

test('the library has a thousand lines and more a language, and no fault', () => {
  assert.deepEqual(lineFaults(), []);
});

for (const lang of languages) {
  test(`every emotion has ${lang} lines of its own`, () => {
    const felt = new Set(
      lineFiles
        .filter((file) => file.lang === lang)
        .flatMap(({ lines }) => lines)
        .flatMap((line) => line.feels ?? []),
    );
    assert.deepEqual(
      emotionLabels.filter((label) => !felt.has(label)),
      [],
    );
  });
}

test('whatever is felt, and with no fact known, every persona has something to say on every occasion', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...lineFiles),
      fc.constantFrom(...lineOccasions),
      fc.constantFrom(...emotionLabels),
      (file, on, label) => {
        const fits = file.lines.filter(
          (line) =>
            line.on === on &&
            placeholdersOf(line.text).length === 0 &&
            (line.feels === undefined || line.feels.includes(label)),
        );
        return fits.length >= LEAST_PLAIN;
      },
    ),
    { numRuns: 500 },
  );
});

test('where it is natural to remember, every persona can, five ways and more, whatever is felt', () => {
  for (const { lang, persona, lines } of lineFiles)
    for (const on of rememberedOn) {
      const here = lines.filter((line) => line.on === on && line.text.includes('{memory}'));
      assert.ok(here.length >= 5, `${lang}.${persona}.${on} has ${here.length}`);
      assert.ok(
        here.every(({ feels }) => feels === undefined),
        `${lang}.${persona}.${on}`,
      );
      assert.ok(
        here.some(({ text }) => !text.includes('{when}')),
        `${lang}.${persona}.${on}`,
      );
    }
});

test('the placeholders of a text are the known ones, each once', () => {
  assert.deepEqual(placeholdersOf('{hero}, {weapon}, {hero}, {other}, { name }'), ['hero', 'weapon']);
  assert.deepEqual(placeholdersOf('Clean.'), []);
});

const planted = (over: Partial<Line>, lang: Language = 'en'): LineFile => ({
  lang,
  persona: 'cool',
  lines: [{ id: `${lang}.cool.kill.01`, on: 'kill', text: lang === 'en' ? 'Clean.' : '干净。', ...over }],
});

test('the checks catch what they are there for', () => {
  assert.deepEqual(textFaults(planted({})), []);
  assert.deepEqual(textFaults(planted({}, 'zh')), []);
  const caught: [string[], RegExp][] = [
    [idFaults(planted({ id: 'en.cute.kill.01' })), /malformed/],
    [idFaults(planted({ on: 'death' })), /malformed/],
    [idFaults({ ...planted({}), lines: [planted({}).lines[0]!, planted({}).lines[0]!] }), /doubled/],
    [countFaults(planted({})), /only 1 lines/],
    [feelsFaults(planted({ feels: [] })), /feels/],
    [feelsFaults(planted({ feels: ['smug' as 'proud'] })), /feels/],
    [placeholderFaults(planted({ text: 'Well done, {playerName}.' })), /unknown placeholder/],
    [placeholderFaults(planted({ text: 'Level {level}.' })), /never known/],
    [placeholderFaults(planted({ text: 'Like {memory}.' })), /\{memory\} is never known/],
    [
      placeholderFaults(planted({ on: 'victory', text: 'As you did {when}.' })),
      /\{when\} without \{memory\}/,
    ],
    [
      placeholderFaults(planted({ on: 'victory', text: 'Good. {memory} was good.' })),
      /begins with \{memory\}/,
    ],
    [placeholderFaults(planted({ on: 'victory', text: '{when} came {memory}.' })), /begins with \{when\}/],
    [textFaults(planted({ text: `${'so '.repeat(40)}good.` })), /longer/],
    [textFaults(planted({ text: '好'.repeat(41) }, 'zh')), /longer/],
    [textFaults(planted({ text: '干净,下一个。' }, 'zh')), /foreign/],
    [textFaults(planted({ text: 'Nice \u{1f389}.' })), /foreign/],
    [textFaults(planted({ text: '<b>Nice</b>.' })), /foreign/],
    [textFaults(planted({ text: 'Nice \u2018one\u2019.' })), /foreign/],
    [textFaults(planted({ text: 'Damn good.' })), /unkind/],
    [textFaults(planted({ text: '你真笨。' }, 'zh')), /unkind/],
    [textFaults(planted({ text: 'Nice' })), /close/],
    [textFaults(planted({ text: 'Nice!!' })), /shouts/],
    [loudFaults(planted({ text: 'Nice!' })), /loud/],
  ];
  for (const [faults, expected] of caught) assert.match(faults.join('\n'), expected);
});

test('likeness is held tighter on one occasion than across occasions', () => {
  const line = (id: string, text: string) => ({ id, on: 'kill' as const, text });
  const a = line('en.cool.kill.01', 'You waited for it. That is the whole skill.');
  const swapped = 'You waited for it. That is the whole trick.';
  assert.equal(likenessFaults([a, line('en.cool.kill.02', swapped)]).length, 1);
  assert.equal(likenessFaults([a, line('en.cool.death.01', swapped)]).length, 0);
  assert.equal(likenessFaults([a, line('en.cute.death.01', a.text)]).length, 1);
});
