import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { emotionLabels } from '../../emotion/emotion.js';
import { type Language, languages, type Persona, personas } from '../../kernel/language.js';
import { linesFor } from './index.js';
import { type Line, type LineOccasion, type LinePlaceholder, lineOccasions, placeholdersOf } from './line.js';

type LineFile = { lang: Language; persona: Persona; lines: readonly Line[] };

const files: LineFile[] = languages.flatMap((lang) =>
  personas.map((persona) => ({ lang, persona, lines: linesFor(lang, persona) })),
);
const linesOf = (lang: Language) => files.filter((file) => file.lang === lang).flatMap((file) => file.lines);

const LEAST_IN_FILE = 110;
const LEAST_PLAIN = 3;
const leastOn: Partial<Record<LineOccasion, number>> = {
  kill: 10,
  death: 8,
  victory: 8,
  multi_kill: 8,
  chat: 8,
  defeat: 6,
  kill_streak: 6,
  death_streak: 6,
  assist: 6,
  objective: 5,
};
const least = (on: LineOccasion) => leastOn[on] ?? 4;
const longest: Record<Language, number> = { zh: 40, en: 120 };

/** Where a fact can be known at all: elsewhere a line that needs it would be dead. */
const mayName: Record<LinePlaceholder, readonly LineOccasion[]> = {
  hero: ['kill', 'kill_streak', 'multi_kill', 'death', 'victory', 'defeat', 'match_start'],
  weapon: ['kill', 'multi_kill', 'first_blood'],
  killCount: ['multi_kill', 'victory_dominant'],
  streak: ['kill_streak', 'death_streak', 'defeat_streak'],
  name: ['achievement', 'quest_completed', 'loot'],
  level: ['level_up'],
};

const unkind: Record<Language, RegExp> = {
  zh: /垃圾|菜鸡|菜鸟|太菜|废物|白痴|笨|傻|蠢|滚开|滚蛋|去死|死了|他妈|妈的|卧槽|屁|丢人现眼|没用|活该|弱鸡|送人头|坑货/,
  en: /\b(damn|hell|crap|stupid|idiot|dumb|noobs?|losers?|sucks?|shit|fuck\w*|trash|pathetic|useless|worthless|ez|die|dead|hate|shame|ass|sexy|drunk|beer)\b/i,
};

