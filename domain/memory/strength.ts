import type { MemoryKind, Remembered } from './memory.js';

export const DAY_MS = 86_400_000;

/** Days after which half of a memory's strength is gone, unless it is lived or recalled again. */
const halfLifeDays: Record<MemoryKind, number> = {
  moment: 60,
  first: 365,
  record: 365,
  match: 30,
  week: 120,
  rivalry: 180,
  talk: 180,
};

/** What is neither lived nor recalled for longer than this, and is weaker than that, is forgotten. */
export const KEPT_DAYS = 90;
const KEPT_STRENGTH = 0.35;

type Kept = Pick<Remembered, 'kind' | 'importance' | 'lastAt' | 'recalledAt'>;

/** When it was last lived or recalled, in milliseconds since 1970. */
export const keptSince = ({ lastAt, recalledAt }: Kept): number =>
  Math.max(Date.parse(lastAt), recalledAt === null ? 0 : Date.parse(recalledAt));

/** 0 to 1: how fresh it is at that time (milliseconds since 1970). */
export const recencyOf = (memory: Kept, at: number): number =>
  recencySince(keptSince(memory), memory.kind, at);

/** The same of a kind of memory, by when it was last lived or recalled. */
export const recencySince = (since: number, kind: MemoryKind, at: number): number =>
  2 ** -(Math.max(0, at - since) / (DAY_MS * halfLifeDays[kind]));

/** 0 to 1: what is left of its importance at that time. */
export const strengthOf = (memory: Kept, at: number): number => memory.importance * recencyOf(memory, at);

/** Whether nothing keeps it any more at that time. */
export const hasFaded = (memory: Kept, at: number): boolean =>
  at - keptSince(memory) > KEPT_DAYS * DAY_MS && strengthOf(memory, at) < KEPT_STRENGTH;
