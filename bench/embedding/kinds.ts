import { openEnglish } from '../../projections/embedding/built-in/english.energetic.js';
import { openGlosser } from '../../projections/embedding/built-in/gloss.js';
import { hashedGrams } from '../../projections/embedding/built-in/grams.js';
import { openVectors } from '../../projections/embedding/built-in/vectors.js';

export type Kind = { name: string; vector: (text: string) => Promise<ArrayLike<number>> };

/** What the built-in embedder is made of, step by step. */
export async function openKinds(): Promise<Kind[]> {
  const english = await openEnglish();
  const glosser = openGlosser();
  return [
    { name: 'hashed n-grams', vector: async (text) => hashedGrams(text) },
    { name: 'English model', vector: english },
    { name: 'English model, Chinese glossed', vector: async (text) => english(glosser.gloss(text) || text) },
    { name: 'that and n-grams: the built-in embedder', vector: await openVectors() },
  ];
}
