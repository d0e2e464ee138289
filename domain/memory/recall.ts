import { type Anniversary, anniversariesAt } from './anniversary.js';
import type { MemoryFacts, MemoryKind, Remembered } from './memory.js';
import { MEANS_SOMETHING } from './similarity.js';
import { recencyOf } from './strength.js';

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
const weighedFacts = Object.keys(weightOf) as (keyof typeof weightOf)[];

/** How relevant is what has nothing in common with the moment. */
const UNPROMPTED = 0.15;

/**
 * Whoever asks for something in words means it, however long ago it was: all else counts by this power then, which tells
 * apart what is about as near to what was asked.
 */
const BESIDE_WORDS = 1 / 64;

/** What makes it likelier still, each for itself. */
const factBoosts: Partial<Record<string, number>> = { hero: 1.15, map: 1.1, rival: 1.2 };
const anniversaryBoosts: Record<NonNullable<Anniversary>, number> = { week: 1.1, month: 1.25, year: 1.5 };

export type RecallOptions = {
  /** Ids of memories that were recalled lately: they are let be. */
  lately?: ReadonlySet<string>;
  limit?: number;
  /** Only what is so. */
  which?: (recalled: Recalled) => boolean;
};

/**
 * What comes to mind of these, best first, each thing once. Nothing of later than the cue, only of the cue's kinds. The
 * order of the candidates does not count.
 */
export function recall(
  candidates: readonly Candidate[],
  cue: Cue,
  { lately, limit = Number.POSITIVE_INFINITY, which = () => true }: RecallOptions = {},
): Recalled[] {
  const at = Date.parse(cue.at);
  const now: Now = { at, facts: factsOf(cue), anniversaryOf: anniversariesAt(at) };
  const found: Weighed[] = [];
  for (const candidate of candidates) {
    const { memory } = candidate;
    if (lately?.has(memory.memoryId) || (cue.kinds && !cue.kinds.includes(memory.kind))) continue;
    const last = Date.parse(memory.lastAt);
    if (last <= at) found.push(weigh(candidate, last, now));
  }
  const recalled: Recalled[] = [];
  for (const each of eachOnce(found.sort(better))) {
    if (recalled.length >= limit) break;
    const one = recalledOf(each, now);
    if (which(one)) recalled.push(one);
  }
  return recalled;
}

/** Whether it has anything in common with the moment, or is due by itself. */
export const comesToMind = ({ shares }: Recalled): boolean => shares.length > 0;

type WeightedFact = { fact: keyof typeof weightOf; value: unknown; weight: number };
type Now = { at: number; facts: readonly WeightedFact[]; anniversaryOf: (lived: number) => Anniversary };

/** What the cue knows of what counts. */
const factsOf = ({ facts }: Cue): WeightedFact[] =>
  weighedFacts.flatMap((fact) =>
    facts[fact] === undefined ? [] : [{ fact, value: facts[fact], weight: weightOf[fact] }],
  );

/** `rank`: the score before it is capped. */
type Weighed = {
  candidate: Candidate;
  parts: Recalled['parts'];
  rank: number;
  last: number;
  anniversary: Anniversary;
};

function weigh(candidate: Candidate, last: number, now: Now): Weighed {
  const { memory, similarity } = candidate;
  const anniversary = anniversaryAt(memory, last, now);
  let boost = anniversary ? anniversaryBoosts[anniversary] : 1;
  // Each share takes its part of what the others left open, so that more of them come nearer to 1.
  let open = 1 - (similarity ?? 0);
  for (const { fact, value, weight } of now.facts) {
    if (memory.facts[fact] !== value) continue;
    open *= 1 - weight;
    boost *= factBoosts[fact] ?? 1;
  }
  const counts = similarity === null ? 1 : BESIDE_WORDS;
  const parts = {
    relevance: 1 - (1 - UNPROMPTED) * open,
    importance: memory.importance ** counts,
    recency: recencyOf(memory, now.at) ** counts,
    boost: boost ** counts,
  };
  const rank = parts.relevance * parts.importance * parts.recency * parts.boost;
  return { candidate, parts, rank, last, anniversary };
}

function recalledOf({ candidate, parts, rank, anniversary }: Weighed, { facts }: Now): Recalled {
  const { memory, similarity } = candidate;
  const shares: [string, number][] = facts
    .filter(({ fact, value }) => memory.facts[fact] === value)
    .map(({ fact, weight }) => [fact, weight]);
  if (similarity !== null && similarity >= MEANS_SOMETHING) shares.push(['meaning', similarity]);
  if (anniversary) shares.push(['anniversary', anniversaryBoosts[anniversary] - 1]);
  shares.sort(([, one], [, other]) => other - one);
  return { memory, score: Math.min(1, rank), parts, shares: shares.map(([share]) => share) };
}

/** Of its last time or of its first. */
function anniversaryAt({ firstAt, lastAt }: Remembered, last: number, { anniversaryOf }: Now): Anniversary {
  return (firstAt === lastAt ? null : anniversaryOf(Date.parse(firstAt))) ?? anniversaryOf(last);
}

/** Of equals the later one, and of those any, but always the same. */
function better(one: Weighed, other: Weighed): number {
  if (one.rank !== other.rank) return other.rank - one.rank;
  if (one.last !== other.last) return other.last - one.last;
  return one.candidate.memory.memoryId < other.candidate.memory.memoryId ? -1 : 1;
}

/** Of one key in one game, or of one text, the best. */
function* eachOnce(found: readonly Weighed[]): Iterable<Weighed> {
  const seen = new Set<string>();
  for (const each of found) {
    const { memory, mark } = each.candidate;
    const ofText = mark === undefined ? null : `text ${mark}`;
    const ofKey = `key ${memory.elsewhere?.playerId ?? ''} ${memory.key}`;
    if (seen.has(ofKey) || (ofText !== null && seen.has(ofText))) continue;
    seen.add(ofKey);
    if (ofText !== null) seen.add(ofText);
    yield each;
  }
}
