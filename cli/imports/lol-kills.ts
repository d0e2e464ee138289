import type { Field } from './fields.js';
import type { LolPlayer } from './lol-file.js';
import type { Skipped } from './match.js';
import { type Moment, spread } from './timeline.js';

/** A death or a kill of the match. Without `killer` it is an execution: tower, minions, monsters. */
export type Kill = {
  ms: number;
  killer?: number;
  victim?: number;
  assists: number[];
  inferred?: true;
};

const roles = ['kill', 'death', 'assist'] as const;
type Role = (typeof roles)[number];
const counts = { kill: 'kills', death: 'deaths', assist: 'assists' } as const;

/** Times are rounded on their way through the files. */
const tolerance = 1.5;

/**
 * All kills of the match: the moments come from the source that agrees with the end statistics, killer, victim
 * and helpers of a moment from the event list. `killerId: 0` is both a player and nobody; a kill that player
 * 0's own times do not hold is nobody's.
 */
export function killLedger(players: LolPlayer[], events: Field[], durationMs: number) {
  const told = events.filter((event) => event.str('type') === 'CHAMPION_KILL').map(readKill);
  const ledger: Kill[] = told.map(({ ms }) => ({ ms, assists: [] }));
  const skipped: Skipped[] = [];
  const loose: Kill[] = [];
  for (const player of players)
    for (const role of roles) {
      for (const moment of moments(player, { role, told, durationMs })) {
        const kill = moment.inferred
          ? undefined
          : ledger.find((one, i) => fits(told[i]!, one, { moment, player, role }));
        if (kill) assign(kill, player.index, role);
        else loose.push(assign({ ms: moment.ms, assists: [], inferred: true }, player.index, role));
      }
      const count = player.times[role].length - player[counts[role]];
      if (count > 0)
        skipped.push({
          what: `${role} of player ${player.index}`,
          why: 'the end statistics do not count it',
          count,
        });
    }
  return { kills: [...ledger, ...loose], skipped, notes: remarks(ledger, loose) };
}

function remarks(ledger: Kill[], loose: Kill[]): string[] {
  const executions = ledger.filter((kill) => kill.killer === undefined && kill.victim !== undefined).length;
  return [
    ...(executions > 0 ? [`${executions} deaths without a killer (tower, minions or monsters)`] : []),
    ...(loose.length > 0
      ? [
          `${loose.length} kills, deaths or assists of the end statistics are not in the event list: marked inferred`,
        ]
      : []),
  ];
}

type Told = { ms: number; killer: number; victim: number; assists: number[] };

function readKill(event: Field): Told {
  return {
    ms: event.ms('timestamp'),
    killer: event.num('killerId'),
    victim: event.num('victimId'),
    assists: event.listOf('assistingPlayerIds').map((id) => id.asNumber()),
  };
}

function takesPart(kill: Told, player: number, role: Role): boolean {
  if (role === 'kill') return kill.killer === player;
  return role === 'death' ? kill.victim === player : kill.assists.includes(player);
}

type Claim = { moment: Moment; player: LolPlayer; role: Role };

/** Whether a told kill is the one of a player's moment, and that place in it not taken yet. */
function fits(told: Told, kill: Kill, { moment, player, role }: Claim): boolean {
  if (Math.abs(told.ms - moment.ms) > tolerance || !takesPart(told, player.index, role)) return false;
  if (role === 'assist') return !kill.assists.includes(player.index);
  return kill[role === 'kill' ? 'killer' : 'victim'] === undefined;
}

function assign(kill: Kill, player: number, role: Role): Kill {
  if (role === 'kill') kill.killer = player;
  else if (role === 'death') kill.victim = player;
  else kill.assists.push(player);
  return kill;
}

type Where = { role: Role; told: Told[]; durationMs: number };

/** As many moments as the end statistics count: the player's times, else the events, else times cut or filled up. */
function moments(player: LolPlayer, { role, told, durationMs }: Where): Moment[] {
  const count = player[counts[role]];
  const times = player.times[role];
  const events = told.filter((kill) => takesPart(kill, player.index, role));
  if (times.length !== count && events.length === count) return events.map(({ ms }) => ({ ms }));
  const filled = spread(Math.max(0, count - times.length), 0, durationMs);
  return [
    ...times.slice(0, count).map((ms): Moment => ({ ms })),
    ...filled.map((ms): Moment => ({ ms, inferred: true })),
  ];
}
