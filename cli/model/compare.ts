import { loadModel, type ModelFile, versionOf } from '../../projections/emotion-model/model-file.js';
import { labelledAgain } from './data/labelled-again.js';
import { steadyWithin } from './fit.js';
import { concordance, rankCorrelation } from './metrics.js';

export type Compared = {
  version: string;
  rank: number;
  concordance: number;
  /** Of the moments in which the arousal really moved: how often it goes where it was expected to. */
  direction: number;
};

/** What each expects of the arousal in the same recorded moments, beside what players annotated. */
export async function compareModels(files: readonly ModelFile[], data: string): Promise<Compared[]> {
  const rows = labelledAgain(data);
  const real = rows.map(({ change }) => change.arousal!);
  const steady = steadyWithin({ rows, of: ({ change }) => change.arousal! });
  const compared: Compared[] = [];
  for (const file of files) {
    const model = await loadModel(file);
    try {
      const said = rows.map(({ features }) => model.predict(features).arousal?.change ?? 0);
      const moved = real.flatMap((change, at) => (Math.abs(change) > steady ? [at] : []));
      const right = moved.filter((at) => Math.sign(said[at]!) === Math.sign(real[at]!)).length;
      compared.push({
        version: versionOf(file),
        rank: rankCorrelation(said, real),
        concordance: concordance(said, real),
        direction: right / Math.max(1, moved.length),
      });
    } finally {
      model.free();
    }
  }
  return compared;
}
