import type { Told } from './facts.js';
import type { ImportanceParts } from './memory.js';
import type { Weights } from './settings.js';

/** All that an importance is made of. */
export type Stakes = {
  feat?: boolean;
  record?: boolean;
  first?: boolean;
  /** How strongly it was felt, 0 to 1. */
  intensity: number;
};

/** 0 to 1, and its addends. */
export type Importance = { importance: number; parts: ImportanceParts };

/** Of something that happened. */
export const importanceOf = (stakes: Stakes, weights: Weights): Importance =>
  summed('base', weights.base, { stakes, weights });

/** Of what sums up, or what the player told: it starts from what that kind is worth. */
export const importanceTold = (told: number, stakes: Stakes, weights: Weights): Importance =>
  summed('told', told, { stakes, weights });

type Weighed = { stakes: Stakes; weights: Weights };

function summed(from: 'base' | 'told', worth: number, { stakes, weights }: Weighed): Importance {
  const parts: ImportanceParts = {};
  let sum = 0;
  const add = (part: keyof ImportanceParts, value: number) => {
    const short = round(value);
    if (short === 0) return;
    parts[part] = short;
    sum += short;
  };
  add(from, worth);
  if (stakes.feat) add('achievement', weights.achievement);
  if (stakes.record) add('personalRecord', weights.personalRecord);
  if (stakes.first) add('firstOccurrence', weights.firstOccurrence);
  add('intensity', weights.intensity * Math.min(1, Math.max(0, stakes.intensity || 0)));
  return { importance: Math.min(1, round(sum)), parts };
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;

const PENTA = 5;

/** What games mean by an achievement. `milestone`: a round number of victories. */
export function isFeat({ type, data }: Told, milestone: boolean): boolean {
  switch (type) {
    case 'player.achievement':
      return true;
    case 'player.multi_kill':
      return typeof data.killCount === 'number' && data.killCount >= PENTA;
    case 'player.loot':
      return data.rarity === 'legendary';
    case 'player.victory':
      return data.mvp === true || milestone;
    default:
      return false;
  }
}
