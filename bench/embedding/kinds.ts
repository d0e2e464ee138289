import { openEnglish } from '../../projections/embedding/built-in/english.energetic.js';
import { openGlosser } from '../../projections/embedding/built-in/gloss.js';
import { hashedGrams } from '../../projections/embedding/built-in/grams.js';
import { openVectors } from '../../projections/embedding/built-in/vectors.js';

export type Kind = { name: string; vector: (text: string) => Promise<ArrayLike<number>> };

/** What the built-in embedder is made of, step by step. */
export async function openKinds(): Promise<Kind[]> {
  const english = await openEnglish();
  const glosser = openGlosser();
  const vectors = await openVectors();
  const meaning = async (text: string) => (await english([text]))[0]!;
  return [
    { name: 'hashed n-grams', vector: async (text) => hashedGrams(text) },
    { name: 'English model', vector: meaning },
    { name: 'English model, Chinese glossed', vector: async (text) => meaning(glosser.gloss(text) || text) },
    {
      name: 'that without numbers, and n-grams: the built-in embedder',
      vector: async (text) => (await vectors([text]))[0]!,
    },
  ];
}
