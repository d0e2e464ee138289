import type { ImportedEvent } from '../../cli/imports/index.js';
import { seeded } from '../../cli/simulator/index.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { Language } from '../../domain/kernel/language.js';

/** A match of a session, as it went. */
export type Match = {
  id: string;
  session: number;
  hero: string;
  map: string;
  won: boolean;
  kills: number;
  deaths: number;
  great: readonly Great[];
};
/** What stood out in it. */
export type Great = { type: string; data: Readonly<Record<string, unknown>> };

/** As games call them, and as players who write Chinese do. */
export const heroes: readonly (readonly [hero: string, zh: string])[] = [
  ['Jinx', '金克丝'],
  ['Ahri', '阿狸'],
  ['Thresh', '锤石'],
  ['Garen', '盖伦'],
  ['Lux', '拉克丝'],
  ['Yasuo', '亚索'],
  ['Zed', '劫'],
  ['Vi', '蔚'],
  ['Nami', '娜美'],
  ['Ezreal', '伊泽瑞尔'],
];
const maps = ['Frozen Pass', 'Old Harbor', 'Sky Temple'];

type Named = readonly [session: number, name: Record<Language, string>];
export const achievements: readonly Named[] = [
  [14, { en: 'Untouchable', zh: '不可触碰' }],
  [37, { en: 'Dragon Slayer', zh: '屠龙勇士' }],
  [58, { en: 'Night Owl', zh: '深夜玩家' }],
  [83, { en: 'Last One Standing', zh: '最后一人' }],
  [107, { en: 'Guardian Angel', zh: '守护天使' }],
  [129, { en: 'Treasure Hunter', zh: '寻宝高手' }],
  [151, { en: 'Iron Will', zh: '钢铁意志' }],
  [186, { en: 'Speed Demon', zh: '极速传说' }],
];
export const finds: readonly Named[] = [
  [26, { en: 'Dawnbreaker', zh: '破晓之剑' }],
  [64, { en: 'Crown of Ashes', zh: '灰烬王冠' }],
  [99, { en: 'Whispering Bow', zh: '低语之弓' }],
  [117, { en: 'Moonlit Cloak', zh: '月光斗篷' }],
  [144, { en: 'Storm Hammer', zh: '风暴战锤' }],
  [173, { en: 'Heart of the Mountain', zh: '山之心' }],
];
export const pentakills: readonly number[] = [19, 52, 88, 141, 194];
/** Sessions in which more were killed than in any before: the most so far. */
export const bests: readonly (readonly [session: number, kills: number])[] = [
  [33, 24],
  [71, 27],
  [125, 31],
  [168, 34],
];

/** A match a session: always the same. */
export function matchesIn(lang: Language, sessions: number): Match[] {
  const chance = seeded(2026);
  return Array.from({ length: sessions }, (_, session) => {
    const hero = chance.pick(heroes)[0];
    const map = chance.pick(maps);
    const won = chance.chance(0.52);
    const best = bests.find(([of]) => of === session)?.[1];
    const kills = chance.int(1, 16);
    const deaths = chance.int(0, 12);
    const great = greatIn(lang, session, hero);
    const id = `match-${lang}-${session}`;
    return { id, session, hero, map, won: best ? true : won, kills: best ?? kills, deaths, great };
  });
}

function greatIn(lang: Language, session: number, hero: string): Great[] {
  const named = (all: readonly Named[]) => all.filter(([of]) => of === session).map(([, name]) => name[lang]);
  return [
    ...named(achievements).map((name) => ({ type: 'player.achievement', data: { name } })),
    ...named(finds).map((name) => ({ type: 'player.loot', data: { name, rarity: 'legendary' } })),
    ...(pentakills.includes(session) ? [{ type: 'player.multi_kill', data: { hero, killCount: 5 } }] : []),
  ];
}

/** What the game told of it. `at`: the time of a minute of that session. */
export function playOf(match: Match, at: (minute: number) => string): ImportedEvent[] {
  const { id: matchId, hero, map, won, kills, deaths } = match;
  const chance = seeded(match.session);
  const met = () => chance.pick(heroes.filter(([other]) => other !== hero))[0];
  const fights = [
    ...Array.from({ length: kills }, () => ({ type: 'player.kill', data: { hero, victim: met() } })),
    ...Array.from({ length: deaths }, () => ({ type: 'player.death', data: { hero, killer: met() } })),
  ];
  const outcome = { matchId, hero, map, killCount: kills, deathCount: deaths };
  const told: Great[] = [
    { type: 'session.start', data: {} },
    { type: 'match.start', data: { matchId, hero, map } },
    ...fights,
    ...match.great,
    { type: won ? 'player.victory' : 'player.defeat', data: outcome },
    { type: 'match.end', data: { matchId } },
    { type: 'session.end', data: {} },
  ];
  return told.map(({ type, data }, nth) => ({
    id: derivedId(matchId, `event ${nth}`),
    type,
    at: at((28 * nth) / told.length),
    data: { ...data },
    context: {},
  })) as ImportedEvent[];
}
