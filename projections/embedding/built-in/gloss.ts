import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { slang, terms } from './terms.js';

/** In the sources, for what is built holds programs alone. */
export const glossFile = fileURLToPath(
  new URL('../../../../projections/embedding/gloss/cc-cedict.txt.br', import.meta.url),
);

/** Chinese words as English ones, one after the other; players' English with its meaning after it; all else stays. */
export type Glosser = {
  gloss(text: string): string;
  /** Traditional characters as simplified ones. */
  simplify(text: string): string;
  /** Which words a run of Chinese characters is taken to be. */
  words(run: string): string[];
};

type Word = { gloss: string; cost: number };

const LONGEST = 7;
/** Of a corpus of so many words; what players say counts as if it were met so often. */
const CORPUS = 6e7;
const TERM_COUNT = 2e5;
const costOf = (count: number) => Math.log(CORPUS / Math.max(count, 0.5));
/** A character that means nothing: taken where nothing else fits. */
const UNKNOWN: Word = { gloss: '', cost: 2 * costOf(0) };

export function openGlosser(): Glosser {
  const [, pairs = '', ...lines] = brotliDecompressSync(readFileSync(glossFile)).toString('utf8').split('\n');
  const simpleOf = readPairs(pairs);
  const known = readWords(lines);
  const simplify = (text: string) =>
    Array.from(text, (character) => simpleOf.get(character) ?? character).join('');
  const glossRun = (run: string) =>
    ` ${segment(run, known)
      .map((word) => known.get(word)?.gloss ?? '')
      .join(' ')} `;
  return {
    simplify,
    words: (run) => segment(run, known),
    gloss: (text) =>
      simplify(text)
        .replace(/[A-Za-z]+/g, withMeaning)
        .replace(/\p{Script=Han}+/gu, glossRun)
        .replace(/\s+/g, ' ')
        .trim(),
  };
}

function withMeaning(word: string): string {
  const meaning = slang.get(word.toLowerCase());
  return meaning ? `${word} ${meaning}` : word;
}

function readPairs(pairs: string): Map<string, string> {
  const characters = [...pairs];
  const simpleOf = new Map<string, string>();
  for (let at = 0; at + 1 < characters.length; at += 2) simpleOf.set(characters[at]!, characters[at + 1]!);
  return simpleOf;
}

/** What players say goes before the dictionary. */
function readWords(lines: readonly string[]): Map<string, Word> {
  const known = new Map<string, Word>();
  for (const line of lines) {
    const [word, count, gloss] = line.split('\t');
    if (word && gloss) known.set(word, { gloss, cost: costOf(Number(count)) });
  }
  for (const [word, gloss] of terms) {
    const cost = Math.min(costOf(TERM_COUNT), known.get(word)?.cost ?? Number.POSITIVE_INFINITY);
    known.set(word, { gloss, cost });
  }
  return known;
}

/** The likeliest words that a run is made of: the cheapest way through it. */
function segment(run: string, known: ReadonlyMap<string, Word>): string[] {
  const characters = [...run];
  const best: { cost: number; word: string; from: number }[] = [{ cost: 0, word: '', from: 0 }];
  for (let to = 1; to <= characters.length; to++) {
    let cheapest = { cost: Number.POSITIVE_INFINITY, word: '', from: 0 };
    for (let from = Math.max(0, to - LONGEST); from < to; from++) {
      const word = characters.slice(from, to).join('');
      const found = known.get(word) ?? (to - from === 1 ? UNKNOWN : undefined);
      if (!found) continue;
      const cost = best[from]!.cost + found.cost;
      if (cost < cheapest.cost) cheapest = { cost, word, from };
    }
    best.push(cheapest);
  }
  const words: string[] = [];
  for (let at = characters.length; at > 0; at = best[at]!.from) words.unshift(best[at]!.word);
  return words;
}
