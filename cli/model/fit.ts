import { FEATURES_MARK, features } from '../../domain/emotion/features.js';
import { axes } from '../../domain/emotion/model.js';
import { CELLS_MAX, trainBooster } from '../../projections/emotion-model/booster.xgboost.js';
import { fitTemperature, type Judged } from '../../projections/emotion-model/calibrate.js';
import { directions, type Head, type ModelFile, moveOf } from '../../projections/emotion-model/model-file.js';
import { evenly, foldOf } from './folds.js';
import type { Labelled } from './labelled.js';

export type Axis = (typeof axes)[number];

/** Small trees, and not many: some thousand moments of some hundred people teach no more. */
export const TREES = 60;
export const DEPTH = 3;
export const SEED = 20260101;
/** Fewer labelled moments than this say nothing of anybody. */
export const ROWS_MIN = 200;
export const PLAYERS_MIN = 5;

const columns = features.map(({ name }) => name);
const ROWS_MAX = Math.floor(CELLS_MAX / columns.length);

/** Predicts how likely each direction is. */
export type Fitted = {
  likely(row: readonly number[]): number[];
  head: Omit<Head, 'booster' | 'temperature'>;
  bytes(): Buffer;
  free(): void;
};

export type Target = { rows: readonly Labelled[]; of: (row: Labelled) => number };

/** A change that is smaller than half a usual one is none. */
export function steadyWithin({ rows, of }: Target): number {
  const changes = rows.map(of);
  const mean = changes.reduce((sum, one) => sum + one, 0) / changes.length;
  return Math.sqrt(changes.reduce((sum, one) => sum + (one - mean) ** 2, 0) / changes.length) / 2;
}

export const directionOf = (change: number, steady: number): number => {
  if (change < -steady) return 0;
  return change > steady ? 2 : 1;
};

/** Trees over these rows, for one axis. More rows than there is room for are thinned out evenly. */
export async function fit(target: Target, steady: number): Promise<Fitted> {
  const rows = evenly(target.rows, ROWS_MAX);
  const labels = rows.map((row) => directionOf(target.of(row), steady));
  const booster = await trainBooster({
    columns,
    classes: directions.length,
    rows: rows.map((row) => row.features),
    labels,
    trees: TREES,
    depth: DEPTH,
    seed: SEED,
  });
  const mean = (direction: number) => {
    const these = rows.filter((_, at) => labels[at] === direction).map(target.of);
    return these.length === 0 ? 0 : these.reduce((sum, one) => sum + one, 0) / these.length;
  };
  const changes: [number, number, number] = [mean(0), mean(1), mean(2)];
  return { likely: booster.predict, head: { changes }, bytes: booster.bytes, free: booster.free };
}

export type Held = { row: Labelled; change: number; direction: number; likely: number[]; expected: number };

/** What is said of each row by trees that never saw its player. */
export async function heldOut(
  target: Target,
  onFold: (done: number, of: number) => void = () => {},
): Promise<Held[]> {
  const steady = steadyWithin(target);
  const held: Held[] = [];
  const folds = 5;
  for (let fold = 0; fold < folds; fold++) {
    const isIn = (row: Labelled) => foldOf(row.player, folds) === fold;
    const rest = target.rows.filter((row) => !isIn(row));
    const these = target.rows.filter(isIn);
    if (rest.length === 0 || these.length === 0) continue;
    held.push(
      ...(await judged({ train: { ...target, rows: rest }, test: { ...target, rows: these } }, steady)),
    );
    onFold(fold + 1, folds);
  }
  return held;
}

/** What trees over some rows say of others. */
export async function judged(
  { train, test }: { train: Target; test: Target },
  steady: number,
): Promise<Held[]> {
  const fitted = await fit(train, steady);
  try {
    return test.rows.map((row) => {
      const likely = fitted.likely(row.features);
      const { change: expected } = moveOf({ ...fitted.head, temperature: 1 }, likely);
      const change = test.of(row);
      return { row, change, direction: directionOf(change, steady), likely, expected };
    });
  } finally {
    fitted.free();
  }
}

export const asJudged = (held: readonly Held[]): Judged[] =>
  held.map(({ likely, direction }) => ({ likely, is: direction }));

export type Trained = { file: ModelFile; held: Partial<Record<Axis, Held[]>> };

/** The model of all these rows; how sure it may be is measured on players it had not seen. */
export async function trainModel(
  rows: readonly Labelled[],
  trainedWith: Record<string, unknown>,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<Trained> {
  const file: ModelFile = {
    features: FEATURES_MARK,
    heads: {},
    trainedWith: { ...trainedWith, trees: TREES, depth: DEPTH, seed: SEED, rows: rows.length },
  };
  const held: Trained['held'] = {};
  const known = axes.filter((axis) => rows.some(({ change }) => change[axis] !== undefined));
  for (const [at, axis] of known.entries()) {
    const mine = rows.filter(({ change }) => change[axis] !== undefined);
    const target: Target = { rows: mine, of: ({ change }) => change[axis]! };
    const out = await heldOut(target, (done, of) =>
      onProgress(at * (of + 1) + done, known.length * (of + 1)),
    );
    const fitted = await fit(target, steadyWithin(target));
    const booster = fitted.bytes().toString('base64');
    fitted.free();
    file.heads[axis] = { booster, ...fitted.head, temperature: fitTemperature(asJudged(out)) };
    held[axis] = out;
    onProgress((at + 1) * 6, known.length * 6);
  }
  return { file, held };
}

/** @throws RangeError when there is too little to learn from. */
export function enough(rows: readonly Labelled[]): void {
  const players = new Set(rows.map(({ player }) => player)).size;
  if (rows.length < ROWS_MIN || players < PLAYERS_MIN)
    throw new RangeError(
      `${rows.length} labelled moments of ${players} players are too few: ${ROWS_MIN} of ${PLAYERS_MIN} are needed`,
    );
}
