import type { Bin } from '../../projections/emotion-model/calibrate.js';
import { versionOf } from '../../projections/emotion-model/model-file.js';
import type { Evaluation, Score } from './evaluate.js';
import type { TrainedModel } from './train-worker.js';

/** What a model is, what it was learned from, how good it is and what it is not for: Markdown. */
export function cardOf({ file, evaluations }: TrainedModel): string {
  const { trainedWith } = file;
  const of = Object.entries(trainedWith).map(([name, value]) => `| ${name} | ${value} |`);
  const axes = Object.entries(evaluations).map(([axis, evaluation]) => axisOf(axis, evaluation));
  return `# Model ${versionOf(file)}

Gradient boosted trees (ml-xgboost): from the features ${file.features} of a moment to which way a player's feeling moves
on ${Object.keys(evaluations).join(', ')}. It is asked only where no rule is sure.

| trained with | |
|---|---|
${of.join('\n')}

${axes.join('\n\n')}

## Limits

- It has seen the people and the games that are named above, and nobody else. What they annotated is how stirred they were
  compared with themselves: it says nothing of how one person compares with another.
- A change smaller than half a usual one counts as steady. Most moments are; what is expected is small for that reason.
- It decides how a companion speaks. It is no measure of a person, and no ground for a decision about one.
`;
}

function axisOf(axis: string, { rows, players, byPlayer, byTime, calibration, steady }: Evaluation): string {
  return `## ${axis}: ${rows} moments of ${players} players (steady: within ±${steady.toFixed(3)})

Players that it had not seen (five folds, a player in one of them alone):

${tableOf(byPlayer)}

The later third of each player's time, trained on the rest:

${tableOf(byTime)}

How sure it says it is, and how often it is right (players that it had not seen; temperature
${calibration.temperature.toFixed(3)}). Expected calibration error ${calibration.before.toFixed(3)} before, ${calibration.after.toFixed(3)} after:

${reliabilityOf(calibration.bins)}`;
}

const figure = (value: number | null) => (value === null ? '' : value.toFixed(3));

const tableOf = (scores: readonly Score[]): string =>
  [
    '| | balanced accuracy | macro F1 | log loss | rank correlation |',
    '|---|---|---|---|---|',
    ...scores.map(
      ({ who, balanced, f1, logLoss, rank }) =>
        `| ${who} | ${figure(balanced)} | ${figure(f1)} | ${figure(logLoss)} | ${figure(rank)} |`,
    ),
  ].join('\n');

const reliabilityOf = (bins: readonly Bin[]): string =>
  [
    '| said | moments | mean said | right |',
    '|---|---|---|---|',
    ...bins.map(
      ({ from, to, count, said, right }) =>
        `| ${from.toFixed(1)}–${to.toFixed(1)} | ${count} | ${said.toFixed(3)} | ${right.toFixed(3)} |`,
    ),
  ].join('\n');
