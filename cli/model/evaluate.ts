import {
  type Bin,
  calibrationError,
  fitTemperature,
  type Judged,
  logLoss,
  reliability,
  tempered,
} from '../../projections/emotion-model/calibrate.js';
import { asJudged, directionOf, type Held, heldOut, judged, steadyWithin, type Target } from './fit.js';
import { foldOf } from './folds.js';
import { fitLogistic } from './logistic.js';
import { balancedAccuracy, type Classified, macroF1, rankCorrelation } from './metrics.js';

/** One way of predicting, on what it was not made from. */
export type Score = {
  who: string;
  /** The mean share found of each direction; a third is guessing. */
  balanced: number;
  f1: number;
  /** Nats; `null` where it says no probabilities. */
  logLoss: number | null;
  /** Spearman's, of the change expected and the change annotated; `null` where it expects none. */
  rank: number | null;
};

export type Evaluation = {
  rows: number;
  players: number;
  steady: number;
  /** Of players that were not trained on. */
  byPlayer: Score[];
  /** Of the later third of each player's time, trained on the rest. */
  byTime: Score[];
  calibration: { temperature: number; before: number; after: number; bins: Bin[] };
};

/** The trees beside what they have to be better than; each on players, and on times, that it was not made from. */
export async function evaluate(target: Target, ready?: readonly Held[]): Promise<Evaluation> {
  const steady = steadyWithin(target);
  const held = ready ?? (await heldOut(target));
  const playersOf = (rows: Target['rows']) => new Set(rows.map(({ player }) => player));
  const time = await laterThird(target, steady);
  const temperature = fitTemperature(asJudged(held));
  const calm = asJudged(held).map(({ likely, is }) => ({ likely: tempered(likely, temperature), is }));
  return {
    rows: target.rows.length,
    players: playersOf(target.rows).size,
    steady,
    byPlayer: scores(held, logisticByPlayer(target, steady), steady),
    byTime: scores(time.held, time.logistic, steady),
    calibration: {
      temperature,
      before: calibrationError(asJudged(held)),
      after: calibrationError(calm),
      bins: reliability(calm),
    },
  };
}

function scores(held: readonly Held[], logistic: readonly Judged[], steady: number): Score[] {
  const counts = [0, 0, 0];
  for (const { direction } of held) counts[direction]!++;
  const majority = counts.indexOf(Math.max(...counts));
  const rank = (of: (one: Held) => number) =>
    rankCorrelation(
      held.map(of),
      held.map(({ change }) => change),
    );
  const score = (who: string, all: Classified[], more: Pick<Score, 'logLoss' | 'rank'>): Score => ({
    who,
    balanced: balancedAccuracy(all),
    f1: macroF1(all),
    ...more,
  });
  const most = (likely: readonly number[]) => likely.indexOf(Math.max(...likely));
  const shares = counts.map((count) => count / held.length);
  return [
    score(
      'always the most frequent',
      held.map(({ direction }) => ({ said: majority, is: direction })),
      { logLoss: logLoss(held.map(({ direction }) => ({ likely: shares, is: direction }))), rank: null },
    ),
    score(
      'kill = up, else constant',
      held.map(({ row, direction }) => ({ said: row.type === 'player.kill' ? 2 : 1, is: direction })),
      { logLoss: null, rank: rank(({ row }) => (row.type === 'player.kill' ? 1 : 0)) },
    ),
    score(
      'rules alone',
      held.map(({ row, direction }) => ({ said: directionOf(row.ruled, steady), is: direction })),
      { logLoss: null, rank: rank(({ row }) => row.ruled) },
    ),
    score(
      'logistic regression',
      logistic.map(({ likely, is }) => ({ said: most(likely), is })),
      { logLoss: logLoss(logistic), rank: null },
    ),
    score(
      'trees',
      held.map(({ likely, direction }) => ({ said: most(likely), is: direction })),
      { logLoss: logLoss(asJudged(held)), rank: rank(({ expected }) => expected) },
    ),
  ];
}

function logisticByPlayer({ rows, of }: Target, steady: number, folds = 5): Judged[] {
  const judgedRows: Judged[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rest = rows.filter(({ player }) => foldOf(player, folds) !== fold);
    const these = rows.filter(({ player }) => foldOf(player, folds) === fold);
    if (rest.length === 0) continue;
    judgedRows.push(...logisticOn({ train: { rows: rest, of }, test: { rows: these, of } }, steady));
  }
  return judgedRows;
}

function logisticOn({ train, test }: { train: Target; test: Target }, steady: number): Judged[] {
  const predict = fitLogistic(
    train.rows.map(({ features }) => features),
    train.rows.map((row) => directionOf(train.of(row), steady)),
  );
  return test.rows.map((row) => ({ likely: predict(row.features), is: directionOf(test.of(row), steady) }));
}

async function laterThird(
  { rows, of }: Target,
  steady: number,
): Promise<{ held: Held[]; logistic: Judged[] }> {
  const times = new Map<string, number[]>();
  for (const { player, at } of rows) times.set(player, [...(times.get(player) ?? []), at]);
  const from = new Map(
    [...times].map(([player, ats]) => {
      const sorted = ats.sort((one, other) => one - other);
      return [player, sorted[Math.floor((sorted.length * 2) / 3)]!];
    }),
  );
  const parts = {
    train: { rows: rows.filter(({ player, at }) => at < from.get(player)!), of },
    test: { rows: rows.filter(({ player, at }) => at >= from.get(player)!), of },
  };
  return { held: await judged(parts, steady), logistic: logisticOn(parts, steady) };
}
