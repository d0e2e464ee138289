import type { MemoryFacts, MemoryKind } from '../memory.js';

/** A type of event in a language: what one did, and what that is called. */
export type Words = {
  did(facts: MemoryFacts): string;
  noun(facts: MemoryFacts): string;
  /** What is said of it after with whom and where. */
  moreover?(facts: MemoryFacts): string;
};

/** The words in a type of a game's own: `custom.goal_scored` is "goal scored". */
export const ownWords = ({ what }: MemoryFacts): string =>
  what
    .replace(/^custom\./, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .slice(0, 40) || '?';

/** How a language tells of memories: sentences without the full stop, and noun phrases. */
export type Grammar = {
  did(facts: MemoryFacts): string;
  first(facts: MemoryFacts): string;
  again(facts: MemoryFacts, count: number): string;
  record(facts: MemoryFacts, count: number): string;
  match(facts: MemoryFacts): string;
  week(facts: MemoryFacts): string;
  rivalry(facts: MemoryFacts): string;
  /** `null`: what was said is not known. */
  talk(said: string | null): string;
  stop: string;
  phrase: Record<MemoryKind, (facts: MemoryFacts) => string>;
};
