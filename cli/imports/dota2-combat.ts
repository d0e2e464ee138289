import { type DotaPlayer, plainName, type Teamfight } from './dota2-file.js';
import type { Aegis } from './dota2-objectives.js';
import type { Skipped } from './match.js';
import { type Draft, spread } from './timeline.js';

export type DotaKill = { ms: number; killer: DotaPlayer; victim?: string; inferred?: true };
type Setting = { kills: DotaKill[]; fights: Teamfight[]; durationMs: number };

/**
 * As many kills of each player as the end statistics count. The log of kills may hold more (a hero who comes back
 * with the Aegis did not count as killed) or fewer.
 */
export function killMoments(
  players: DotaPlayer[],
  { aegis, durationMs }: { aegis: Aegis[]; durationMs: number },
) {
  const all: DotaKill[] = [];
  const skipped: Skipped[] = [];
  const notes: string[] = [];
  for (const killer of players) {
    const log = killer.killsLog.map(({ ms, victim }): DotaKill => ({ ms, victim, killer }));
    const surplus = Math.max(0, log.length - killer.kills);
    const spurious = (kill: DotaKill) =>
      aegis.some((one) => one.hero === kill.victim && kill.ms >= one.from && kill.ms <= one.to);
    const doubtful = [...log.filter(spurious), ...log.filter((kill) => !spurious(kill)).reverse()].slice(
      0,
      surplus,
    );
    all.push(...log.filter((kill) => !doubtful.includes(kill)));
    for (const kill of doubtful)
      skipped.push({
        what: `kill of ${kill.victim} by ${killer.hero}`,
        why: `in the log of kills but not in the final count${spurious(kill) ? ' (the victim held the Aegis)' : ''}`,
        count: 1,
      });
    const missing = Math.max(0, killer.kills - log.length);
    all.push(...spread(missing, 0, durationMs).map((ms): DotaKill => ({ ms, killer, inferred: true })));
    if (missing > 0)
      notes.push(
        `${missing} kills of ${killer.hero} are counted but not in the log of kills: marked inferred`,
      );
  }
  return { all, skipped, notes };
}

/** As many deaths as the end statistics count: those that a kill of the other side names, the rest inferred. */
export function deathDrafts(player: DotaPlayer, { kills, fights, durationMs }: Setting): Draft[] {
  const named = kills
    .filter((kill) => kill.victim === player.hero && kill.killer.radiant !== player.radiant)
    .sort((a, b) => a.ms - b.ms)
    .slice(0, player.deaths);
  const rest = unnamedKillers(player, named);
  const moments = unnamedMoments(player, named, { fights, durationMs });
  return [
    ...named.map(({ ms, killer }): Draft => {
      const data = { hero: player.hero, killer: killer.hero, killerKind: 'player' };
      return { ms, type: 'player.death', data };
    }),
    ...moments.map(
      (ms, i): Draft => ({
        ms,
        type: 'player.death',
        data: { hero: player.hero, ...killerOf(rest[i]), inferred: true },
      }),
    ),
  ];
}

function unnamedMoments(player: DotaPlayer, named: DotaKill[], where: Omit<Setting, 'kills'>): number[] {
  const count = player.deaths - named.length;
  const inFights = where.fights.flatMap((fight) => {
    const known = named.filter((kill) => kill.ms >= fight.from && kill.ms <= fight.to).length;
    return Array.from(
      { length: Math.max(0, (fight.deaths[player.slot] ?? 0) - known) },
      () => fight.lastDeath,
    );
  });
  const placed = inFights.slice(0, count);
  return [...placed, ...spread(count - placed.length, 0, where.durationMs)];
}

/** Who killed the player apart from the kills that are named: one entry a death. */
function unnamedKillers(player: DotaPlayer, named: DotaKill[]): string[] {
  const left = new Map([...player.killedBy].map(([unit, count]) => [plainName(unit), count]));
  for (const { killer } of named) left.set(killer.hero, (left.get(killer.hero) ?? 0) - 1);
  const things = [...left].flatMap(([unit, count]) => Array.from({ length: Math.max(0, count) }, () => unit));
  // Creeps, towers and the fountain first: a hero's kills are in the log already.
  return things.sort(
    (a, b) =>
      Number(!a.startsWith('npc_') && !a.startsWith('dota_')) -
      Number(!b.startsWith('npc_') && !b.startsWith('dota_')),
  );
}

function killerOf(unit: string | undefined) {
  if (unit === undefined) return { killerKind: 'none' };
  if (unit.includes('creep') || unit.includes('neutral')) return { killer: unit, killerKind: 'creep' };
  if (unit.includes('tower') || unit.includes('fountain')) return { killer: unit, killerKind: 'tower' };
  return { killer: unit, killerKind: unit.startsWith('npc_') ? 'monster' : 'player' };
}

/** Kills of team-mates in fights that the player took part in come first, then any others in order. */
export function assistDrafts(player: DotaPlayer, { kills, fights, durationMs }: Setting): Draft[] {
  const mates = kills
    .filter((kill) => kill.killer.radiant === player.radiant && kill.killer !== player)
    .sort((a, b) => a.ms - b.ms);
  const near = (kill: DotaKill) =>
    fights.some((fight) => kill.ms >= fight.from && kill.ms <= fight.to && fight.active[player.slot]);
  const chosen = [...mates.filter(near), ...mates.filter((kill) => !near(kill))].slice(0, player.assists);
  const rest = spread(player.assists - chosen.length, 0, durationMs);
  return [
    ...chosen.map(({ ms, victim }): Draft => {
      const data = { hero: player.hero, ...(victim && { victim }), inferred: true };
      return { ms, type: 'player.assist', data };
    }),
    ...rest.map((ms): Draft => ({ ms, type: 'player.assist', data: { hero: player.hero, inferred: true } })),
  ];
}
