import type { Career } from '../companion/career.js';
import { isMilestone, WEEK_MS } from '../companion/career.js';
import type { Moment } from '../emotion/moment.js';
import type { GameEvent } from '../events/game-event.js';
import type { LineOccasion } from './lines/line.js';

/**
 * What is worth a line of its own. `busy`: several great things at once. `recap`: a look back at a session, that
 * nobody waits for.
 */
export const scenes = ['chat', 'milestone', 'record', 'first_ever', 'returned', 'busy', 'recap'] as const;
export type Scene = (typeof scenes)[number];

/** Feats that are told of for years; firsts of everyday things are none. */
const feats = new Set<string>(['player.multi_kill', 'player.victory', 'player.achievement']);
/** A best is one when there was something to beat. */
const RECORD_AFTER = 3;
const RECORD_LEAST = 5;
/** Great things within this time are one moment. */
const BUSY_MS = 12_000;
const BUSY_COUNT = 3;

type Happened = { event: GameEvent; moment: Moment; career: Career; salient: boolean };

/** The scene that an event makes of what this player has lived through so far; `null`: one like many. */
export function sceneOf({ event, moment, career, salient }: Happened): Scene | null {
  const now = Date.parse(event.at);
  if (event.type === 'session.start')
    return career.lastAt !== null && now - career.lastAt >= WEEK_MS ? 'returned' : null;
  if (event.type === 'player.victory' && isMilestone(career.victories + 1)) return 'milestone';
  if (moment.personalRecord || isRecord(event, career)) return 'record';
  if (moment.firstTime && feats.has(event.type)) return 'first_ever';
  const close = career.greatAt.filter((at) => Math.abs(now - at) <= BUSY_MS).length;
  return salient && close + 1 >= BUSY_COUNT ? 'busy' : null;
}

/** The player's best so far: the game says so, or there was something to beat. */
export function isRecord({ type, data }: Pick<GameEvent, 'type' | 'data'>, career: Career): boolean {
  if (data.personalRecord === true) return true;
  if (type !== 'player.victory' && type !== 'player.multi_kill') return false;
  const kills = typeof data.killCount === 'number' ? data.killCount : 0;
  const before = career.best[type];
  return before !== undefined && before.of >= RECORD_AFTER && kills >= RECORD_LEAST && kills > before.most;
}

/** Scenes that have lines of templates for themselves. */
export const occasionOfScene: Partial<Record<Scene, LineOccasion>> = {
  milestone: 'milestone',
  record: 'record',
  first_ever: 'first_ever',
  returned: 'returned',
};

/** What makes an event worth a line of its own, for whoever writes it. */
export function becauseOf(scene: Scene, { type, at }: GameEvent, career: Career): string {
  switch (scene) {
    case 'milestone':
      return `victory number ${career.victories + 1}`;
    case 'record':
      return 'a personal record';
    case 'first_ever':
      return `the first ${type} of this player's life`;
    case 'returned':
      return `back after ${Math.floor((Date.parse(at) - (career.lastAt ?? 0)) / (24 * 3_600_000))} days`;
    case 'recap':
      return 'the session is over: look back at it, and forward to the next';
    default:
      return 'several great things at once';
  }
}

/** Scenes that are alike for everybody: a line for one of them may be said to another, for it names nobody. */
export const isShared = (scene: Scene): boolean =>
  scene === 'milestone' || scene === 'record' || scene === 'first_ever' || scene === 'busy';
