import { type Career, careerAfter, initialCareer, isMilestone } from '../companion/career.js';
import { sayableText } from '../companion/facts.js';
import type { GameEvent } from '../events/game-event.js';
import type { LogEvent, LogEventData, LogEventOf } from '../events/log-events.js';
import { hash64 } from '../kernel/hash64.js';
import type { Language } from '../kernel/language.js';
import { isRecord } from '../voice/scene.js';
import { initialPlay, type Path, type Play, pathOf, playAfter, playWith } from './branch.js';
import { factsOf, type Setting, type Told } from './facts.js';
import { importanceOf, importanceTold, isFeat } from './importance.js';
import { keyOf, occurrenceId } from './keys.js';
import type { Feel, Happened } from './match.js';
import type { Memory, MemoryFacts } from './memory.js';
import { type Chapters, type Draft, initialChapters, matches, weeks } from './reflect.js';
import { type Rival, rivalFacts, rivalsAfter } from './rivals.js';
import { type Seen, withSeen } from './seen.js';
import type { Weighing, Weights } from './settings.js';

/** What has to be known of a player to go on remembering: plain JSON, bounded whatever is told. */
export type Mind = {
  lang: Language;
  career: Career;
  seen: Seen;
  chapters: Chapters;
  rivals: readonly Rival[];
  play: Play;
};

export const initialMind: Mind = {
  lang: 'zh',
  career: initialCareer,
  seen: '',
  chapters: initialChapters,
  rivals: [],
  play: initialPlay,
};

/** An event of a player's stream, in its place. */
export type Lived = LogEvent & { id: string; subject: string; revision: number };

/** What was felt with it, and what weighs how much in its game. */
export type Felt = { felt: Feel & { source?: string }; weighing: Weighing };

/** A memory that a line was given: once a line, whenever it is said. */
export type Used = { memoryId: string; score: number; at: string };

export type Remembering = {
  mind: Mind;
  /** Occurrences to keep. */
  memories: readonly Memory[];
  uses: readonly Used[];
  forgotten: LogEventData<'MemoriesForgotten'> | null;
  /** What is looked back upon from here on, where that changes. */
  path: Path | null;
};

/** What is kept of an event. Pure: the same stream gives the same memories. */
export function remember(mind: Mind, event: Lived, how: Felt): Remembering {
  const nothing: Remembering = { mind, memories: [], uses: [], forgotten: null, path: null };
  switch (event.type) {
    case 'PlayerRegistered':
    case 'PersonaChosen': {
      const { lang } = event.data;
      return lang ? { ...nothing, mind: { ...mind, lang } } : nothing;
    }
    case 'GameEventRecorded':
      return lived(mind, event, how);
    case 'ChatMessageReceived':
      return heard(mind, event, how);
    case 'CompanionActed':
    case 'LineWritten':
      return { ...nothing, uses: usesIn(event.data) };
    case 'MemoriesForgotten':
      return { ...nothing, forgotten: event.data };
    default:
      return nothing;
  }
}

type Placed<T extends LogEvent['type']> = Lived & LogEventOf<T>;

function lived(mind: Mind, event: Placed<'GameEventRecorded'>, { felt, weighing }: Felt): Remembering {
  const { id, data } = event;
  const { weights } = weighing;
  const told: Told = { type: data.type, data: data.data };
  const now = Math.max(Date.parse(data.at), mind.career.lastAt ?? 0);
  const victories = mind.career.victories + 1;
  const milestone = told.type === 'player.victory' && isMilestone(victories);
  const { label, intensity } = felt;
  const happened = { told, id, at: data.at, now, felt: { label, intensity }, feat: isFeat(told, milestone) };
  const week = weeks({ chapters: mind.chapters, drafts: [] }, happened, weights);
  const { chapters, drafts } = matches(week, happened, weights);
  const { match } = chapters;
  const { seen, first } = seenAfter(mind.seen, deedOf(told, match), felt.source);
  const around = { match, first, victories: milestone ? victories : null, weighing };
  const moment = momentDraft(mind, happened, around);
  const met = rivalsAfter(mind.rivals, told, match ? chapters.matches : null);
  const rivalry = met.reached ? [rivalryDraft(met.reached, happened, weights)] : [];
  const play = playedOn(mind.play, event, now);
  const after: Mind = {
    lang: mind.lang,
    career: careerAfter(mind.career, data as GameEvent, false),
    seen,
    chapters,
    rivals: met.rivals,
    play,
  };
  const path = play === mind.play ? null : pathOf(play);
  return keep(after, event, { drafts: [...moment, ...rivalry, ...drafts], above: weighing.keepAbove, path });
}

function playedOn(play: Play, { revision, data }: Placed<'GameEventRecorded'>, now: number): Play {
  if (data.type !== 'player.save_loaded') return play;
  const { savedAt, branch } = data.data;
  const saved = typeof savedAt === 'string' ? Date.parse(savedAt) : Number.NaN;
  // Its mark is enough to know it by, and short.
  const line = typeof branch === 'string' && branch !== '' ? hash64(branch) : null;
  const load = { revision, now, savedAt: Number.isFinite(saved) ? saved : null, line };
  return playAfter(play, load);
}

