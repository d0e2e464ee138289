/** Cosines up to the first say nothing, from the second on everything; between them they are told straight. */
const COSINE_SAYS = { nothing: 0.3, all: 0.8 };
/** Whoever shares the words need not mean the same. */
const WORDS_SAY = 0.9;

/**
 * 0 to 1: how near a memory is to what was asked, by the cosine of their vectors (`null`: not known) and by the share of
 * what was asked that its text says. Either of them is enough, and both are more than one.
 */
export function similarityOf({ cosine, words }: { cosine: number | null; words: number }): number {
  const { nothing, all } = COSINE_SAYS;
  const meant = cosine === null ? 0 : Math.min(1, Math.max(0, (cosine - nothing) / (all - nothing)));
  return 1 - (1 - meant) * (1 - WORDS_SAY * words);
}
