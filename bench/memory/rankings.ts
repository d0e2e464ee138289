import { lexicalIndex, lexicalScores, lexicalText } from '../../domain/memory/lexical.js';
import { lookedUpIn } from '../../domain/memory/looked-up.js';
import type { Remembered } from '../../domain/memory/memory.js';
import { similarityOf } from '../../domain/memory/similarity.js';
import { hashedGrams } from '../../projections/embedding/built-in/grams.js';
import type { Embedder } from '../../projections/embedding/embedder.js';
import { dot } from '../embedding/ranks.js';
import { meaningOf, type Person, recallOf, rememberedBy, sentencesOf } from './person.js';

/** `recall`: what is shipped. All others are simpler. */
export const rankings = [
  'recall',
  'vectors and words',
  'vectors alone',
  'words alone',
  'hashed n-grams',
  'newest first',
] as const;
export type Ranking = (typeof rankings)[number];

/** `about`: ids of events and of matches; what comes from any of them is right. */
export type Question = { asks: string; about: ReadonlySet<string>; at: string; revision: number };

/** The place of the right memory, from 1; `Infinity`: it is not among them. `kept`: there is one at all. */
export type Answer = { kept: boolean; places: Record<Ranking, number> };

/** Who can be asked. */
export async function answering(person: Person, embedder: Embedder) {
  const meaning = await meaningOf(person, embedder);
  const recall = recallOf(person, meaning);
  const grams = new Map(sentencesOf(person).map(({ key, text }) => [key, hashedGrams(text)]));
  return async (question: Question): Promise<Answer> => {
    const { asks, at, revision } = question;
    const right = rightKeys(person, question);
    const memories = rememberedBy(person, revision);
    const ask = { playerId: '', revision, text: asks, limit: Number.POSITIVE_INFINITY };
    const recalled = await recall.recallAt({ ...ask, cue: { at, facts: {} } });
    const near = (await meaning({ playerId: '', text: asks }))!.get('')!;
    const words = lexicalScores(asks, lexicalIndex(memories.map(textOf)));
    const gram = hashedGrams(asks);
    const cosine = ({ key }: Remembered) => near.get(key)?.cosine ?? null;
    const place = (score: (memory: Remembered, nth: number) => number) => placeOf(memories, right, score);
    const order = new Map(recalled.map(({ memory: { key } }, nth) => [key, -nth]));
    return {
      kept: right.size > 0,
      places: {
        recall: place(({ key }) => order.get(key) ?? Number.NEGATIVE_INFINITY),
        'vectors and words': place((one, nth) => similarityOf({ cosine: cosine(one), words: words[nth]! })),
        'vectors alone': place((one) => cosine(one) ?? Number.NEGATIVE_INFINITY),
        'words alone': place((_, nth) => words[nth]!),
        'hashed n-grams': place(({ key }) => dot(gram, grams.get(key)!)),
        'newest first': place(({ lastAt }) => Date.parse(lastAt)),
      },
    };
  };
}

const textOf = (memory: Remembered) => lexicalText(memory.sealed ?? lookedUpIn(memory));

/** Keys of which an occurrence before that moment is right. */
function rightKeys({ occurrences }: Person, { about, revision }: Question): Set<string> {
  const right = occurrences.filter(
    ({ facts, sources, revision: of }) =>
      of <= revision && (about.has(facts.matchId ?? '') || sources.some((source) => about.has(source))),
  );
  return new Set(right.map(({ key }) => key));
}

/** Of the best of those that are right. What has the same score stands before it: nobody could tell them apart. */
function placeOf(
  memories: readonly Remembered[],
  right: ReadonlySet<string>,
  score: (memory: Remembered, nth: number) => number,
): number {
  const scored = memories.map((memory, nth) => ({ right: right.has(memory.key), score: score(memory, nth) }));
  const best = Math.max(...scored.map((one) => (one.right ? one.score : Number.NEGATIVE_INFINITY)));
  if (best === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return scored.filter((one) => !one.right && one.score >= best).length + 1;
}