/** Firsts of everyday things are none. */
const everyday = new Set([
  'player.idle',
  'player.damage_taken',
  'player.save_loaded',
  'session.start',
  'session.end',
  'match.start',
  'match.end',
]);

/** What can be done for the first time: something of a type, and a victory with a hero. */
type Deed = { what: string; victory: string | null };

function deedOf({ type, data }: Told, match: Setting | null): Deed {
  const hero = type === 'player.victory' ? (sayableText(data.hero) ?? match?.hero) : undefined;
  return { what: type, victory: hero === undefined ? null : `victory ${hero}` };
}

/** What has been done by now, and whether it was done for the first time. */
function seenAfter(
  seen: Seen,
  { what, victory }: Deed,
  source: string | undefined,
): { seen: Seen; first: boolean } {
  const known = withSeen(seen, what);
  const after = victory === null ? known : withSeen(known, victory);
  // Of a game's own events many mean nothing to anybody.
  const counts = known === seen || !(what.startsWith('custom.') && source === 'carried');
  return { seen: after, first: after !== seen && counts && !everyday.has(what) };
}

type Around = {
  match: Setting | null;
  /** It was done for the first time. */
  first: boolean;
  /** Of a round number of victories, which. */
  victories: number | null;
  weighing: Weighing;
};

/** Nothing of nearly all events: what is known of them is only gathered where it is kept. */
function momentDraft(mind: Mind, happened: Happened, around: Around): Draft[] {
  const { told, id, at, feat, felt } = happened;
  const { first, weighing } = around;
  const { weights, keepAbove } = weighing;
  const record = isRecord(told as GameEvent, mind.career);
  const importance = importanceOf({ feat, record, first, intensity: felt.intensity }, weights);
  if (importance.importance <= keepAbove) return [];
  const kind = first ? 'first' : record ? 'record' : 'moment';
  const facts = momentFacts(told, around.match, around.victories);
  // A feat is counted, whatever else it was when it happened.
  const key = keyOf(feat ? 'moment' : kind, facts, id);
  return [{ kind, key, facts, at, felt, sources: [id], ...importance }];
}

/** With what is known of the match; of a round number of victories, which. */
function momentFacts(told: Told, match: Setting | null, victories: number | null): MemoryFacts {
  const around: Setting = {};
  for (const fact of ['hero', 'map', 'mode', 'matchId'] as const)
    if (match?.[fact] !== undefined) around[fact] = match[fact];
  const facts = factsOf(told, around);
  return victories === null ? facts : { ...facts, victories };
}

const RIVALRY: Record<number, number> = { 5: 0.75, 10: 0.85, 25: 0.95 };

function rivalryDraft(rival: Rival, { id, at, felt }: Happened, weights: Weights): Draft {
  const worth = RIVALRY[rival[1]] ?? 0;
  const facts = rivalFacts(rival);
  return {
    ...{ kind: 'rivalry', key: keyOf('rivalry', facts, id), facts, at, felt, sources: [id] },
    ...importanceTold(worth, { intensity: felt.intensity }, weights),
  };
}

const TALK = 0.8;

function heard(mind: Mind, event: Placed<'ChatMessageReceived'>, { felt, weighing }: Felt): Remembering {
  const { id, data } = event;
  const facts: MemoryFacts = { what: 'talk' };
  const draft: Draft = {
    ...{ kind: 'talk', key: keyOf('talk', facts, id), facts, at: data.at, sources: [id] },
    felt: { label: felt.label, intensity: felt.intensity },
    ...importanceTold(TALK, { intensity: 0 }, weighing.weights),
  };
  // Another mind, whatever is kept: that the message was heard is written down with it.
  const drafts = data.tells ? [draft] : [];
  const kept = keep({ ...mind }, event, { drafts, above: weighing.keepAbove, path: null });
  const lang = data.lang ?? mind.lang;
  return { ...kept, memories: kept.memories.map((memory) => ({ ...memory, lang, sealed: data.text })) };
}

function keep(
  mind: Mind,
  { id, subject, revision }: Lived,
  { drafts, above, path }: { drafts: readonly Draft[]; above: number; path: Path | null },
): Remembering {
  const kept = drafts.filter(({ importance }) => importance > above);
  if (kept.length === 0) return { mind, memories: [], uses: [], forgotten: null, path };
  const memories = kept.map(
    (draft): Memory => ({
      id: occurrenceId(id, draft.key, subject),
      revision,
      lang: mind.lang,
      ...draft,
    }),
  );
  const play = playWith(
    mind.play,
    memories.map(({ at }) => Date.parse(at)),
  );
  return { mind: { ...mind, play }, memories, uses: [], forgotten: null, path };
}

function usesIn({ recalled, at }: LogEventData<'CompanionActed' | 'LineWritten'>): Used[] {
  const seen = new Set<string>();
  return (recalled ?? []).flatMap(({ memoryId, score }) => {
    if (seen.has(memoryId)) return [];
    seen.add(memoryId);
    return [{ memoryId, score, at }];
  });
}
