import type { Loose } from './test-data.js';

const lolPlayer = (index: number, kda: [number[], number[], number[]], win: boolean): Loose => ({
  teamId: index < 5 ? 100 : 200,
  teamName: index < 5 ? 'participants' : 'opponents',
  championId: [24, 51, 84, 40, 59, 86, 13, 62, 18, 9999][index],
  killTimes: kda[0],
  deathTimes: kda[1],
  assistTimes: kda[2],
  timelineStats: [
    { timestamp: 0, level: 1 },
    { timestamp: 60, level: 2 },
    { timestamp: 120, level: 4 },
    { timestamp: 660, level: 5 },
  ],
  stats: {
    win,
    kills: kda[0].length,
    deaths: kda[1].length,
    assists: kda[2].length,
    turretKills: index === 0 ? 1 : 0,
    inhibitorKills: 0,
    firstBloodKill: index === 0,
  },
});

/**
 * Ten minutes: player 0 kills 5 and 6 within ten seconds (helped by 1), is killed by 7, and 8 is executed, which
 * the event list, too, lays to `killerId: 0`.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it is a table
export function lolSample(): { replay: Loose; meta: Loose } {
  const kill = (
    timestamp: number,
    killerId: number,
    victimId: number,
    assistingPlayerIds: number[] = [],
  ) => ({
    type: 'CHAMPION_KILL',
    timestamp,
    killerId,
    victimId,
    assistingPlayerIds,
  });
  const tower = (timestamp: number, killerId: number, teamId: number, assistingPlayerIds: number[] = []) => ({
    type: 'BUILDING_KILL',
    timestamp,
    killerId,
    teamId,
    assistingPlayerIds,
    buildingType: 'TOWER_BUILDING',
    towerType: 'OUTER_TURRET',
    laneType: 'MID_LANE',
  });
  const events = [
    { type: 'ITEM_PURCHASED', timestamp: 1, itemId: 1054, playerId: 5 },
    kill(100.5, 0, 5, [1]),
    kill(108.25, 0, 6),
    kill(200, 0, 8),
    kill(300, 7, 0),
    tower(400, 0, 200, [2]),
    tower(450, 0, 100, [7]),
    {
      type: 'ELITE_MONSTER_KILL',
      timestamp: 500,
      playerId: 4,
      monsterType: 'DRAGON',
      monsterSubType: 'AIR_DRAGON',
    },
  ];
  const none: number[] = [];
  const players = [
    [[100.5, 108.25], [300], none],
    [none, none, [100.5]],
    [none, none, none],
    [none, none, none],
    [none, none, none],
    [none, [100.5], none],
    [none, [108.25], none],
    [[300], none, none],
    [none, [200], none],
    [none, none, none],
  ] as [number[], number[], number[]][];
  const named = players.map((kda, i) => [`player_${i}`, lolPlayer(i, kda, i < 5)]);
  const teams = { participants: { teamId: 100, win: 'Win' }, opponents: { teamId: 200, win: 'Fail' } };
  const meta = { match_duration: 600, real_opponents: 0, team: 'rookies', day_num: 1, day_match_num: 2 };
  return { replay: { teams, events, ...Object.fromEntries(named) }, meta };
}
