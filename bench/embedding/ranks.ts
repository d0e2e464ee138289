import type { Pair } from './pairs.js';

export const directions = ['en', 'zh', 'zh→en'] as const;
export type Direction = (typeof directions)[number];
/** Of all questions: how many have their memory first, how many among the first five, the mean of 1/place. */
export type Ranks = { r1: number; r5: number; mrr: number };

/** Each question before all memories: the place of its own. */
export async function ranksOf(
  pairs: readonly Pair[],
  vector: (text: string) => Promise<ArrayLike<number>>,
): Promise<Record<Direction, Ranks>> {
  const all = async (lang: 'en' | 'zh', of: 'memory' | 'question') => {
    const made: ArrayLike<number>[] = [];
    for (const pair of pairs) made.push(await vector(pair[lang][of]));
    return made;
  };
  const [en, zh] = [await all('en', 'memory'), await all('zh', 'memory')];
  const [askedEn, askedZh] = [await all('en', 'question'), await all('zh', 'question')];
  return { en: ranks(askedEn, en), zh: ranks(askedZh, zh), 'zh→en': ranks(askedZh, en) };
}

function ranks(asked: readonly ArrayLike<number>[], memories: readonly ArrayLike<number>[]): Ranks {
  const places = asked.map((question, own) => {
    const near = memories.map((memory) => dot(question, memory));
    // One that is as near stands before it: what cannot tell them apart has not found it.
    return near.filter((one, at) => at !== own && one >= near[own]!).length + 1;
  });
  return ranksOfPlaces(places);
}

/** From 1; what was not found at all is at `Infinity`. */
export function ranksOfPlaces(places: readonly number[]): Ranks {
  const share = (most: number) => places.filter((place) => place <= most).length / places.length;
  return {
    r1: share(1),
    r5: share(5),
    mrr: places.reduce((sum, place) => sum + 1 / place, 0) / places.length,
  };
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
