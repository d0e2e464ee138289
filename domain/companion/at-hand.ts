import type { GameEvent } from '../events/game-event.js';
import type { MemoryFacts } from '../memory/memory.js';
import { sayable } from './facts.js';

/** What the match is played with, as far as the game has told. Plain JSON. */
export type AtHand = Pick<MemoryFacts, 'hero' | 'map' | 'mode' | 'rival'>;

const told = ['hero', 'map', 'mode', 'rival'] as const;

/** The same object where nothing is new: most events tell nothing of it. */
export function atHandAfter(before: AtHand, { type, data }: Pick<GameEvent, 'type' | 'data'>): AtHand {
  let after = type === 'match.start' || type === 'session.start' ? {} : before;
  for (const fact of told) {
    const text = typeof data[fact] === 'string' ? sayable(data[fact]) : null;
    if (text !== null && text !== after[fact]) after = { ...after, [fact]: text };
  }
  return after;
}
