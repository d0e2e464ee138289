import { type Anniversary, anniversaryOf } from './anniversary.js';
import type { MemoryFacts, MemoryKind, Remembered } from './memory.js';
import { DAY_MS, recencyOf } from './strength.js';

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
  /**
   * What it has in common with the moment, the strongest first: facts (`hero`, `map`, `rival`, …), `anniversary`,
   * `meaning`.
   */
  shares: readonly string[];
};

/** What is stored of it with the line that it was used for. */
export type Use = { memoryId: string; score: number };

/** A memory that may come to mind. */
export type Candidate = {
  memory: Remembered;
  /** 0 to 1: how near it is to what was asked in words; `null`: nothing was, or nobody can tell. */
  similarity: number | null;
  /** Of equal marks the texts are equal. */
  mark?: string;
};

/** How much a fact that is shared says by itself that the memory is of this. */
const weightOf = {
  rival: 0.6,
  name: 0.6,
  hero: 0.5,
  what: 0.35,
  map: 0.3,
  weapon: 0.25,
  mode: 0.1,
} satisfies Partial<Record<keyof MemoryFacts, number>>;
const weighed = Object.entries(weightOf) as [keyof typeof weightOf, number][];

/** From here on what is near in meaning has something in common. */
const MEANS_SOMETHING = 0.25;

/** How relevant is what has nothing in common with the moment. */
const UNPROMPTED = 0.15;

/** What makes it likelier still, each for itself. */
const factBoosts: Partial<Record<string, number>> = { hero: 1.15, map: 1.1, rival: 1.2 };
const anniversaryBoosts: Record<NonNullable<Anniversary>, number> = { week: 1.1, month: 1.25, year: 1.5 };

/**
 * What comes to mind of these, best first, each thing once. Nothing of later than the cue, none of `lately` (memory
 * ids), only of the cue's kinds. The order of the candidates does not count.
 */
export function recall(
  candidates: readonly Candidate[],
  cue: Cue,
  { lately }: { lately?: ReadonlySet<string> } = {},
): Recalled[] {
  const at = Date.parse(cue.at);
  const found: Scored[] = [];
  for (const candidate of candidates) {
    const { memory } = candidate;
    if (lately?.has(memory.memoryId) || (cue.kinds && !cue.kinds.includes(memory.kind))) continue;
    const last = Date.parse(memory.lastAt);
    if (last <= at) found.push(scored(candidate, cue, { at, last }));
  }
  return eachOnce(found.sort(better)).map(({ recalled }) => recalled);
}

/** Whether it has anything in common with the moment, or is due by itself. */
export const comesToMind = ({ shares }: Recalled): boolean => shares.length > 0;

/** `rank`: the score before it is capped. */
type Scored = { candidate: Candidate; recalled: Recalled; rank: number; last: number };

function scored(candidate: Candidate, cue: Cue, { at, last }: { at: number; last: number }): Scored {
  const { memory, similarity } = candidate;
  const shares: [share: string, weight: number][] = [];
  for (const [fact, weight] of weighed)
    if (cue.facts[fact] !== undefined && cue.facts[fact] === memory.facts[fact]) shares.push([fact, weight]);
  const relevance = relevanceOf([...shares.map(([, weight]) => weight), similarity ?? 0]);
  if (similarity !== null && similarity >= MEANS_SOMETHING) shares.push(['meaning', similarity]);
  let boost = shares.reduce((product, [share]) => product * (factBoosts[share] ?? 1), 1);
  const anniversary = anniversaryAt(memory, { at, last });
  if (anniversary) {
    boost *= anniversaryBoosts[anniversary];
    shares.push(['anniversary', anniversaryBoosts[anniversary] - 1]);
  }
  const parts = { relevance, importance: memory.importance, recency: recencyOf(memory, at), boost };
  const rank = parts.relevance * parts.importance * parts.recency * parts.boost;
  const names = shares.sort(([, one], [, other]) => other - one).map(([share]) => share);
  return { candidate, recalled: { memory, score: Math.min(1, rank), parts, shares: names }, rank, last };
}

/** Each share takes its part of what the others left open, so that more of them come nearer to 1. */
function relevanceOf(weights: readonly number[]): number {
  const open = weights.reduce((left, weight) => left * (1 - Math.min(1, weight)), 1);
  return 1 - (1 - UNPROMPTED) * open;
}

/** Of its last time or of its first. */
function anniversaryAt({ firstAt }: Remembered, { at, last }: { at: number; last: number }): Anniversary {
  const first = Date.parse(firstAt);
  if (at - first < 6 * DAY_MS) return null;
  return anniversaryOf(first, at) ?? (last === first ? null : anniversaryOf(last, at));
}

/** Of equals the later one, and of those any, but always the same. */
function better(one: Scored, other: Scored): number {
  if (one.rank !== other.rank) return other.rank - one.rank;
  if (one.last !== other.last) return other.last - one.last;
  return one.candidate.memory.memoryId < other.candidate.memory.memoryId ? -1 : 1;
}

/** Of one key, or of one text, the best. */
function eachOnce(found: readonly Scored[]): Scored[] {
  const seen = new Set<string>();
  return found.filter(({ candidate: { memory, mark } }) => {
    const marks = [`key ${memory.key}`, ...(mark === undefined ? [] : [`mark ${mark}`])];
    if (marks.some((one) => seen.has(one))) return false;
    for (const one of marks) seen.add(one);
    return true;
  });
}
