/** How often what was looked for was at hand, and how often it was not. */
export type Found = { hits: number; misses: number };

export const nothingFound = (): Found => ({ hits: 0, misses: 0 });
