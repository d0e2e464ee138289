import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { FEATURES_MARK, features } from '../../domain/emotion/features.js';
import {
  calibrationError,
  fitTemperature,
  reliability,
  tempered,
} from '../../projections/emotion-model/calibrate.js';
import {
  loadModel,
  readModelFile,
  UnusableModel,
  versionOf,
} from '../../projections/emotion-model/model-file.js';
import { bookOf, knownModels, shippedFile } from '../../projections/emotion-model/models.js';
import { runInTurn } from '../faults/testing/in-turn.js';
import { cleanUp, run, temporaryFolder } from '../faults/testing/processes.js';
import { slow } from '../faults/testing/slow.js';
import { dataAbsent, sharedData } from '../imports/test-data.js';
import { cardOf } from './card.js';
import { readAgain } from './data/again.js';
import { evaluate } from './evaluate.js';
import { enough, heldOut, trainModel } from './fit.js';
import { foldOf } from './folds.js';
import type { Labelled } from './labelled.js';
import { balancedAccuracy, bootstrapped, concordance, rankCorrelation, seeded } from './metrics.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

/** Made-up people who are stirred by kills and by nothing else. */
function people(count = 12, moments = 30): Labelled[] {
  const random = seeded(3);
  return Array.from({ length: count * moments }, (_, at) => {
    const kill = random() < 0.4;
    return {
      player: `p${at % count}`,
      at,
      type: kill ? 'player.kill' : 'custom.x',
      features: features.map(({ name, most }) => (name === 'is_kill' ? Number(kill) : random() * most)),
      ruled: 0,
      change: { arousal: (kill ? 0.4 : -0.1) + (random() - 0.5) * 0.1 },
    };
  });
}
const target = { rows: people(), of: ({ change }: Labelled) => change.arousal! };

describe('a model of feeling', () => {
  it('learns what stirs people, says how sure it is, and is the same when trained again', async () => {
    const { file } = await trainModel(people(), {});
    assert.deepEqual((await trainModel(people(), {})).file, file);
    const model = await loadModel(readModelFile(JSON.stringify(file)));
    const moved = (kill: number) =>
      model.predict(features.map(({ name, most }) => (name === 'is_kill' ? kill : most / 2)));
    assert.ok(moved(1).arousal!.change > 0.2 && moved(0).arousal!.change < 0);
    assert.ok(moved(1).arousal!.confidence > 0.6);
    assert.equal(moved(1).valence, undefined);
    model.free();
  });

  it('is judged by what never saw the player', async () => {
    const held = await heldOut(target);
    assert.equal(held.length, target.rows.length);
    // Of a player whose moments are told with labels of nobody else: who saw the player would know them.
    const odd = people().map((row) =>
      row.player === 'p0' ? { ...row, change: { arousal: -row.change.arousal! } } : row,
    );
    const other = (await heldOut({ ...target, rows: odd })).filter(({ row }) => row.player === 'p0');
    assert.ok(
      rankCorrelation(
        other.map(({ expected }) => expected),
        other.map(({ change }) => change),
      ) < 0,
    );
    assert.ok(new Set(target.rows.map(({ player }) => foldOf(player, 5))).size > 2);
  });

  it('is shown beside what it has to be better than, on its card', async () => {
    const { file, held } = await trainModel(people(), { data: 'made up' });
    const evaluation = await evaluate(target, held.arousal!);
    const card = cardOf({ file, evaluations: { arousal: evaluation } });
    for (const word of [
      versionOf(file),
      'made up',
      'rules alone',
      'logistic regression',
      'Limits',
      'calibration error',
    ])
      assert.ok(card.includes(word), word);
    const [most, , , logistic, trees] = evaluation.byPlayer;
    assert.ok(trees!.balanced > most!.balanced && logistic!.balanced > most!.balanced);
    assert.throws(() => enough(people(3)), /90 labelled moments of 3 players are too few/);
  });

  it('of other features, or broken, is refused with the reason; the rules then decide alone', async () => {
    const { file } = await trainModel(people(), {});
    const refused = (change: object, why: RegExp) =>
      assert.throws(
        () => readModelFile(JSON.stringify({ ...file, ...change })),
        (error) => error instanceof UnusableModel && why.test(error.message),
      );
    refused({ features: 'other' }, new RegExp(`trained on the features other, these are ${FEATURES_MARK}`));
    refused({ heads: { luck: {} } }, /luck/);
    assert.throws(() => readModelFile('{'), /not JSON/);
    const booster = Buffer.from(file.heads.arousal!.booster, 'base64').subarray(0, 200).toString('base64');
    await assert.rejects(
      loadModel({ ...file, heads: { arousal: { ...file.heads.arousal!, booster } } }),
      UnusableModel,
    );
    const said: string[] = [];
    mkdirSync(join(dir, 'models'));
    writeFileSync(join(dir, 'models', 'broken.json'), '{"no":"model"}');
    const book = await bookOf(dir, (message) => said.push(message));
    assert.match(said.join(), /broken\.json is not used/);
    assert.match(book.deciders(undefined).model?.version ?? 'none', /^m-/, 'one is shipped');
    book.learn({ model: 'm-gone' });
    assert.match(said.at(-1)!, /m-gone, which is not here/);
  });
});

