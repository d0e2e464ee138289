import { emotionLabels } from '../../emotion/emotion.js';
import { type Language, languages, type Persona, personas } from '../../kernel/language.js';
import { unkind } from '../manners.js';
import { linesFor } from './index.js';
import {
  type Line,
  type LineOccasion,
  type LinePlaceholder,
  lineOccasions,
  placeholdersOf,
  rememberedOn,
} from './line.js';

/** What one persona can say in one language. */
export type LineFile = { lang: Language; persona: string; lines: readonly Line[] };

export const lineFiles: readonly LineFile[] = languages.flatMap((lang) =>
  personas.map((persona: Persona) => ({ lang, persona, lines: linesFor(lang, persona) })),
);

/** Lines that need neither a certain feeling nor a fact: they fit every time. */
export const LEAST_PLAIN = 6;
/** What happens all the time needs more of them. */
const leastOn: Partial<Record<LineOccasion, number>> = {
  kill: 18,
  death: 18,
  assist: 14,
  kill_streak: 12,
  death_streak: 12,
  multi_kill: 12,
  victory: 12,
  defeat: 12,
  chat: 12,
  objective: 10,
  damage_taken: 10,
};
const least = (on: LineOccasion) => leastOn[on] ?? 8;
const LEAST_IN_LANGUAGE = 1_000;
const longest: Record<Language, number> = { zh: 40, en: 120 };

/** Where a fact can be known at all: elsewhere a line that needs it would be dead. */
const mayName: Record<LinePlaceholder, readonly LineOccasion[]> = {
  hero: ['kill', 'kill_streak', 'multi_kill', 'death', 'victory', 'defeat', 'match_start'],
  weapon: ['kill', 'multi_kill', 'first_blood'],
  killCount: ['multi_kill', 'victory_dominant'],
  streak: ['kill_streak', 'death_streak', 'defeat_streak'],
  name: ['achievement', 'quest_completed', 'loot'],
  level: ['level_up'],
  count: ['milestone'],
  player: lineOccasions,
  memory: rememberedOn,
  when: rememberedOn,
};

