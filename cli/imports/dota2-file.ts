import type { Field } from './fields.js';
import { heroName } from './heroes.js';

export type DotaPlayer = {
  /** Place in the list of players, 0 to 9; what objectives call `slot`. */
  slot: number;
  playerSlot: number;
  radiant: boolean;
  hero: string;
  externalId: string;
  displayName?: string;
  kills: number;
  deaths: number;
  assists: number;
  killsLog: { ms: number; victim: string }[];
  /** How often each thing killed this player. */
  killedBy: Map<string, number>;
};

/** A span of fighting, with what each player (by slot) did and suffered in it. */
export type Teamfight = { from: number; to: number; lastDeath: number; deaths: number[]; active: boolean[] };

const heroPrefix = 'npc_dota_hero_';
export const plainName = (unit: string) => unit.replace(heroPrefix, '');

export function readPlayer(player: Field, slot: number, matchId: string): DotaPlayer {
  const text = (key: string) => {
    const value = player.maybe(key)?.value;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const playerSlot = player.count('player_slot');
  const unit = player.maybe('max_hero_hit')?.maybe('unit')?.value;
  const displayName = text('personaname');
  const killers = player.maybe('killed_by');
  return {
    slot,
    playerSlot,
    radiant: playerSlot < 128,
    hero: typeof unit === 'string' ? plainName(unit) : heroName(player.count('hero_id')),
    // Whoever hides their account is known within this match only.
    externalId: text('account_id') ?? `${matchId}-slot${playerSlot}`,
    ...(displayName && { displayName }),
    kills: player.tally('kills'),
    deaths: player.tally('deaths'),
    assists: player.tally('assists'),
    killsLog: player
      .listOf('kills_log')
      .map((kill) => ({ ms: kill.ms('time'), victim: plainName(kill.str('key')) })),
    killedBy: new Map(killers?.keys().map((key) => [key, killers.tally(key)]) ?? []),
  };
}

export function readFight(fight: Field): Teamfight {
  const players = fight.list('players');
  return {
    from: fight.ms('start'),
    to: fight.ms('end'),
    lastDeath: fight.ms('last_death'),
    deaths: players.map((player) => player.tally('deaths')),
    active: players.map((player) => player.num('damage') > 0 || player.num('healing') > 0),
  };
}
