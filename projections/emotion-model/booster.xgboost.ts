import { createRequire } from 'node:module';

/**
 * Gradient boosted trees of `ml-xgboost`, with its traps closed: its load leaves a listener on the process that would
 * swallow every crash; what is no number, or a row of another length, is taken without a word and spoils the model; too
 * many cells overflow its memory; and a model is only given back when it is told to.
 */
export type Booster = {
  /** The probability of each class. @throws RangeError naming the column that is no number, or another width. */
  predict(row: readonly number[]): number[];
  /** Its bytes: the same training gives the same. */
  bytes(): Buffer;
  /** Gives its memory back; it predicts no more. */
  free(): void;
};

export type Training = {
  columns: readonly string[];
  classes: number;
  /** -1 is a value that is missing. */
  rows: readonly (readonly number[])[];
  /** The class of each row, from 0. */
  labels: readonly number[];
  trees: number;
  depth: number;
  seed: number;
};

/** More cells than this overflow the library's memory. */
export const CELLS_MAX = 1_000_000;

type Native = {
  train(rows: number[][], labels: number[]): void;
  predict(rows: number[][]): (number | number[])[];
  toJSON(): { name: string; model: number[]; options: Record<string, string> };
  free(): void;
};
type Library = {
  new (options: Record<string, unknown>): Native;
  load(model: { name: string; model: number[]; options: Record<string, unknown> }): Native;
};

let loading: Promise<Library> | undefined;

/** The library; what it does to the process when it is loaded is undone. */
function library(): Promise<Library> {
  loading ??= load();
  return loading;
}

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

async function load(): Promise<Library> {
  const before = EVENTS.map((event) => new Set(process.listeners(event as never)));
  // It complains that a file is no address, and then reads the file.
  const { warn } = console;
  console.warn = (...told: unknown[]) => {
    if (!/^(wasm streaming compile failed|falling back to ArrayBuffer)/.test(String(told[0]))) warn(...told);
  };
  const loaded = (await createRequire(import.meta.url)('ml-xgboost')) as Library;
  console.warn = warn;
  for (const [at, event] of EVENTS.entries()) {
    for (const listener of process.listeners(event as never) as ((...args: unknown[]) => void)[])
      if (!before[at]!.has(listener as never)) process.removeListener(event, listener);
  }
  return loaded;
}

/** @throws RangeError when the rows are not what they should be. */
export async function trainBooster(training: Training): Promise<Booster> {
  const { columns, classes, rows, labels, trees, depth, seed } = training;
  if (rows.length === 0) throw new RangeError('there are no rows to train with');
  if (rows.length * columns.length > CELLS_MAX)
    throw new RangeError(
      `${rows.length} rows of ${columns.length} columns are too many: ${Math.floor(CELLS_MAX / columns.length)} rows at most`,
    );
  if (labels.length !== rows.length) throw new RangeError(`${rows.length} rows but ${labels.length} labels`);
  const odd = labels.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= classes);
  if (odd >= 0) throw new RangeError(`row ${odd}: ${labels[odd]} is no class from 0 to ${classes - 1}`);
  for (const [at, row] of rows.entries()) check(row, columns, `row ${at}: `);
  const XGBoost = await library();
  const native = new XGBoost({
    booster: 'gbtree',
    objective: 'multi:softprob',
    num_class: classes,
    max_depth: depth,
    eta: 0.1,
    min_child_weight: 5,
    subsample: 0.8,
    colsample_bytree: 0.8,
    missing: -1,
    seed,
    silent: 1,
    iterations: trees,
  });
  native.train(
    rows.map((row) => [...row]),
    [...labels],
  );
  return boosterOf(native, columns);
}

/** @throws when the bytes are no model. */
export async function loadBooster(
  bytes: Buffer,
  of: { columns: readonly string[]; classes: number },
): Promise<Booster> {
  const XGBoost = await library();
  const model = [...new Int8Array(bytes)];
  const options = { num_class: of.classes, objective: 'multi:softprob' };
  return boosterOf(XGBoost.load({ name: 'ml-xgboost', model, options }), of.columns);
}

function boosterOf(native: Native, columns: readonly string[]): Booster {
  let freed = false;
  const alive = () => {
    if (freed) throw new Error('this model was given back');
  };
  return {
    predict(row) {
      alive();
      check(row, columns);
      return native.predict([[...row]])[0] as number[];
    },
    bytes() {
      alive();
      return Buffer.from(Int8Array.from(native.toJSON().model));
    },
    free() {
      if (!freed) native.free();
      freed = true;
    },
  };
}

function check(row: readonly number[], columns: readonly string[], where = ''): void {
  if (row.length !== columns.length)
    throw new RangeError(`${where}${row.length} columns, where ${columns.length} belong`);
  for (let at = 0; at < row.length; at++)
    if (!Number.isFinite(row[at])) throw new RangeError(`${where}${columns[at]} is ${row[at]}, not a number`);
}