describe('figures', () => {
  it('of order, agreement and chance', () => {
    assert.equal(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 1000]), 1);
    assert.equal(rankCorrelation([1, 2, 3], [3, 2, 1]), -1);
    assert.equal(rankCorrelation([1, 1, 1], [1, 2, 3]), 0);
    assert.equal(concordance([1, 2, 3], [1, 2, 3]), 1);
    assert.ok(concordance([1, 2, 3], [11, 12, 13]) < 0.05);
    assert.equal(
      balancedAccuracy([
        { said: 0, is: 0 },
        { said: 0, is: 0 },
        { said: 0, is: 1 },
      ]),
      0.5,
    );
    const { value, low, high } = bootstrapped(
      [[1], [2], [3], [4]],
      (all) => all.reduce((sum, one) => sum + one, 0) / all.length,
    );
    assert.ok(value === 2.5 && low < 2.5 && high > 2.5);
  });

  it('of how sure one may be: the right temperature makes what is said come true', () => {
    const random = seeded(5);
    const judged = Array.from({ length: 4_000 }, () => {
      const true0 = 0.5 + random() * 0.3;
      const is = random() < true0 ? 0 : 1;
      return { likely: tempered([true0, 1 - true0, 0], 0.4), is };
    });
    const temperature = fitTemperature(judged);
    const calm = judged.map(({ likely, is }) => ({ likely: tempered(likely, temperature), is }));
    assert.ok(temperature > 2 && calibrationError(calm) < calibrationError(judged) / 2);
    assert.equal(
      reliability(judged).reduce((sum, { count }) => sum + count, 0),
      4_000,
    );
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (parts) => {
          const sum = tempered(parts, 1.7).reduce((one, other) => one + other, 0);
          assert.ok(Math.abs(sum - 1) < 1e-9);
        },
      ),
    );
  });
});

describe('agl train and agl model', () => {
  const env = { AGL_DATA_DIR: dir };

  it('say what they need', async () => {
    const wrong = [
      ...[
        [],
        ['--from', 'log', '--data', 'x'],
        ['--from', 'elsewhere'],
        ['--data', 'x', '--out', 'x.txt'],
      ].map((args) => ['train', ...args]),
      ['model', 'dance'],
    ];
    const [nowhere, list, use, ...refused] = await runInTurn(
      [
        ['train', '--data', join(dir, 'nowhere')],
        ['model', 'list', '--json'],
        ['model', 'use', 'm-none', '--game', 'g'],
        ...wrong,
      ],
      env,
    );
    for (const { args, code } of refused) assert.equal(code, 2, args.join(' '));
    assert.deepEqual([nowhere!.code, nowhere!.out], [1, '']);
    assert.match(nowhere!.err, /^agl: train: ENOENT.*heist_3000ms\.csv[^\n]*\n$/);
    const [shipped, broken] = JSON.parse(list!.out);
    assert.deepEqual([shipped.shipped, shipped.axes, broken.shipped], [true, ['arousal'], false]);
    assert.match(broken.trouble, /features/);
    assert.deepEqual(
      [use!.code, use!.err],
      [1, 'agl: model: there is no model m-none: see agl model list\n'],
    );
  });

  it('the shipped model is what its recordings teach, byte for byte', {
    skip: slow || dataAbsent,
  }, async () => {
    const out = join(dir, 'again.json');
    const { code, err } = await run(['train', '--data', sharedData, '--out', out], { env }, 200_000);
    assert.equal(code, 0, err);
    assert.ok(
      readFileSync(out, 'utf8') === readFileSync(shippedFile, 'utf8'),
      'agl train makes another model',
    );
    const [known] = knownModels(dir);
    const compared = await run(
      ['model', 'compare', known!.version, known!.version, '--data', sharedData, '--json'],
      { env },
    );
    assert.ok(JSON.parse(compared.out)[0].rank > 0.2);
  });

  it('read every window of the recordings', { skip: dataAbsent }, () => {
    const windows = readAgain(sharedData);
    assert.equal(windows.size, 122);
    assert.equal([...windows.values()].flat().length, 5_008);
  });
});
