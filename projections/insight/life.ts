import type { Emotion } from '../../domain/emotion/emotion.js';
import { pathOf } from '../../domain/memory/branch.js';
import type { Memory } from '../../domain/memory/memory.js';
import { initialMind, type Mind, remember } from '../../domain/memory/remember.js';
import { rememberedOf } from '../../domain/memory/remembered.js';
import type { Weighing } from '../../domain/memory/settings.js';
import type { Recorded } from '../recorded.js';
import type { MemoryBefore } from './define.js';

/** What a player has lived through that is worth remembering: plain JSON, never changed in place. */
export type Life = { mind: Mind; kept: readonly Memory[] };

export const noLife: Life = { mind: initialMind, kept: [] };

export function lifeAfter(life: Life, event: Recorded, how: { felt: Emotion; weighing: Weighing }): Life {
  const { mind, memories, forgotten } = remember(life.mind, event, how);
  if (forgotten === null && memories.length === 0) return mind === life.mind ? life : { ...life, mind };
  const gone = new Set(forgotten?.memoryIds);
  const kept = gone.size === 0 ? life.kept : life.kept.filter(({ id }) => !gone.has(id));
  // What a person wrote is for nobody here, sealed or not.
  return { mind, kept: [...kept, ...memories.map(({ sealed: _, ...memory }) => memory)] };
}

/** On the line of play at hand, each thing once, in the order in which they began. */
export function memoriesIn({ mind, kept }: Life): MemoryBefore[] {
  const now = { revision: Number.POSITIVE_INFINITY, path: pathOf(mind.play) };
  return rememberedOf(kept, [], now).map(({ key, kind, facts, count, importance, firstAt, lastAt }) => ({
    ...{ key, kind, facts, count, importance, firstAt, lastAt },
  }));
}
