import type { GameEvent } from '../events/game-event.js';
import type { Course } from './course.js';

/** What of a game event is felt: plain JSON, short, for it is kept with the feeling. */
export type Happening = {
  id: string;
  type: string;
  /** Told only when it is so. */
  killCount?: number;
  mvp?: true;
  personalRecord?: true;
  headshot?: true;
  rarity?: string;
  /** Health lost, 0 to 1 of the maximum. */
  damage?: number;
  /** Own score before the enemy's, -1 to 1 of the larger of the two. */
  gap?: number;
};

export function happeningOf({ id, type, data }: GameEvent): Happening {
  const happening: Happening = { id, type };
  const { killCount, damage } = data;
  // Adding zero turns -0, which JSON does not keep, into 0.
  if (isNumber(killCount)) happening.killCount = killCount + 0;
  if (isNumber(damage)) happening.damage = damage + 0;
  if (data.mvp === true) happening.mvp = true;
  if (data.personalRecord === true) happening.personalRecord = true;
  if (data.headshot === true) happening.headshot = true;
  if (typeof data.rarity === 'string') happening.rarity = data.rarity.slice(0, 16);
  const gap = gapOf(data.score, data.enemyScore);
  if (gap !== undefined) happening.gap = gap;
  return happening;
}

function gapOf(own: unknown, enemy: unknown): number | undefined {
  if (!isNumber(own) || !isNumber(enemy) || own < 0 || enemy < 0) return undefined;
  const larger = Math.max(own, enemy);
  return larger === 0 ? 0 : (own - enemy) / larger + 0;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** All that a rule may ask about: what the game told, and how things stood just before. */
export type Moment = {
  killCount: number | undefined;
  mvp: boolean;
  personalRecord: boolean;
  headshot: boolean;
  rarity: string | undefined;
  damage: number | undefined;
  /** -1 to 1; `undefined` as long as no score was told in this match. */
  scoreGap: number | undefined;
  /** Deaths without a kill in between. */
  deathsInRow: number;
  /** Kills without a death in between. */
  killsInRow: number;
  defeatsInRow: number;
  victoriesInRow: number;
  killsInMatch: number;
  deathsInMatch: number;
  /** Nothing of this type has ever been told of this player. */
  firstTime: boolean;
  sessionMinutes: number;
};

export const momentOf = (happening: Happening, course: Course, now: number): Moment => ({
  killCount: happening.killCount,
  mvp: happening.mvp === true,
  personalRecord: happening.personalRecord === true,
  headshot: happening.headshot === true,
  rarity: happening.rarity,
  damage: happening.damage,
  scoreGap: happening.gap ?? course.gap ?? undefined,
  deathsInRow: course.streaks.deaths,
  killsInRow: course.streaks.kills,
  defeatsInRow: course.streaks.defeats,
  victoriesInRow: course.streaks.victories,
  killsInMatch: course.match.kills,
  deathsInMatch: course.match.deaths,
  firstTime: !course.seen.includes(happening.type),
  sessionMinutes: course.sessionAt === null ? 0 : Math.max(0, now - course.sessionAt) / 60_000,
});
