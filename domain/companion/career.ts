import type { GameEvent } from '../events/game-event.js';

/** What a player's whole life comes to, as far as a companion speaks of it. Plain JSON. */
export type Career = {
  victories: number;
  /** Of victories and multi-kills: how many told their kills, and the most of them. */
  best: Partial<Record<string, { of: number; most: number }>>;
  /** Game times of the last great moments, oldest first. */
  greatAt: readonly number[];
  /** Game time of the newest event. */
  lastAt: number | null;
};

export const initialCareer: Career = { victories: 0, best: {}, greatAt: [], lastAt: null };

export const WEEK_MS = 7 * 24 * 3_600_000;

/** Round numbers that a player counts too. */
export const isMilestone = (count: number): boolean =>
  count === 10 || count === 25 || count === 50 || (count > 0 && count % 100 === 0);

const GREAT_KEPT = 4;

/** `great`: a moment that stands out of the match. */
export function careerAfter(career: Career, { type, at, data }: GameEvent, great: boolean): Career {
  const now = Date.parse(at);
  const after: Career = { ...career, lastAt: Math.max(career.lastAt ?? now, now) };
  if (great) after.greatAt = [...career.greatAt, now].slice(-GREAT_KEPT);
  if (type === 'player.victory') after.victories = career.victories + 1;
  if ((type === 'player.victory' || type === 'player.multi_kill') && typeof data.killCount === 'number') {
    const before = career.best[type] ?? { of: 0, most: 0 };
    const best = { of: before.of + 1, most: Math.max(before.most, data.killCount) };
    after.best = { ...career.best, [type]: best };
  }
  return after;
}
