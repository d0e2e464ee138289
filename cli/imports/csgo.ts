import { derivedId } from '../../domain/kernel/ids.js';
import { type Round, readRounds, roundSpans } from './csgo-rounds.js';
import { placeRound } from './csgo-timing.js';
import { dayMs, type Field, parseJson } from './fields.js';
import { ImportError, type ImportedMatch, type MatchResult, type Skipped, type Source } from './match.js';
import { assemble, type ChatDraft, type Draft, type PlayerDraft } from './timeline.js';

/**
 * A CS:GO tournament match: one record a round, which holds what each player did but not when within the round.
 * Kills, deaths and assists are the sums over the rounds; `placeRound` gives them moments.
 */
export function readCsgo(sources: Source[]): ImportedMatch {
  const [source] = sources;
  if (!source) throw new ImportError('the match', 'is missing');
  const root = parseJson(source);
  const startedMs = root.epochMs('starttime');
  const rounds = readRounds(root, startedMs);
  const durationMs = durationOf(root, rounds);
  const teams = readTeams(root);
  const drafts = allDrafts(rounds, durationMs);
  const map = root.str('map');
  const names = root.get('players');
  const played = new Set(
    rounds.flatMap((round) => round.blocks.flatMap((block) => [...block.players.keys()])),
  );
  const absent = names.keys().filter((id) => !played.has(id));
  return assemble({
    format: 'csgo',
    matchId: `csgo-${map}-${startedMs / 1000}-${derivedId('csgo', names.keys().join()).slice(0, 8)}`,
    title: `CS:GO ${map}: ${teams[0].label} ${teams[0].score}:${teams[1].score} ${teams[1].label}`,
    startedMs,
    durationMs,
    map,
    read: rounds.length,
    skipped: [...oddities(rounds), ...absent.map(neverPlayed)],
    notes: [
      'the file tells the round of a kill, not its second: moments are spread over the live part of the round',
    ],
    players: [...played].map((id): PlayerDraft => {
      const side = finalSide(rounds, id);
      return {
        externalId: id,
        ...(names.maybe(id) && { displayName: names.str(id) }),
        team: teams[side].label,
        result: resultOf(teams[side].score, teams[1 - side]!.score),
        endStats: totals(rounds, id),
        drafts: [...(drafts.get(id) ?? []), ...firstBlood(drafts, id)],
      };
    }),
  });
}

/** Told in whole minutes, by some files as a text; the last round may begin later than that. */
function durationOf(root: Field, rounds: Round[]): number {
  const told = Number(root.maybe('duration')?.value ?? 0) * 60_000;
  if (!(told >= 0 && told <= dayMs)) root.get('duration').fail('is not a number of minutes');
  return Math.max(told, rounds.at(-1)!.ms + 30_000);
}

const neverPlayed = (id: string): Skipped => ({ what: id, why: 'is named but played no round', count: 1 });

const resultOf = (own: number, other: number): MatchResult =>
  own === other ? 'draw' : own > other ? 'victory' : 'defeat';

type Team = { label: string; score: number };
function readTeams(root: Field): [Team, Team] {
  const [one, two] = ['team1', 'team2'].map((key) => {
    const team = root.get(key);
    return { label: team.str('name'), score: team.count('score') };
  }) as [Team, Team];
  // A scrimmage of one club has the same name on both sides.
  if (one.label !== two.label) return [one, two];
  return [
    { ...one, label: `${one.label} (1)` },
    { ...two, label: `${two.label} (2)` },
  ];
}

/** Some rounds hold the teams the other way round, so a player's team is that of the last round they played. */
function finalSide(rounds: Round[], id: string): 0 | 1 {
  for (const round of [...rounds].reverse()) {
    const side = round.blocks.findIndex((block) => block.players.has(id));
    const both = round.blocks.every((block) => block.players.has(id));
    if (side >= 0 && !both) return side as 0 | 1;
  }
  return 0;
}

function totals(rounds: Round[], id: string) {
  const stats = { kills: 0, deaths: 0, assists: 0 };
  for (const player of rounds.flatMap((round) =>
    round.blocks.flatMap((block) => block.players.get(id) ?? []),
  )) {
    stats.kills += player.kills.length;
    stats.deaths += player.deaths;
    stats.assists += player.assists;
  }
  return stats;
}

function allDrafts(rounds: Round[], durationMs: number): Map<string, (Draft | ChatDraft)[]> {
  const all = new Map<string, (Draft | ChatDraft)[]>();
  roundSpans(rounds, durationMs).forEach((span, i) => {
    for (const { player, draft } of placeRound(rounds[i]!, span, i + 1)) {
      const list = all.get(player) ?? [];
      list.push(draft);
      all.set(player, list);
    }
  });
  return all;
}

/** Each round has an opening kill; the first blood of the match is that of whoever kills first at all. */
function firstBlood(all: Map<string, (Draft | ChatDraft)[]>, id: string): Draft[] {
  let first: { player: string; draft: Draft } | undefined;
  for (const [player, drafts] of all)
    for (const draft of drafts)
      if ('type' in draft && draft.type === 'player.kill' && (!first || draft.ms < first.draft.ms))
        first = { player, draft };
  if (first?.player !== id) return [];
  return [
    {
      ms: first.draft.ms,
      type: 'player.first_blood',
      data: { weapon: first.draft.data?.weapon },
      context: first.draft.context,
    },
  ];
}

function oddities(rounds: Round[]): Skipped[] {
  const surplus = rounds.flatMap((round) => {
    const named = round.blocks.flatMap((block) =>
      [...block.players.values()].flatMap((one) => one.kills.map((kill) => kill.victim)),
    );
    return [...new Set(named)].map((victim) => {
      const deaths = round.blocks.reduce((sum, block) => sum + (block.players.get(victim)?.deaths ?? 0), 0);
      return Math.max(0, named.filter((one) => one === victim).length - deaths);
    });
  });
  const count = surplus.reduce((a, b) => a + b, 0);
  return count === 0
    ? []
    : [{ what: 'death', why: 'a kill names the victim, but the file counts no death of theirs', count }];
}
