import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { gameEvent, registered } from '../../projections/testing/stories.js';

/** Who remembers the most. */
export const MUCH = { player: 'much', memories: 1_000 };
const FROM = Date.parse('2025-01-01T10:00:00Z');
const HOUR = 3_600_000;
const heroes = Array.from({ length: 251 }, (_, n) => `Hero ${n}`);
const maps = ['Rift', 'Abyss', 'Arena'];

export const playerOf = (nth: number): string => `p${nth}`;

/** Of so many players so many memories, and one who has a thousand: each event is kept, as a memory of its own. */
export function lives({ players, memories }: { players: number; memories: number }): MemoryLog {
  const log = memoryLog();
  for (const player of [MUCH.player, ...Array.from({ length: players }, (_, nth) => playerOf(nth))])
    log.tell(`player-${player}`, registered());
  for (let nth = 0; nth < MUCH.memories; nth++) log.tell(`player-${MUCH.player}`, event(nth, nth));
  for (let nth = 0; nth < memories; nth++) {
    const [player, own] = [nth % players, Math.floor(nth / players)];
    log.tell(`player-${playerOf(player)}`, event(own + 37 * player, own));
  }
  return log;
}

/** The game time of what is asked, after all that was lived. */
export const askedAt = (memories: number): string =>
  new Date(FROM + (Math.max(memories, MUCH.memories) + 24) * HOUR).toISOString();

/** Facts of some moment, and what may be asked then. */
export const cueOf = (nth: number) => ({
  hero: heroes[nth % heroes.length]!,
  map: maps[nth % maps.length]!,
  what: 'match.start',
});
export const questionOf = (nth: number): string =>
  [
    `do you remember my pentakill with ${heroes[nth % heroes.length]}?`,
    `还记得成就${nth % MUCH.memories}吗`,
    `which legendary sword did I find, number ${nth % MUCH.memories}?`,
    '我最好的一局是哪一局',
    'when did I do something great?',
  ][nth % 5]!;

/** So many differ: of one player no two are of the same thing. */
function event(told: number, hours: number) {
  const nth = told % MUCH.memories;
  const at = new Date(FROM + hours * HOUR).toISOString();
  const hero = heroes[(nth * 7) % heroes.length]!;
  const map = maps[nth % maps.length]!;
  const kinds = [
    ['player.multi_kill', { hero, killCount: 5 }],
    ['player.achievement', { name: `Achievement ${nth}` }],
    ['player.loot', { name: `Sword ${nth}`, rarity: 'legendary' }],
    ['player.achievement', { name: `Trophy on ${map} ${nth}` }],
  ] as const;
  const [type, data] = kinds[nth % kinds.length]!;
  return gameEvent(type, at, data);
}
