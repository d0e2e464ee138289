import { columns } from '../terminal/table.js';
import type { EndStats, ImportedMatch, ImportedPlayer, MatchResult, Skipped } from './match.js';
import { tally } from './timeline.js';

export type Reconciled = {
  externalId: string;
  displayName?: string;
  team: string;
  result: MatchResult;
  events: number;
  /** Counted among the events that were mapped. */
  counted: EndStats & { result: MatchResult };
  /** What the file itself states. */
  stated: EndStats & { result: MatchResult };
  agrees: boolean;
};

/** What became of one match; `agl import --json` prints exactly this. */
export type ImportSummary = {
  format: string;
  matchId: string;
  title: string;
  startedAt: string;
  durationMs: number;
  read: number;
  mapped: Record<string, number>;
  events: number;
  accepted: number;
  duplicates: number;
  skipped: Skipped[];
  notes: string[];
  players: Reconciled[];
  /** Whether the counts agree with the file's own for every player. */
  agrees: boolean;
};

/** How many events the log took, and how many it had already. */
export type SummaryInput = { accepted: number; duplicates: number };

export function summarize(match: ImportedMatch, { accepted, duplicates }: SummaryInput): ImportSummary {
  const players = match.players.map(reconcile);
  const types = match.players.flatMap((player) =>
    player.events.map((event) => (event.kind === 'chat' ? 'chat' : event.type)),
  );
  const { format, matchId, title, startedAt, durationMs, read, skipped, notes } = match;
  return {
    format,
    matchId,
    title,
    startedAt,
    durationMs,
    read,
    mapped: Object.fromEntries([...tally(types)].sort(([a], [b]) => a.localeCompare(b))),
    events: types.length,
    accepted,
    duplicates,
    skipped,
    notes,
    players,
    agrees: players.every((player) => player.agrees),
  };
}

/** Counts a player's events anew and lays them beside what the file states. */
export function reconcile(player: ImportedPlayer): Reconciled {
  const types = tally(player.events.map((event) => (event.kind === 'chat' ? 'chat' : event.type)));
  const count = (type: string) => types.get(type) ?? 0;
  const counted = {
    kills: count('player.kill'),
    deaths: count('player.death'),
    assists: count('player.assist'),
    result: resultOf(count('player.victory'), count('player.defeat')),
  };
  const stated = { ...player.endStats, result: player.result };
  const { externalId, displayName, team, result } = player;
  return {
    externalId,
    ...(displayName && { displayName }),
    team,
    result,
    events: player.events.length,
    counted,
    stated,
    agrees: (['kills', 'deaths', 'assists', 'result'] as const).every((key) => counted[key] === stated[key]),
  };
}

const resultOf = (victories: number, defeats: number): MatchResult =>
  victories > defeats ? 'victory' : defeats > victories ? 'defeat' : 'draw';

/** The summary for people: lines of at most 100 columns as far as names allow. */
export function summaryText(summary: ImportSummary): string {
  const minutes = Math.round(summary.durationMs / 60_000);
  const mapped = Object.entries(summary.mapped).map(([type, count]) => `${type} ${count}`);
  return [
    summary.title,
    `  ${summary.format} · ${summary.matchId} · ${summary.startedAt} · ${minutes} min`,
    `  read ${summary.read} records → ${summary.events} events of ${summary.players.length} players: ${summary.accepted} new, ${summary.duplicates} already there`,
    ...wrapped('mapped', mapped),
    ...summary.skipped.map((one) => `  skipped ${one.count} × ${one.what}: ${one.why}`),
    ...summary.notes.map((note) => `  note: ${note}`),
    '',
    ...reconciliation(summary.players).map((line) => `  ${line}`),
    `  ${summary.agrees ? 'all counts agree with the file' : 'COUNTS DIFFER FROM THE FILE'}`,
  ].join('\n');
}

function reconciliation(players: Reconciled[]): string[] {
  const pair = (player: Reconciled, key: keyof EndStats) => `${player.counted[key]}/${player.stated[key]}`;
  const rows = players.map((player) => [
    player.displayName ?? player.externalId,
    player.team,
    player.result,
    pair(player, 'kills'),
    pair(player, 'deaths'),
    pair(player, 'assists'),
    String(player.events),
    player.agrees ? '✓' : '✗',
  ]);
  return columns(['player', 'team', 'result', 'kills', 'deaths', 'assists', 'events', ''], rows);
}

function wrapped(label: string, parts: string[]): string[] {
  const lines: string[] = [];
  let line = `  ${label}`;
  for (const part of parts) {
    if (line.length + part.length + 2 > 100) {
      lines.push(line);
      line = ' '.repeat(label.length + 2);
    }
    line += `${line.endsWith(label) || line.trim() === '' ? ' ' : ', '}${part}`;
  }
  return [...lines, line];
}
