import type { Field } from './fields.js';
import type { LolPlayer } from './lol-file.js';
import type { Draft } from './timeline.js';

/** An objective as one player lived it. */
export type Objective = { player: number; draft: Draft };
type Part = 'killer' | 'assist' | 'team';

type Building = {
  ms: number;
  owner: number;
  killer: number;
  helpers: number[];
  inhibitor: boolean;
  name: string;
};

/**
 * Towers and inhibitors, for whoever took them and whoever helped. `killerId: 0` is both player 0 and minions: player 0
 * gets as many as the end statistics say; where more would fit, the first ones are taken and marked inferred.
 */
export function buildingDrafts(players: LolPlayer[], events: Field[]): Objective[] {
  const buildings = events.filter((event) => event.str('type') === 'BUILDING_KILL').map(readBuilding);
  const zero = [...claimed(players[0]!, buildings, false), ...claimed(players[0]!, buildings, true)];
  return buildings.flatMap((building) => {
    const { ms, name } = building;
    const claim = zero.find((one) => one.building === building);
    const byPlayer = building.killer !== 0 || claim !== undefined;
    const mark = claim?.inferred ? { inferred: true } : {};
    const live = (player: number, role: Part): Objective => ({
      player,
      draft: {
        ms,
        type: 'player.objective',
        data: {
          name,
          objective: building.inhibitor ? 'inhibitor' : 'tower',
          role,
          ...(role === 'killer' && mark),
        },
      },
    });
    const killer = byPlayer ? [live(building.killer, 'killer')] : [];
    return [...killer, ...building.helpers.map((helper) => live(helper, 'assist'))];
  });
}

function readBuilding(event: Field): Building {
  const inhibitor = event.str('buildingType') === 'INHIBITOR_BUILDING';
  const words = [event.str('laneType'), inhibitor ? 'INHIBITOR' : event.str('towerType')];
  return {
    ms: event.ms('timestamp'),
    owner: event.num('teamId'),
    killer: event.num('killerId'),
    helpers: event.listOf('assistingPlayerIds').map((id) => id.asNumber()),
    inhibitor,
    name: words.join(' ').toLowerCase().replaceAll('_', ' '),
  };
}

function claimed(zero: LolPlayer, buildings: Building[], inhibitor: boolean) {
  const count = inhibitor ? zero.inhibitorKills : zero.turretKills;
  const possible = buildings.filter(
    (one) =>
      one.inhibitor === inhibitor &&
      one.killer === 0 &&
      one.owner !== zero.teamId &&
      !one.helpers.includes(0),
  );
  return possible.slice(0, count).map((building) => ({ building, inferred: possible.length > count }));
}

const monsters: Record<string, string> = {
  DRAGON: 'dragon',
  BARON_NASHOR: 'baron',
  RIFTHERALD: 'rift herald',
};

/** Dragons, barons and heralds are won by a team: each of its players lives it. */
export function monsterDrafts(players: LolPlayer[], events: Field[]): Objective[] {
  return events
    .filter((event) => event.str('type') === 'ELITE_MONSTER_KILL')
    .flatMap((event) => {
      const killer =
        players[event.num('playerId')] ?? event.fail(`names the unknown player ${event.num('playerId')}`);
      const kind = event.str('monsterType');
      const objective = monsters[kind] ?? kind.toLowerCase();
      const subType = event.maybe('monsterSubType')?.value;
      const name = typeof subType === 'string' ? subType.toLowerCase().replaceAll('_', ' ') : objective;
      return players
        .filter((player) => player.teamId === killer.teamId)
        .map((player): Objective => {
          const role: Part = player === killer ? 'killer' : 'team';
          return {
            player: player.index,
            draft: {
              ms: event.ms('timestamp'),
              type: 'player.objective',
              data: { name, objective, role },
            },
          };
        });
    });
}
