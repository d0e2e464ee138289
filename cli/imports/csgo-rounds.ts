import { dayMs, type Field } from './fields.js';

export type RoundKill = {
  victim: string;
  weapon: string;
  headshot: boolean;
  penetrated: boolean;
  clutch: boolean;
  opening: boolean;
};
export type RoundPlayer = {
  kills: RoundKill[];
  assists: number;
  deaths: number;
  planted: number;
  defused: number;
  /** Health at the end, 0 to 100. */
  health: number;
};
/** One side of a round. A player may stand in both of a round, by name in the file. */
export type Block = { score: number; players: Map<string, RoundPlayer> };
export type Round = { ms: number; reason: string; blocks: [Block, Block] };
/** The live part of a round, in ms of the match. */
export type Span = { from: number; to: number };

export function readRounds(root: Field, startedMs: number): Round[] {
  const rounds = root.list('rounds');
  if (rounds.length === 0) root.get('rounds').fail('is empty: no round was played');
  return rounds.map((round) => {
    const reason = round.maybe('reason')?.value;
    const ms = Math.max(0, round.epochMs('timestamp') - startedMs);
    if (ms > dayMs) round.get('timestamp').fail('is more than a day after the start of the match');
    return {
      ms,
      reason: typeof reason === 'string' ? reason : 'unfinished',
      blocks: [readBlock(round.get('team1')), readBlock(round.get('team2'))],
    };
  });
}

function readBlock(block: Field): Block {
  const players = block.get('players');
  return {
    score: block.count('score'),
    players: new Map(players.keys().map((id) => [id, readPlayer(players.get(id))])),
  };
}

const readPlayer = (player: Field): RoundPlayer => ({
  kills: player.list('kills').map(readKill),
  assists: player.tally('assists'),
  deaths: player.tally('deaths'),
  planted: player.tally('bombsplanted'),
  defused: player.tally('bombsdefused'),
  health: player.num('health'),
});

const readKill = (kill: Field): RoundKill => ({
  victim: kill.str('victim'),
  weapon: kill.str('weapon'),
  headshot: kill.flag('headshot'),
  penetrated: kill.flag('penetrated'),
  clutch: kill.flag('clutch'),
  opening: kill.flag('firstkill'),
});

/** A round can be fought for 1:55; about 20 s lie between its end and the start of the next. */
const longest = 115_000;
const pause = 20_000;
const shortest = 10_000;

/** A record tells when its round began; it ends a pause before the next, at the latest when its time is up. */
export function roundSpans(rounds: Round[], durationMs: number): Span[] {
  return rounds.map((round, i) => {
    const next = rounds[i + 1];
    const room = next ? next.ms - pause - round.ms : durationMs - round.ms;
    return { from: round.ms, to: round.ms + Math.min(longest, Math.max(shortest, room)) };
  });
}
