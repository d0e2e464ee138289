import { rivalIn, type Told } from './facts.js';
import type { MemoryFacts } from './memory.js';

/** Short, for there are many: name, times met, killed, killed by, victories, defeats, the match of the last meeting. */
export type Rival = readonly [
  name: string,
  met: number,
  killed: number,
  killedBy: number,
  victories: number,
  defeats: number,
  match: number,
];

/** The least recently met leaves. */
const RIVALS_MAX = 20;
const SPOKEN_OF = [5, 10, 25];

/** After a meeting: all that are known, and the one who was met when it is worth speaking of. */
export type Met = { rivals: readonly Rival[]; reached: Rival | null };

/** `match`: which one of the player's life, in which a rival is met once; `null`: in none. */
export function rivalsAfter(rivals: readonly Rival[], told: Told, match: number | null): Met {
  const name = rivalIn(told);
  if (name === undefined) return { rivals, reached: null };
  const [, met, killed, killedBy, victories, defeats, last] =
    rivals.find(([known]) => known === name) ?? ([name, ...[0, 0, 0, 0, 0, -1]] as unknown as Rival);
  const again = match === null || match !== last;
  const { type } = told;
  const rival: Rival = [
    name,
    met + (again ? 1 : 0),
    killed + (type === 'player.kill' ? 1 : 0),
    killedBy + (type === 'player.death' ? 1 : 0),
    victories + (type === 'player.victory' ? 1 : 0),
    defeats + (type === 'player.defeat' ? 1 : 0),
    match ?? -1,
  ];
  const others = rivals.filter(([known]) => known !== name);
  const reached = again && SPOKEN_OF.includes(rival[1]) ? rival : null;
  return { rivals: [...others, rival].slice(-RIVALS_MAX), reached };
}

export const rivalFacts = ([rival, matches, killed, killedBy, victories, defeats]: Rival): MemoryFacts => ({
  what: 'rivalry',
  rival,
  matches,
  killCount: killed,
  deathCount: killedBy,
  victories,
  defeats,
});
