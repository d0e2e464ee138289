import { unit } from '../embedder.js';
import { ENGLISH, openEnglish } from './english.energetic.js';
import { type Glosser, openGlosser } from './gloss.js';
import { GRAMS, hashedGrams } from './grams.js';
import { meantOnce } from './meant-once.js';

export const DIMENSION = ENGLISH + GRAMS;
/** How much of the nearness of two texts is that of their meaning; the rest is how they are written. */
const MEANING = 0.7;
/** The model knows nothing of numbers; without them the sentences of many matches are one. Spelling has them. */
const NUMBERS = /(?<![\p{L}\p{N}])\d+(?:[.,:/]\d+)*(?![\p{L}\p{N}])/gu;

/** Of the first texts, one at least: as many as are made with a few runs of the model. */
export type Vectors = (texts: readonly string[]) => Promise<Float32Array[]>;

/** The same text gives the same vector, but for 1e-5 of a number: its last digits depend on what is asked beside it. */
export async function openVectors(): Promise<Vectors> {
  const glosser = openGlosser();
  const meanings = meantOnce(await openEnglish());
  return async (texts) => {
    const told = texts.map((text) => toldIn(text, glosser));
    const meant = await meanings(told.map(({ meaning }) => meaning));
    return meant.map((meaning, at) => joined(meaning, hashedGrams(told[at]!.spelling)));
  };
}

/** What the model reads of a text, and what its letters are taken from. */
function toldIn(text: string, glosser: Glosser): { meaning: string; spelling: string } {
  const clean = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFKC')
    .trim();
  const glossed = glosser.gloss(clean);
  const words = glossed || clean;
  return {
    meaning: words.replace(NUMBERS, ' ').replace(/\s+/g, ' ').trim() || words,
    spelling: `${glosser.simplify(clean)} ${glossed}`,
  };
}

/** Two vectors of length 1 as one: its nearness is the weighted mean of theirs. */
export function joined(
  meaning: ArrayLike<number>,
  spelling: ArrayLike<number>,
  share: number = MEANING,
): Float32Array {
  const vector = new Float32Array(meaning.length + spelling.length);
  vector.set(Float32Array.from(meaning, (value) => value * Math.sqrt(share)));
  vector.set(
    Float32Array.from(spelling, (value) => value * Math.sqrt(1 - share)),
    meaning.length,
  );
  return unit(vector)!;
}
