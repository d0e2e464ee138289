import type { EmotionLabel } from '../emotion/emotion.js';
import type { Language } from '../kernel/language.js';

/**
 * `moment`: something that stood out; `first`: done for the first time in this player's life; `record`: the player's
 * best so far; `match`, `week`, `rivalry`: a reflection, which sums up; `talk`: something the player told the companion.
 */
export const memoryKinds = ['moment', 'first', 'record', 'match', 'week', 'rivalry', 'talk'] as const;
export type MemoryKind = (typeof memoryKinds)[number];

/** What is known of it, as the game told it; of a reflection what it comes to. Short plain words and numbers. */
export type MemoryFacts = {
  /** The type of the event; of a reflection or a talk, its kind. */
  what: string;
  hero?: string;
  map?: string;
  weapon?: string;
  mode?: string;
  /** Who was met on the other side, as the game calls them: another hero, a boss. */
  rival?: string;
  /** Of an achievement, a quest, an item. */
  name?: string;
  rarity?: string;
  matchId?: string;
  killCount?: number;
  deathCount?: number;
  assistCount?: number;
  level?: number;
  mvp?: true;
  result?: 'victory' | 'defeat';
  /** Of a reflection: how many, and how they ended. `victories` also: which round number of them it was. */
  matches?: number;
  victories?: number;
  defeats?: number;
};

/** The addends of an importance: only those that are not 0. Their sum, at most 1, is the importance. */
export type ImportanceParts = Partial<
  Record<'base' | 'achievement' | 'personalRecord' | 'firstOccurrence' | 'intensity' | 'told', number>
>;

/** One thing that is kept of what a player lived through: an occurrence. Plain JSON. */
export type Memory = {
  /** Derived from the event that it is of, or that completed it. */
  id: string;
  /** What is the same again and again: occurrences of one key are one memory that is counted. */
  key: string;
  kind: MemoryKind;
  /** Game time, ISO 8601. */
  at: string;
  /** Of the event, in the player's stream. */
  revision: number;
  facts: MemoryFacts;
  /** 0 to 1. */
  importance: number;
  parts: ImportanceParts;
  felt: { label: EmotionLabel; intensity: number };
  /** The player's language then. */
  lang: Language;
  /** Events that it comes from. */
  sources: readonly string[];
  /** What the player wrote, sealed; of a `talk` alone. */
  sealed?: string;
};

/** All occurrences of a key up to some moment, as one memory. */
export type Remembered = Omit<Memory, 'id' | 'at' | 'revision'> & {
  /** The id of the first occurrence. */
  memoryId: string;
  count: number;
  firstAt: string;
  lastAt: string;
  /** Of the first and of the last occurrence. */
  revisions: readonly [first: number, last: number];
  /** When it was last recalled; `null`: never. */
  recalledAt: string | null;
  /** Where it was lived, if not in the game that it is remembered in. */
  elsewhere?: Elsewhere;
};

/** The same person as a player of another game. */
export type Elsewhere = { playerId: string; gameId: string };

/** Only what is more important than this is kept for long. */
export const KEPT_ABOVE = 0.7;
