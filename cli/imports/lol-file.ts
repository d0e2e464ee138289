import { championName } from './champions.js';
import type { Field } from './fields.js';

/** A player of the replay. `index` (0–9) is the id its events use. */
export type LolPlayer = {
  index: number;
  teamId: number;
  side: 'participants' | 'opponents';
  hero: string;
  win: boolean;
  kills: number;
  deaths: number;
  assists: number;
  /** Buildings of which the end statistics say that this player took them. */
  turretKills: number;
  inhibitorKills: number;
  firstBlood: boolean;
  times: { kill: number[]; death: number[]; assist: number[] };
  levels: { ms: number; level: number }[];
};

/** The files tell day and number of a match but no date; a fixed first day makes every import the same. */
export const firstDay = Date.UTC(2019, 10, 18, 18);
const day = 24 * 3600_000;
const hour = 3600_000;

export type LolMeta = ReturnType<typeof readMeta>;
export function readMeta(meta: Field) {
  const team = meta.str('team');
  const [dayNum, number] = [meta.tally('day_num'), meta.tally('day_match_num')];
  const rivals = meta.num('real_opponents') === 0 ? 'bots' : 'opponents';
  return {
    team,
    rivals,
    matchId: `lol-${team}-day${dayNum}-match${number}`,
    title: `League of Legends: ${team} against ${rivals === 'bots' ? 'bots' : 'people'}, day ${dayNum} match ${number}`,
    startedMs: firstDay + dayNum * day + number * hour,
    durationMs: meta.ms('match_duration'),
  };
}

export function readPlayer(player: Field, index: number): LolPlayer {
  const stats = player.get('stats');
  const times = (key: string) => player.list(key).map((time) => time.asMs());
  const side = player.str('teamName');
  if (side !== 'participants' && side !== 'opponents') player.fail(`has the unknown team ${side}`);
  return {
    index,
    teamId: player.num('teamId'),
    side: side as LolPlayer['side'],
    hero: championName(player.num('championId')),
    win: stats.flag('win'),
    kills: stats.tally('kills'),
    deaths: stats.tally('deaths'),
    assists: stats.tally('assists'),
    turretKills: stats.tally('turretKills'),
    inhibitorKills: stats.tally('inhibitorKills'),
    firstBlood: stats.maybe('firstBloodKill')?.value === true,
    times: { kill: times('killTimes'), death: times('deathTimes'), assist: times('assistTimes') },
    levels: player
      .listOf('timelineStats')
      .map((frame) => ({ ms: frame.ms('timestamp'), level: frame.num('level') })),
  };
}
