import type { MemoryFacts, MemoryKind, Remembered } from './memory.js';

/** What a memory is looked for with: what is happening, or what was asked. */
export type Cue = {
  /** Game time, ISO 8601: nothing later is recalled. */
  at: string;
  /** What the moment shares with a memory makes that one likelier. */
  facts: Partial<MemoryFacts>;
  /** Only of these kinds; all when not given. */
  kinds?: readonly MemoryKind[];
};

/** A memory that came to mind. */
export type Recalled = {
  memory: Remembered;
  /** 0 to 1: the product of the parts, at most 1. */
  score: number;
  parts: { relevance: number; importance: number; recency: number; boost: number };
  /** What it has in common with the moment, the strongest first: `hero`, `map`, `rival`, `anniversary`, `meaning`. */
  shares: readonly string[];
};

/** What is stored of it with the line that it was used for. */
export type Use = { memoryId: string; score: number };
