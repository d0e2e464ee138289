import { type Anniversary, anniversariesAt, type LivedOn } from './anniversary.js';
import { bestFirst } from './best-first.js';
import type { Known } from './known.js';
import type { MemoryFacts, MemoryKind, Remembered } from './memory.js';
import { MEANS_SOMETHING } from './similarity.js';
import { recencySince } from './strength.js';

/** What a memory is looked for with: what is happening, or what was asked. */
export type Cue = {
  /** Game time, ISO 8601. */
  at: string;
  /** Nothing later is recalled; not said, nothing later than `at`. */
  until?: string;
  /** What the moment shares with a memory makes that one likelier. */
  facts: Partial<MemoryFacts>;
  /** Only of these kinds; all when not given. */
  kinds?: readonly MemoryKind[];
};

export const untilOf = ({ at, until = at }: Cue): string => until;

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

/** What is looked for, and of whom. */
export type RecallAsk = {
  playerId: string;
  /** In the player's stream: nothing after it comes to mind. */
  revision: number;
  cue: Cue;
  /** What was asked, in words. */
  text?: string;
  /** So many at most. */
  limit: number;
  /** Aborts when nobody waits any more. */
  signal?: AbortSignal;
};

/** What is stored of it with the line that it was used for. */
export type Use = { memoryId: string; score: number };

/** A memory that may come to mind. */
export type Candidate = {
  known: Known;
  /** 0 to 1: how near it is to what was asked in words; `null`: nothing was. */
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
  /** Only what is so at the moment of the cue. */
  which?: (candidate: Candidate, now: Now) => boolean;
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
  const [at, until] = [Date.parse(cue.at), Date.parse(untilOf(cue))];
  const now: Now = { at, facts: factsOf(cue), anniversaryOf: anniversariesAt(at) };
  const found: Weighed[] = [];
  for (const candidate of candidates) {
    const { memory, last } = candidate.known;
    if (last > until || lately?.has(memory.memoryId) || cue.kinds?.includes(memory.kind) === false) continue;
    if (which(candidate, now)) found.push(weigh(relate(candidate, now), now));
  }
  const recalled: Recalled[] = [];
  if (limit === 0) return recalled;
  for (const each of eachOnce(bestFirst(found, better))) {
    recalled.push(recalledOf(each, now));
    if (recalled.length >= limit) break;
  }
  return recalled;
}

/** Whether it has anything in common with the moment, or is due by itself. Of most it is not so: they are not looked at further. */
export function comesToMind({ known, similarity }: Candidate, now: Now): boolean {
  if ((similarity ?? 0) >= MEANS_SOMETHING) return true;
  for (const { fact, value } of now.facts) if (known.memory.facts[fact] === value) return true;
  return anniversaryAt(known, now) !== null;
}

type WeightedFact = { fact: keyof typeof weightOf; value: unknown; weight: number };
type Now = { at: number; facts: readonly WeightedFact[]; anniversaryOf: (lived: LivedOn) => Anniversary };

/** What the cue knows of what counts. */
const factsOf = ({ facts }: Cue): WeightedFact[] =>
  weighedFacts.flatMap((fact) =>
    facts[fact] === undefined ? [] : [{ fact, value: facts[fact], weight: weightOf[fact] }],
  );

/** What a memory has to do with the moment. */
type Related = { candidate: Candidate; relevance: number; boost: number; anniversary: Anniversary };
/** `rank`: the score before it is capped. */
type Weighed = Related & { rank: number; importance: number; recency: number };

const asItIs = (value: number) => value;
const hardly = (value: number) => value ** BESIDE_WORDS;
const besideWords = (similarity: number | null) => (similarity === null ? asItIs : hardly);

function relate(candidate: Candidate, now: Now): Related {
  const { known, similarity } = candidate;
  const { memory } = known;
  const anniversary = anniversaryAt(known, now);
  let boost = anniversary ? anniversaryBoosts[anniversary] : 1;
  // Each share takes its part of what the others left open, so that more of them come nearer to 1.
  let open = 1 - (similarity ?? 0);
  for (const { fact, value, weight } of now.facts) {
    if (memory.facts[fact] !== value) continue;
    open *= 1 - weight;
    boost *= factBoosts[fact] ?? 1;
  }
  return { candidate, relevance: 1 - (1 - UNPROMPTED) * open, boost, anniversary };
}

function weigh({ candidate, relevance, anniversary, ...related }: Related, now: Now): Weighed {
  const { known, similarity } = candidate;
  const beside = besideWords(similarity);
  const importance = beside(known.memory.importance);
  const recency = beside(recencySince(known.kept, known.memory.kind, now.at));
  const boost = beside(related.boost);
  const rank = relevance * importance * recency * boost;
  return { candidate, rank, relevance, importance, recency, boost, anniversary };
}

function recalledOf(weighed: Weighed, { facts }: Now): Recalled {
  const { candidate, rank, relevance, importance, recency, boost, anniversary } = weighed;
  const { known, similarity } = candidate;
  const { memory } = known;
  const shares: [string, number][] = facts
    .filter(({ fact, value }) => memory.facts[fact] === value)
    .map(({ fact, weight }) => [fact, weight]);
  if (similarity !== null && similarity >= MEANS_SOMETHING) shares.push(['meaning', similarity]);
  if (anniversary) shares.push(['anniversary', anniversaryBoosts[anniversary] - 1]);
  shares.sort(([, one], [, other]) => other - one);
  const parts = { relevance, importance, recency, boost };
  return { memory, score: Math.min(1, rank), parts, shares: shares.map(([share]) => share) };
}

/** Of its last time or of its first. */
function anniversaryAt({ days }: Known, { anniversaryOf }: Now): Anniversary {
  for (const day of days) {
    const anniversary = anniversaryOf(day);
    if (anniversary) return anniversary;
  }
  return null;
}

/** Of equals the later one, and of those any, but always the same. */
function better(one: Weighed, other: Weighed): number {
  if (one.rank !== other.rank) return other.rank - one.rank;
  const [first, second] = [one.candidate.known, other.candidate.known];
  if (first.last !== second.last) return second.last - first.last;
  return first.memory.memoryId < second.memory.memoryId ? -1 : 1;
}

/** Of one key in one game, or of one text, the best. */
function* eachOnce(found: Iterable<Weighed>): Iterable<Weighed> {
  const seen = new Set<string>();
  for (const each of found) {
    const { known, mark } = each.candidate;
    const ofText = mark === undefined ? null : `text ${mark}`;
    const ofKey = `key ${known.memory.elsewhere?.playerId ?? ''} ${known.memory.key}`;
    if (seen.has(ofKey) || (ofText !== null && seen.has(ofText))) continue;
    seen.add(ofKey);
    if (ofText !== null) seen.add(ofText);
    yield each;
  }
}
