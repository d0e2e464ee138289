/** The 15 shapes that most rigs know, by Oculus' names (https://developers.meta.com/horizon/documentation/unity/audio-ovrlipsync-viseme-reference). */
export const visemes = [
  'sil',
  'PP',
  'FF',
  'TH',
  'DD',
  'kk',
  'CH',
  'SS',
  'nn',
  'RR',
  'aa',
  'E',
  'ih',
  'oh',
  'ou',
] as const;
export type Viseme = (typeof visemes)[number];

/** When which shape of the mouth begins, in milliseconds from the start; estimated, no sound was made yet. */
export type Mouth = { visemes: readonly { at: number; viseme: Viseme }[]; durationMs: number };

/** Milliseconds at an even pace. */
const MS = { consonant: 65, vowel: 100, syllable: 210, short: 180, long: 350 };

/**
 * By which English letters each shape is spelled; where several fit, the longest counts. In a language that is written
 * as it pleases this is right more often than not, which is all that lips need.
 */
const spelledBy: readonly [shapes: string, spellings: string][] = [
  ['PP', 'b m p mb'],
  ['FF', 'f v ph'],
  ['TH', 'th'],
  ['DD', 'd t'],
  ['kk', 'c g k q ck'],
  ['CH', 'j ch sh tch'],
  ['SS', 's z'],
  ['nn', 'l n kn ng'],
  ['RR', 'r wr'],
  ['kk SS', 'x'],
  ['kk ou', 'qu'],
  ['aa', 'a'],
  ['E', 'e ai ay ei ey eigh'],
  ['ih', 'i y ea ee ie'],
  ['oh', 'o oa au aw ough augh'],
  ['ou', 'u w oo ew ue ui eu wh'],
  ['ih ou', 'you'],
  ['aa ih', 'igh'],
  ['aa ou', 'ou ow'],
  ['oh ih', 'oi oy'],
  // The mouth keeps the shape it has.
  ['', 'h gh'],
];
const shapesOf = new Map(
  spelledBy.flatMap(([shapes, spellings]) =>
    spellings.split(' ').map((letters) => [letters, shapes.split(' ').filter(Boolean) as Viseme[]] as const),
  ),
);
const longestFirst = [...shapesOf.keys()].sort((one, other) => other.length - one.length);
const spelling = new RegExp(longestFirst.join('|'), 'g');

const vowels = new Set<Viseme>(['aa', 'E', 'ih', 'oh', 'ou']);

/** A word of English letters, a sign that is taken for a syllable, or what stands between such. */
const pieces = /(?<word>[a-z]+(?:'[a-z]+)*)|(?<syllable>[\p{L}\p{N}])|(?<gap>[^\p{L}\p{N}]+)/gu;
const LONG = /[.!?…。！？]/u;
const SHORT = /[,;:—，、；：\n]/u;

/** The lips of whoever speaks the text, at a pace of 1 or another. */
export function mouthOf(text: string, pace: number): Mouth {
  const shown: { at: number; viseme: Viseme }[] = [];
  let clock = 0;
  const say = (viseme: Viseme, ms: number) => {
    if (shown.at(-1)?.viseme !== viseme) shown.push({ at: Math.round(clock), viseme });
    clock += ms / pace;
  };
  for (const { groups } of plain(text).matchAll(pieces)) {
    const { word, syllable, gap = '' } = groups!;
    if (word) for (const shape of shapesIn(word)) say(shape, vowels.has(shape) ? MS.vowel : MS.consonant);
    // What a Chinese sign sounds like is not known here: the mouth opens and closes with each syllable.
    else if (syllable) {
      say('nn', MS.syllable * 0.3);
      say('aa', MS.syllable * 0.7);
    } else if (clock > 0 && LONG.test(gap)) say('sil', MS.long);
    else if (clock > 0 && SHORT.test(gap)) say('sil', MS.short);
  }
  say('sil', 0);
  return { visemes: shown, durationMs: Math.round(clock) };
}

/** Small letters without accents. A point within a number is said, not paused at. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/é/giu, 'ey')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/(?<=\p{N})[.,:](?=\p{N})/gu, '');

function shapesIn(word: string): Viseme[] {
  const sounded = word
    .replaceAll("'", '')
    .replace(/[ts]ion/g, 'shn')
    .replace(/ture$/, 'jr')
    .replace(/dge/g, 'j')
    .replace(/cc(?=[eiy])/g, 'ks')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/([b-df-hj-np-tv-z])\1+/g, '$1')
    // Silent, as in `made`; not in `the`.
    .replace(/([aeiouy][^aeiouy]{1,3})e$/, '$1');
  return [...sounded.matchAll(spelling)].flatMap(([letters]) => shapesOf.get(letters)!);
}