/** Chinese: ideographs and full-width marks. English: letters and plain ASCII marks. No markup, no emoji. */
const written: Record<Language, RegExp> = {
  zh: /^[\u4e00-\u9fff，。！？～、：；“”…]+$/,
  en: /^[A-Za-z ,.!?:;'-]+$/,
};
const closes: Record<Language, RegExp> = { zh: /[。！？～]$/, en: /[.!?]$/ };

/** The first that is not written so, where there is one. */
const foreign = (text: string, lang: Language): string => {
  const found = [...text].find((sign) => !written[lang].test(sign));
  return found === undefined ? '' : `, ${JSON.stringify(found)}`;
};

const withoutPlaceholders = (text: string) =>
  placeholdersOf(text).reduce((left, name) => left.replaceAll(`{${name}}`, ''), text);
export const isPlain = (line: Line) => line.feels === undefined && placeholdersOf(line.text).length === 0;

export function idFaults({ lang, persona, lines }: LineFile): string[] {
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

export function countFaults({ lang, persona, lines }: LineFile): string[] {
  return lineOccasions.flatMap((on) => {
    const here = lines.filter((line) => line.on === on);
    const plain = here.filter(isPlain).length;
    const faults: string[] = [];
    if (here.length < least(on))
      faults.push(`${lang}.${persona}.${on} has only ${here.length} lines of ${least(on)}`);
    if (plain < LEAST_PLAIN)
      faults.push(`${lang}.${persona}.${on} has only ${plain} plain lines of ${LEAST_PLAIN}`);
    return faults;
  });
}

export function feelsFaults({ lines }: LineFile): string[] {
  const labels: readonly string[] = emotionLabels;
  const sound = (feels: readonly string[]) =>
    feels.length > 0 &&
    new Set(feels).size === feels.length &&
    feels.every((label) => labels.includes(label));
  return lines.filter(({ feels }) => feels && !sound(feels)).map((line) => `${line.id}: feels is wrong`);
}

export function placeholderFaults({ lines }: LineFile): string[] {
  return lines.flatMap((line) => [
    ...placeholdersOf(line.text)
      .filter((name) => !mayName[name].includes(line.on))
      .map((name) => `${line.id}: {${name}} is never known there`),
    ...(/[{}]/.test(withoutPlaceholders(line.text)) ? [`${line.id}: an unknown placeholder`] : []),
    ...memoryFaults(line),
  ]);
}

/** "in March" says nothing without what was then; both begin small, so in English no sentence begins with them. */
function memoryFaults({ id, text }: Line): string[] {
  const faults: string[] = [];
  if (text.includes('{when}') && !text.includes('{memory}')) faults.push(`${id}: {when} without {memory}`);
  const begins = id.startsWith('en.') ? /(?:^|[.!?] +)\{(memory|when)\}/.exec(text) : null;
  if (begins) faults.push(`${id}: a sentence begins with {${begins[1]}}`);
  return faults;
}

export function textFaults({ lang, lines }: LineFile): string[] {
  return lines.flatMap(({ id, text }) => {
    const bare = withoutPlaceholders(text);
    const faults: string[] = [];
    if ([...text].length > longest[lang]) faults.push(`${id}: longer than ${longest[lang]} characters`);
    if (text !== text.trim()) faults.push(`${id}: space at an end`);
    if (!written[lang].test(bare)) faults.push(`${id}: a foreign character${foreign(bare, lang)}`);
    if (!closes[lang].test(text)) faults.push(`${id}: does not close`);
    if (unkind[lang].test(bare)) faults.push(`${id}: an unkind word`);
    if (/[!！～]{2}/.test(text)) faults.push(`${id}: shouts`);
    return faults;
  });
}

export function loudFaults({ lang, persona, lines }: LineFile): string[] {
  const loud = lines.filter((line) => /[!！～]/.test(line.text)).length;
  const most = persona === 'cool' ? 0 : lines.length / 4;
  return loud > most ? [`${lang}.${persona}: ${loud} loud lines of ${lines.length}`] : [];
}

function trigrams(text: string): Set<string> {
  const letters = [...text.toLowerCase()];
  return new Set(letters.slice(2).map((_, at) => letters.slice(at, at + 3).join('')));
}

/** How many trigrams each line shares with those before it: most pairs share none and are never looked at. */
function* sharing(grams: readonly Set<string>[]): Generator<[number, number, number]> {
  const where = new Map<string, number[]>();
  for (const [at, mine] of grams.entries()) {
    const shared = new Map<number, number>();
    for (const gram of mine) {
      const before = where.get(gram) ?? [];
      for (const other of before) shared.set(other, (shared.get(other) ?? 0) + 1);
      where.set(gram, [...before, at]);
    }
    for (const [other, common] of shared) yield [other, at, common];
  }
}

/** Pairs of lines that are one line with swapped words: above 0.7 on one occasion of one persona, 0.85 anywhere. */
export function likenessFaults(lines: readonly Line[]): string[] {
  const grams = lines.map(({ text }) => trigrams(text));
  const cell = ({ id }: Line) => id.slice(0, id.lastIndexOf('.'));
  const faults: string[] = [];
  for (const [a, b, common] of sharing(grams)) {
    const like = common / (grams[a]!.size + grams[b]!.size - common);
    const [one, other] = [lines[a]!, lines[b]!];
    if (like > (cell(one) === cell(other) ? 0.7 : 0.85))
      faults.push(`${one.id} is like ${other.id} (${like.toFixed(2)})`);
  }
  return faults;
}

const fileChecks = [idFaults, countFaults, feelsFaults, placeholderFaults, textFaults, loudFaults];

/** All that is wrong with these lines, one sentence each; none: they may be spoken. */
export function lineFaults(files: readonly LineFile[] = lineFiles): string[] {
  const ofLanguage = (lang: Language) =>
    files.filter((file) => file.lang === lang).flatMap(({ lines }) => lines);
  return [
    ...files.flatMap((file) => fileChecks.flatMap((check) => check(file))),
    ...languages.flatMap((lang) => {
      const lines = ofLanguage(lang);
      const few =
        lines.length < LEAST_IN_LANGUAGE
          ? [`${lang} has only ${lines.length} lines of ${LEAST_IN_LANGUAGE}`]
          : [];
      return [...few, ...likenessFaults(lines)];
    }),
  ];
}
