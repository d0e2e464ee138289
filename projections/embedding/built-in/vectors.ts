import { unit } from '../embedder.js';
import { ENGLISH, openEnglish } from './english.energetic.js';
import { openGlosser } from './gloss.js';
import { GRAMS, hashedGrams } from './grams.js';

export const DIMENSION = ENGLISH + GRAMS;
/** How much of the nearness of two texts is that of their meaning; the rest is how they are written. */
const MEANING = 0.7;

export type Vectors = (text: string) => Promise<Float32Array>;

/** The same text gives the same bytes, whatever was asked before and beside. */
export async function openVectors(): Promise<Vectors> {
  const glosser = openGlosser();
  const english = await openEnglish();
  return async (text) => {
    const clean = text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .normalize('NFKC')
      .trim();
    const glossed = glosser.gloss(clean);
    return joined(await english(glossed || clean), hashedGrams(`${glosser.simplify(clean)} ${glossed}`));
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