/** Chinese: ideographs and full-width marks. English: letters and plain ASCII marks. No markup, no emoji. */
const written: Record<Language, RegExp> = {
  zh: /^[\u4e00-\u9fff，。！？～、：；“”…]+$/,
  en: /^[A-Za-z ,.!?:;'-]+$/,
};
const closes: Record<Language, RegExp> = { zh: /[。！？～]$/, en: /[.!?]$/ };

const withoutPlaceholders = (text: string) =>
  placeholdersOf(text).reduce((left, name) => left.replaceAll(`{${name}}`, ''), text);
const isPlain = (line: Line) => line.feels === undefined && placeholdersOf(line.text).length === 0;

function idFaults({ lang, persona, lines }: LineFile): string[] {
  const wrong = lines.filter((line) => {
    const start = `${lang}.${persona}.${line.on}.`;
    return !line.id.startsWith(start) || !/^\d{2,}$/.test(line.id.slice(start.length));
  });
  const doubled = lines.filter((line, at) => lines.findIndex((other) => other.id === line.id) !== at);
  return [
    ...wrong.map((line) => `${line.id} is malformed`),
    ...doubled.map((line) => `${line.id} is doubled`),
  ];
}

function countFaults({ lang, persona, lines }: LineFile): string[] {
  const faults = lines.length < LEAST_IN_FILE ? [`${lang}.${persona} has only ${lines.length} lines`] : [];
  for (const on of lineOccasions) {
    const here = lines.filter((line) => line.on === on);
    const plain = here.filter(isPlain);
    if (here.length < least(on)) faults.push(`${lang}.${persona}.${on} has only ${here.length} lines`);
    if (plain.length < LEAST_PLAIN)
      faults.push(`${lang}.${persona}.${on} has only ${plain.length} plain lines`);
  }
  return faults;
}

function feelsFaults({ lines }: LineFile): string[] {
  const labels: readonly string[] = emotionLabels;
  const sound = (feels: readonly string[]) =>
    feels.length > 0 &&
    new Set(feels).size === feels.length &&
    feels.every((label) => labels.includes(label));
  return lines.filter(({ feels }) => feels && !sound(feels)).map((line) => `${line.id}: feels is wrong`);
}

function placeholderFaults({ lines }: LineFile): string[] {
  return lines.flatMap((line) => [
    ...placeholdersOf(line.text)
      .filter((name) => !mayName[name].includes(line.on))
      .map((name) => `${line.id}: {${name}} is never known there`),
    ...(/[{}]/.test(withoutPlaceholders(line.text)) ? [`${line.id}: an unknown placeholder`] : []),
  ]);
}

function textFaults({ lang, lines }: LineFile): string[] {
  return lines.flatMap(({ id, text }) => {
    const bare = withoutPlaceholders(text);
    const faults: string[] = [];
    if ([...text].length > longest[lang]) faults.push(`${id}: longer than ${longest[lang]} characters`);
    if (text !== text.trim()) faults.push(`${id}: space at an end`);
    if (!written[lang].test(bare)) faults.push(`${id}: a foreign character`);
    if (!closes[lang].test(text)) faults.push(`${id}: does not close`);
    if (unkind[lang].test(bare)) faults.push(`${id}: an unkind word`);
    if (/[!！～]{2}/.test(text)) faults.push(`${id}: shouts`);
    return faults;
  });
}

function loudFaults({ lang, persona, lines }: LineFile): string[] {
  const loud = lines.filter((line) => /[!！～]/.test(line.text)).length;
  const most = persona === 'cool' ? 0 : lines.length / 4;
  return loud > most ? [`${lang}.${persona}: ${loud} loud lines of ${lines.length}`] : [];
}

function trigrams(text: string): Set<string> {
  const letters = [...text.toLowerCase()];
  return new Set(letters.slice(2).map((_, at) => letters.slice(at, at + 3).join('')));
}

function jaccard(a: Set<string>, b: Set<string>): number {
  const common = [...a].filter((gram) => b.has(gram)).length;
  const all = a.size + b.size - common;
  return all === 0 ? 1 : common / all;
}

/** Pairs of lines that are one line with swapped words: above 0.7 on one occasion of one file, 0.85 anywhere. */
function likenessFaults(lines: readonly Line[]): string[] {
  const grams = lines.map((line) => trigrams(line.text));
  const cell = (line: Line) => line.id.slice(0, line.id.lastIndexOf('.'));
  return lines.flatMap((line, at) =>
    lines
      .slice(at + 1)
      .map((other, after) => ({ other, like: jaccard(grams[at]!, grams[at + 1 + after]!) }))
      .filter(({ other, like }) => like > (cell(line) === cell(other) ? 0.7 : 0.85))
      .map(({ other, like }) => `${line.id} is like ${other.id} (${like.toFixed(2)})`),
  );
}

const fileChecks = { idFaults, countFaults, feelsFaults, placeholderFaults, textFaults, loudFaults };

for (const file of files) {
  for (const [name, check] of Object.entries(fileChecks)) {
    test(`${file.lang}.${file.persona} has no ${name}`, () => assert.deepEqual(check(file), []));
  }
}

for (const lang of languages) {
  test(`no two ${lang} lines are one line with swapped words`, () => {
    assert.deepEqual(likenessFaults(linesOf(lang)), []);
  });

  test(`${lang} has 330 lines and more, no id twice`, () => {
    const ids = linesOf(lang).map((line) => line.id);
    assert.ok(ids.length >= 330, `${ids.length} lines`);
    assert.equal(new Set(ids).size, ids.length);
  });

  test(`every emotion has ${lang} lines of its own`, () => {
    const felt = new Set(linesOf(lang).flatMap((line) => line.feels ?? []));
    assert.deepEqual(
      emotionLabels.filter((label) => !felt.has(label)),
      [],
    );
  });
}

test('whatever is felt, and with no fact known, every persona has something to say on every occasion', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
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
