import type { GameEvent, GameEventType } from '../../domain/events/game-event.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { EndStats, ImportedEvent, ImportedMatch, ImportedPlayer, MatchResult } from './match.js';

/** An event before it has an id. `ms` counts from the start of the match. */
export type Draft = {
  ms: number;
  type: GameEventType;
  data?: GameEvent['data'];
  context?: GameEvent['context'];
};
export type ChatDraft = { ms: number; chat: string };

export type PlayerDraft = Omit<ImportedPlayer, 'events'> & {
  hero?: string;
  /** More to be told with the result, like a personal record. */
  outcome?: GameEvent['data'];
  drafts: (Draft | ChatDraft)[];
};
export type MatchDraft = Omit<ImportedMatch, 'players' | 'startedAt'> & {
  startedMs: number;
  map?: string;
  players: PlayerDraft[];
};

/** A moment of a source, in ms of the match; `inferred` where the source counts it but does not tell when. */
export type Moment = { ms: number; inferred?: true };

/** Kills, deaths and assists as one number; deathless counts as one death. */
export const kda = (stats: EndStats) => (stats.kills + stats.assists) / Math.max(1, stats.deaths);

/** Gives every player the frame of the match (session, start, result, end), ids and absolute times. */
export function assemble(draft: MatchDraft): ImportedMatch {
  const { players, startedMs, map, ...match } = draft;
  const mvps = bestOfTeams(players);
  return {
    ...match,
    startedAt: new Date(startedMs).toISOString(),
    players: players.map((player) => {
      const { drafts, hero, outcome, ...rest } = player;
      const frame = framing(draft, player, mvps.has(player));
      return { ...rest, events: placed(draft, player.externalId, [...drafts, ...frame]) };
    }),
  };
}

function framing(match: MatchDraft, player: PlayerDraft, mvp: boolean): Draft[] {
  const { matchId, map, durationMs } = match;
  const base = { matchId, ...(map && { map }), ...(player.hero && { hero: player.hero }) };
  const outcome = {
    ...base,
    killCount: player.endStats.kills,
    deathCount: player.endStats.deaths,
    assistCount: player.endStats.assists,
    mvp,
    ...player.outcome,
  };
  const times = player.drafts.map((draft) => draft.ms);
  // A chat may stand before the start and after the end of a match: the session spans it all.
  const first = times.reduce((a, b) => Math.min(a, b), 0);
  const last = times.reduce((a, b) => Math.max(a, b), durationMs);
  const result: Draft[] =
    player.result === 'draw' ? [] : [{ ms: durationMs, type: resultType(player.result), data: outcome }];
  return [
    { ms: first, type: 'session.start', data: { matchId } },
    { ms: 0, type: 'match.start', data: { ...base, team: player.team } },
    ...result,
    { ms: durationMs, type: 'match.end', data: { ...outcome, result: player.result } },
    { ms: last, type: 'session.end', data: { matchId } },
  ];
}

const resultType = (result: Exclude<MatchResult, 'draw'>): GameEventType =>
  result === 'victory' ? 'player.victory' : 'player.defeat';

/** At one and the same millisecond: starts first, results last. Everything else keeps the reader's order. */
const rank: Partial<Record<GameEventType, number>> = {
  'session.start': -2,
  'match.start': -1,
  'player.victory': 1,
  'player.defeat': 1,
  'match.end': 2,
  'session.end': 3,
};
const rankOf = (draft: Draft | ChatDraft) => ('chat' in draft ? 0 : (rank[draft.type] ?? 0));

function placed(match: MatchDraft, externalId: string, drafts: (Draft | ChatDraft)[]): ImportedEvent[] {
  const cause = `${match.format}/${match.matchId}/${externalId}`;
  const sorted = drafts
    .map((draft) => ({ ...draft, ms: Math.round(draft.ms) }))
    .sort((a, b) => a.ms - b.ms || rankOf(a) - rankOf(b));
  return sorted.map((draft, ordinal): ImportedEvent => {
    const id: string = derivedId(cause, `event/${ordinal}`);
    const at = new Date(match.startedMs + draft.ms).toISOString();
    if ('chat' in draft) return { id, kind: 'chat', at, text: draft.chat };
    return { id, type: draft.type, at, data: draft.data ?? {}, context: draft.context ?? {} };
  });
}

/** The best of each team by KDA; equal ones are told apart by kills, then by their order in the file. */
function bestOfTeams(players: PlayerDraft[]): Set<PlayerDraft> {
  const best = new Map<string, PlayerDraft>();
  for (const player of players) {
    const rival = best.get(player.team);
    const lead = rival
      ? kda(player.endStats) - kda(rival.endStats) || player.endStats.kills - rival.endStats.kills
      : 1;
    if (lead > 0) best.set(player.team, player);
  }
  return new Set(best.values());
}

const names = ['double kill', 'triple kill', 'quadra kill', 'penta kill'];
export const multiKillName = (kills: number) => names[kills - 2] ?? `${kills} kills in a row`;

/** Multi-kills of one player, each at its last kill: kills of which none is later than `gapMs` after the one before. */
export function multiKills(killMs: number[], gapMs: number): Draft[] {
  const bursts: number[][] = [];
  for (const ms of [...killMs].sort((a, b) => a - b)) {
    const burst = bursts.at(-1);
    if (burst && ms - burst.at(-1)! <= gapMs) burst.push(ms);
    else bursts.push([ms]);
  }
  return bursts.filter((burst) => burst.length >= 2).map((burst) => multiKill(burst.at(-1)!, burst.length));
}

export const multiKill = (ms: number, killCount: number, context: GameEvent['context'] = {}): Draft => ({
  ms,
  type: 'player.multi_kill',
  data: { killCount, name: multiKillName(killCount) },
  context,
});

/** `n` moments spread evenly inside a span, none at its edges. */
export const spread = (n: number, from: number, to: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * (i + 1)) / (n + 1));

/** How often each thing occurs, in the order of first occurrence. */
export function tally(things: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return counts;
}
