/** Cosines up to the first say nothing, from the second on everything; between them they are told straight. */
const COSINE_SAYS = { nothing: 0.1, all: 0.8 };
/** Nobody says all that was asked; and whoever does need not mean the same. */
const WORDS_SAY = { times: 1.5, atMost: 0.9 };

/** From here on what is near to what was asked is of it. */
export const MEANS_SOMETHING = 0.5;

/**
 * 0 to 1: how near a memory is to what was asked, by the cosine of their vectors (`null`: not known) and by the share of
 * what was asked that its text says, 0 to 1. Either of them is enough, and both are more than one.
 */
export function similarityOf({ cosine, words }: { cosine: number | null; words: number }): number {
  const { nothing, all } = COSINE_SAYS;
  const meant = cosine === null ? 0 : Math.min(1, Math.max(0, (cosine - nothing) / (all - nothing)));
  const said = Math.min(WORDS_SAY.atMost, WORDS_SAY.times * words);
  return 1 - (1 - meant) * (1 - said);
}
