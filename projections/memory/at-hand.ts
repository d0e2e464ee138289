import { type Known, knownOf } from '../../domain/memory/known.js';
import {
  type LexicalIndex,
  type LexicalText,
  lexicalIndex,
  lexicalText,
} from '../../domain/memory/lexical.js';
import { lookedUpIn } from '../../domain/memory/looked-up.js';
import type { Remembered } from '../../domain/memory/memory.js';
import type { Candidate } from '../../domain/memory/recall.js';
import { byteLru } from '../vectors/byte-lru.js';
import { BYTES, CACHE_BYTES } from './minds.js';

/** What a player remembers, with all that no question changes. */
export type AtHand = {
  /** What may come to mind by itself, in the order in which it was told of. */
  candidates: readonly Candidate[];
  /** By words: those that no person wrote. Made when somebody asks in words. */
  words(): { known: readonly Known[]; index: LexicalIndex };
  /** What persons wrote: nobody keeps it open. */
  sealed: readonly Known[];
};

const CACHED_TERMS_BYTES = 16 * 2 ** 20;

/**
 * Reckoned once for each list of memories of a player, those who were asked about last being kept. Not in a `WeakMap`: what
 * that holds lives until all of the memory is collected, whether anybody holds its key or not.
 */
export function openAtHand(): (playerId: string, memories: readonly Remembered[]) => AtHand {
  const kept = byteLru<{ memories: readonly Remembered[]; atHand: AtHand }>(CACHE_BYTES);
  const termsOf = openTerms();
  return (playerId, memories) => {
    const there = kept.get(playerId);
    if (there?.memories === memories) return there.atHand;
    const atHand = atHandOf(memories, termsOf);
    kept.set(playerId, { memories, atHand }, BYTES.player + BYTES.occurrence * memories.length);
    return atHand;
  };
}

function atHandOf(memories: readonly Remembered[], termsOf: (memory: Remembered) => LexicalText): AtHand {
  const all = memories.map(knownOf);
  const told = all.filter(({ memory }) => memory.sealed === undefined);
  let words: ReturnType<AtHand['words']> | undefined;
  return {
    candidates: all.map((known) => ({ known, similarity: null })),
    sealed: all.filter(({ memory }) => memory.sealed !== undefined),
    words() {
      words ??= { known: told, index: lexicalIndex(told.map(({ memory }) => termsOf(memory))) };
      return words;
    },
  };
}

/** Many have lived the same. */
function openTerms(): (memory: Remembered) => LexicalText {
  const cache = byteLru<LexicalText>(CACHED_TERMS_BYTES);
  return (memory) => {
    const text = lookedUpIn(memory);
    const known = cache.get(text);
    if (known) return known;
    const made = lexicalText(text);
    cache.set(text, made, 64 * made.terms.size + 2 * text.length + 200);
    return made;
  };
}
