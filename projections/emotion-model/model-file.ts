import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FEATURES_MARK, features } from '../../domain/emotion/features.js';
import { axes, type EmotionModel, type Move, type Moves } from '../../domain/emotion/model.js';
import { type Booster, loadBooster } from './booster.xgboost.js';
import { tempered } from './calibrate.js';

/** Which way a player moves on an axis. */
export const directions = ['falls', 'steady', 'rises'] as const;

const head = z.strictObject({
  /** Of the trained trees, base64. */
  booster: z.base64(),
  /** The mean change of each direction, on the axis from -1 to 1. */
  changes: z.tuple([z.number(), z.number(), z.number()]),
  /** What the trees are surer of than they should be is divided by this. */
  temperature: z.number().positive(),
});
export type Head = z.infer<typeof head>;

const shape = z.strictObject({
  /** The mark of the list of features. */
  features: z.string(),
  heads: z.partialRecord(z.enum(axes), head),
  /** What it was trained with, and how: enough to train it again. */
  trainedWith: z.record(z.string(), z.unknown()),
});
export type ModelFile = z.infer<typeof shape>;

/** A model that cannot be used, and why. */
export class UnusableModel extends Error {
  override readonly name = 'UnusableModel';
  constructor(
    message: string,
    /** `null`: it is too little of a model to have one. */
    readonly version: string | null = null,
  ) {
    super(message);
  }
}

/** The name of a model: another content, another name. */
export const versionOf = (file: ModelFile): string =>
  `m-${createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 12)}`;

/** @throws UnusableModel for what is no model, or one of other features. */
export function readModelFile(text: string): ModelFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnusableModel('it is not JSON');
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnusableModel(`${issue!.path.join('.') || 'it'}: ${issue!.message}`);
  }
  if (parsed.data.features !== FEATURES_MARK)
    throw new UnusableModel(
      `it was trained on the features ${parsed.data.features}, these are ${FEATURES_MARK}: train it anew`,
      versionOf(parsed.data),
    );
  return parsed.data;
}

export type LoadedModel = EmotionModel & { free(): void };

/** @throws UnusableModel when its trees are broken. */
export async function loadModel(file: ModelFile): Promise<LoadedModel> {
  const columns = features.map(({ name }) => name);
  const heads: [axis: (typeof axes)[number], head: Head, booster: Booster][] = [];
  const free = () => {
    for (const [, , booster] of heads) booster.free();
  };
  for (const axis of axes) {
    const one = file.heads[axis];
    if (!one) continue;
    try {
      const of = { columns, classes: directions.length };
      heads.push([axis, one, await loadBooster(Buffer.from(one.booster, 'base64'), of)]);
      // What is broken shows when it is asked.
      moveOf(one, heads.at(-1)![2].predict(columns.map(() => 0)));
    } catch (error) {
      free();
      throw new UnusableModel(`heads.${axis}: ${(error as Error).message ?? error}`);
    }
  }
  return {
    version: versionOf(file),
    features: file.features,
    free,
    predict: remembering((vector) => {
      const moves: Moves = {};
      for (const [axis, one, booster] of heads) moves[axis] = moveOf(one, booster.predict(vector));
      return moves;
    }),
  };
}

const REMEMBERED = 4_096;

/** The companion and the read models ask about each moment by themselves, one soon after the other: the trees are asked once. */
function remembering(predict: EmotionModel['predict']): EmotionModel['predict'] {
  const answers = new Map<string, Moves>();
  return (vector) => {
    const asked = vector.join();
    const known = answers.get(asked);
    if (known) return known;
    const moves = predict(vector);
    answers.set(asked, moves);
    if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value!);
    return moves;
  };
}

/** The change to be expected, and how likely it goes that way. @throws RangeError for what are no probabilities. */
export function moveOf({ changes, temperature }: Pick<Head, 'changes' | 'temperature'>, raw: number[]): Move {
  if (raw.length !== directions.length || !raw.every((part) => part >= 0 && part <= 1))
    throw new RangeError('it does not predict probabilities');
  const likely = tempered(raw, temperature);
  const change = likely.reduce((sum, part, at) => sum + part * changes[at]!, 0);
  return { change, confidence: Math.max(...likely) };
}
