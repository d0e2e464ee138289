import { z } from 'zod';
import { KEPT_ABOVE } from './memory.js';

/** What each part adds to an importance, at most. */
export type Weights = {
  /** Of whatever happens. */
  base: number;
  /** Of a feat. */
  achievement: number;
  personalRecord: number;
  firstOccurrence: number;
  /** Times how strongly it was felt. */
  intensity: number;
};

/** What decides whether a thing is kept. */
export type Weighing = { weights: Weights; keepAbove: number };

/** What a game says of its companions' memory, in its `config.memory`. */
export type MemorySettings = Weighing & {
  /** What a person told in one game of the client may come to mind in this one, where that one shares too. */
  share: boolean;
};

const weight = z.number().min(0).max(1);

/** @source the game's own configuration, as it was sent. */
const schema = z.strictObject({
  weights: z
    .strictObject({
      base: weight,
      achievement: weight,
      personalRecord: weight,
      firstOccurrence: weight,
      intensity: weight,
    })
    .partial()
    .optional(),
  share: z.boolean().optional(),
  /** Lower would keep whatever happens. */
  keepAbove: z.number().min(0.5).max(1).optional(),
});
type Said = z.infer<typeof schema>;

export const defaultWeighing: Weighing = {
  weights: { base: 0.5, achievement: 0.3, personalRecord: 0.2, firstOccurrence: 0.3, intensity: 0.2 },
  keepAbove: KEPT_ABOVE,
};

/** What is wrong with a game's settings of memory; nothing when it says none, or all is well. */
export function memoryProblem(
  config: Readonly<Record<string, unknown>>,
): { field: string; message: string } | null {
  const parsed = schema.safeParse(config.memory ?? {});
  if (parsed.success) return null;
  const issue = parsed.error.issues[0]!;
  return { field: ['config', 'memory', ...issue.path].join('.'), message: issue.message };
}

const saidIn = (config: Readonly<Record<string, unknown>>): Said => {
  const parsed = schema.safeParse(config.memory ?? {});
  return parsed.success ? parsed.data : {};
};

/** Those of a configuration that was accepted. */
export function memoryIn(config: Readonly<Record<string, unknown>>): MemorySettings {
  return { ...weighingOf(saidIn(config)), share: saidIn(config).share ?? false };
}

/** What a game says of what weighs how much, as it says it; `null`: nothing. */
export function weighingSaid(
  config: Readonly<Record<string, unknown>>,
): Pick<Said, 'weights' | 'keepAbove'> | null {
  const { weights, keepAbove } = saidIn(config);
  if (weights === undefined && keepAbove === undefined) return null;
  return { ...(weights && { weights }), ...(keepAbove !== undefined && { keepAbove }) };
}

export type WeighingSaid = NonNullable<ReturnType<typeof weighingSaid>>;

export const weighingOf = ({ weights, keepAbove = KEPT_ABOVE }: WeighingSaid): Weighing => ({
  weights: { ...defaultWeighing.weights, ...weights } as Weights,
  keepAbove,
});
