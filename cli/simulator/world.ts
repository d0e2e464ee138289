import type { KnownData } from '../../domain/events/game-event.js';
import type { Language } from '../../domain/kernel/language.js';

/** The game that the simulator pretends: a three-lane arena with its own heroes. */
export const map = 'Twin Rivers';

export const heroes = ['Emberfox', 'Tidecaller', 'Glasswing', 'Ironbark', 'Nightjar', 'Sunlancer'] as const;
export const enemies = ['Grimtusk', 'Vesper', 'Stormreed', 'Hollow King', 'Mirelight'] as const;
export const weapons = ['flame arc', 'spirit blade', 'comet', 'thornwhip', 'basic attack'] as const;
export const dangers = [
  'an ambush',
  'the river camp',
  'a tower',
  'poison',
  'a long-range spell',
  'a brawl in lane',
] as const;

type Loot = { name: string; rarity: NonNullable<KnownData['rarity']> };
export const loot: readonly Loot[] = [
  { name: 'Worn Boots', rarity: 'common' },
  { name: 'Sight Ward', rarity: 'common' },
  { name: 'River Charm', rarity: 'common' },
  { name: 'Hunter Blade', rarity: 'uncommon' },
  { name: 'Oaken Shield', rarity: 'uncommon' },
  { name: 'Moonstone Ring', rarity: 'rare' },
  { name: 'Cloak of Embers', rarity: 'rare' },
];
export const treasure: readonly Loot[] = [
  { name: 'Heart of the Warden', rarity: 'legendary' },
  { name: 'Dawnbreaker Edge', rarity: 'epic' },
  { name: 'Crown of Tides', rarity: 'epic' },
];

/** What the player says at the turns of the story; each turn has a few ways of saying it. */
export const words: Record<
  Language,
  Record<'losing' | 'asking' | 'turning' | 'rising' | 'thanks', readonly string[]>
> = {
  zh: {
    losing: ['对面太强了，我根本打不过…', '又死了，这局是不是要输了？', '好烦啊，怎么一直被抓'],
    asking: ['我现在该怎么打？', '落后这么多，还能赢吗？', '接下来先带线还是去打团？'],
    turning: ['终于单杀他了！！', '哈哈，这次轮到我了！', '看到没，单杀！'],
    rising: ['感觉来了，这局能翻！', '我们好像要翻盘了！', '再来一波团，我有把握'],
    thanks: ['谢谢你一直陪着我，这局赢得太爽了', '没想到真的翻盘了！', '这局我可以吹一年'],
  },
  en: {
    losing: [
      "They're way too strong, I can't do anything…",
      'Dead again. Is this one lost?',
      'Ugh, they keep ganking me',
    ],
    asking: [
      'What should I do now?',
      "We're so far behind. Can we still win this?",
      'Push the lane or group up?',
    ],
    turning: ['Finally! Solo kill!!', 'Ha, my turn now!', 'Did you see that? Solo!'],
    rising: [
      'I can feel it, we can turn this around!',
      'Wait, are we actually coming back?',
      "One more fight, I've got this",
    ],
    thanks: [
      'Thanks for sticking with me, what a win',
      "I can't believe we turned that around!",
      'I will talk about this one for a year',
    ],
  },
};
