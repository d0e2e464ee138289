import type { GameEvent } from '../../domain/events/game-event.js';
import type { Language } from '../../domain/kernel/language.js';
import { type ChatDraft, type Draft, multiKill } from '../imports/timeline.js';
import type { Chance } from './random.js';
import { dangers, enemies, loot, treasure, weapons, words } from './world.js';

type Data = GameEvent['data'];
type Turn = keyof (typeof words)['en'];

/** What a story is written with: each call adds what happens at that minute of the match. */
export type Pen = {
  drafts: (Draft | ChatDraft)[];
  /** Kills, each with its moment; several in one call are one fight. */
  kills(minute: number, count: number, victim?: string): void;
  death(minute: number, killer?: string): void;
  assist(minute: number): void;
  objective(minute: number, name: string, kind: string): void;
  hurt(minute: number, damage?: number): void;
  tell(minute: number, type: Draft['type'], data: Data): void;
  say(minute: number, turn: Turn): void;
};

/** Written into minutes from the start; the pen rolls the seconds around them. */
export function pen(chance: Chance, lang: Language): Pen {
  const drafts: (Draft | ChatDraft)[] = [];
  const ms = (minute: number) => Math.round(minute * 60_000);
  const near = (minute: number) => ms(minute) + chance.int(-6_000, 6_000);
  const add = (at: number, type: Draft['type'], data: Data) => drafts.push({ ms: at, type, data });
  const hurtAt = (at: number, damage: number) =>
    add(at, 'player.damage_taken', { damage: Math.round(damage * 100) / 100, source: chance.pick(dangers) });
  return {
    drafts,
    kills: (minute, count, victim) => {
      let at = near(minute);
      hurtAt(at - chance.int(2_000, 6_000), chance.between(0.1, 0.45));
      // Nobody dies twice in one fight.
      const first = chance.int(0, enemies.length - 1);
      for (let i = 0; i < count; i++) {
        if (i > 0) at += chance.int(1_500, 7_000);
        const fallen = victim ?? enemies[(first + i) % enemies.length];
        add(at, 'player.kill', { victim: fallen, weapon: chance.pick(weapons) });
      }
      if (count >= 2) drafts.push(multiKill(at, count));
    },
    death: (minute, killer) => {
      const at = near(minute);
      hurtAt(at - chance.int(3_000, 5_000), chance.between(0.35, 0.6));
      hurtAt(at - chance.int(500, 2_000), chance.between(0.3, 0.5));
      add(at, 'player.death', { killer: killer ?? chance.pick(enemies), killerKind: 'player' });
    },
    assist: (minute) => add(near(minute), 'player.assist', { victim: chance.pick(enemies) }),
    objective: (minute, name, kind) =>
      add(near(minute), 'player.objective', { name, objective: kind, role: 'team' }),
    hurt: (minute, damage = chance.between(0.05, 0.3)) => hurtAt(near(minute), damage),
    tell: (minute, type, data) => add(ms(minute), type, data),
    say: (minute, turn) => drafts.push({ ms: ms(minute), chat: chance.pick(words[lang][turn]) }),
  };
}

/** Who makes the bad start bad, and is beaten at the turning point. */
export const bully = (chance: Chance) => chance.pick(enemies);

/** Act one, minutes 0 to 9: caught three times in a row, no kill, and a walk away from the keyboard. */
export function badStart(p: Pen, chance: Chance, rival: string): void {
  for (const minute of [1.2, 1.9, 3.4, 4.1, 5.9, 6.4]) p.hurt(minute);
  p.death(2.7, rival);
  p.death(4.9, rival);
  p.say(5.3, 'losing');
  p.death(7.2);
  p.tell(7.8, 'player.idle', { seconds: chance.int(35, 70) });
  p.say(8.7, 'asking');
}

/** Act two, 9 to 14: holding on; help for others, a first kill, a quest. */
export function holdingOn(p: Pen): void {
  for (const minute of [9.3, 10.4, 12.1]) p.assist(minute);
  for (const minute of [9.8, 11.6, 12.6]) p.hurt(minute);
  p.kills(10.9, 1);
  p.tell(11.9, 'player.quest_completed', { name: 'Keeper of the lane' });
  p.assist(13.2);
}

/** Act three, 14 to 20: the rival falls alone, then the dragon: the match turns. */
export function turningPoint(p: Pen, chance: Chance, rival: string): void {
  p.kills(14.1, 1, rival);
  p.say(14.4, 'turning');
  p.tell(14.7, 'player.loot', chance.pick(treasure));
  p.kills(15.6, 2);
  p.objective(16.3, 'outer tower, middle', 'tower');
  p.assist(17.0);
  p.kills(17.8, 1);
  p.objective(18.4, 'River Dragon', 'dragon');
  p.kills(18.6, 2);
  p.assist(18.8);
  p.say(19.3, 'rising');
}

/** Act four, 20 to 26: a triple kill and more, an achievement, one death too bold. */
export function comeback(p: Pen, chance: Chance): void {
  p.kills(20.6, 1);
  p.assist(21.1);
  p.kills(22.2, chance.int(3, 4));
  p.tell(22.5, 'player.achievement', { name: 'Against all odds', rarity: 'epic' });
  p.objective(23.0, 'inner tower, bottom', 'tower');
  p.kills(24.0, 1);
  p.death(24.7);
  p.hurt(25.6);
  p.assist(25.9);
}

/** Act five, 26 to 30: the fight at the titan, the last push, the win. */
export function lastPush(p: Pen, chance: Chance): void {
  p.objective(26.7, 'River Titan', 'baron');
  p.kills(27.0, 2);
  p.assist(27.3);
  p.objective(27.9, 'inhibitor, middle', 'inhibitor');
  p.kills(28.5, chance.int(1, 2));
  p.objective(28.9, 'nexus tower', 'tower');
  p.kills(29.3, chance.int(1, 2));
  p.assist(29.5);
}

/** What happens between the turns: scratches, coins, help; more of it as the match goes on. */
export function everydayLife(p: Pen, chance: Chance, until: number): void {
  for (let minute = 1; minute < until - 0.5; minute += chance.between(0.35, 0.75)) {
    // The bad start stays bad: no help for others, no finds worth a smile.
    if (minute < 9 || chance.chance(0.62)) p.hurt(minute, chance.between(0.04, 0.28));
    else if (chance.chance(0.72)) p.tell(minute, 'player.loot', chance.pick(loot));
    else p.assist(minute);
  }
}
