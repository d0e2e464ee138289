import { parentPort, workerData } from 'node:worker_threads';
import type { ModelFile } from '../../projections/emotion-model/model-file.js';
import { labelledAgain } from './data/labelled-again.js';
import { type Evaluation, evaluate } from './evaluate.js';
import { type Axis, enough, trainModel } from './fit.js';
import type { Labelled } from './labelled.js';

/** What is learned from: the recordings in a folder, or moments that were read already. */
export type TrainingJob = { data: string } | { rows: Labelled[]; trainedWith: Record<string, unknown> };
export type TrainedModel = { file: ModelFile; evaluations: Partial<Record<Axis, Evaluation>> };
export type FromTraining = { done: number } | { trained: TrainedModel } | { failed: string };

const AGAIN = {
  data: 'AGAIN, Heist (3-second windows, arousal annotated by the players themselves)',
  licence: 'MIT',
};

async function train(job: TrainingJob): Promise<TrainedModel> {
  const rows = 'data' in job ? labelledAgain(job.data) : job.rows;
  enough(rows);
  const trainedWith = 'data' in job ? AGAIN : job.trainedWith;
  // Half of the time goes into training, half into judging.
  const { file, held } = await trainModel(rows, trainedWith, (done, of) => tell({ done: (done / of) * 0.5 }));
  const evaluations: TrainedModel['evaluations'] = {};
  for (const [axis, of] of Object.entries(held) as [Axis, NonNullable<(typeof held)[Axis]>][]) {
    const mine = rows.filter(({ change }) => change[axis] !== undefined);
    evaluations[axis] = await evaluate({ rows: mine, of: ({ change }) => change[axis]! }, of);
    tell({ done: 0.5 + Object.keys(evaluations).length / Object.keys(held).length / 2 });
  }
  return { file, evaluations };
}

const tell = (message: FromTraining) => parentPort?.postMessage(message);

train(workerData as TrainingJob).then(
  (trained) => tell({ trained }),
  (error: Error) => tell({ failed: error.message }),
);
