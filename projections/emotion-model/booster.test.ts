import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { seeded } from '../../cli/model/metrics.js';
import { CELLS_MAX, loadBooster, type Training, trainBooster } from './booster.xgboost.js';

const columns = ['one', 'two', 'three'];

/** Class 0 where the first column is small, 2 where it is large; where it is missing, the second decides. */
function lesson(change: Partial<Training> = {}): Training {
  const random = seeded(7);
  const rows = Array.from({ length: 400 }, (_, at) => [
    at % 4 === 0 ? -1 : random() * 10,
    random() * 10,
    random(),
  ]);
  const labels = rows.map(([one, two]) => Math.floor((one === -1 ? two! : one!) / 3.4));
  return { columns, classes: 3, rows, labels, trees: 20, depth: 3, seed: 1, ...change };
}

describe('boosted trees', () => {
  it('learn, also from what is missing, and are the same after their bytes are read', async () => {
    const training = lesson();
    const trained = await trainBooster(training);
    const loaded = await loadBooster(trained.bytes(), { columns, classes: 3 });
    const said = (row: number[]) => trained.predict(row).indexOf(Math.max(...trained.predict(row)));
    assert.deepEqual([said([1, 9, 0]), said([9, 1, 0]), said([-1, 1, 0]), said([-1, 9, 0])], [0, 2, 0, 2]);
    for (const row of training.rows) {
      const likely = trained.predict(row);
      assert.deepEqual(loaded.predict(row), likely);
      assert.ok(Math.abs(likely.reduce((sum, one) => sum + one, 0) - 1) < 1e-5);
    }
  });

  it('of the same rows and seed are the same, byte for byte; of another seed they are not', async () => {
    const bytes = async (seed: number) => (await trainBooster(lesson({ seed }))).bytes();
    assert.deepEqual(await bytes(1), await bytes(1));
    assert.notDeepEqual(await bytes(1), await bytes(2));
  });

  it('refuse what is no number, by its column, and rows of another width', async () => {
    const trained = await trainBooster(lesson());
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, undefined as never]) {
      assert.throws(() => trained.predict([1, odd, 3]), /^RangeError: two is .*, not a number/);
      await assert.rejects(
        trainBooster(
          lesson({
            rows: [
              [1, 2, 3],
              [1, odd, 3],
            ],
            labels: [0, 1],
          }),
        ),
        /^RangeError: row 1: two is/,
      );
    }
    assert.throws(() => trained.predict([1, 2]), /2 columns, where 3 belong/);
    assert.throws(() => trained.predict([1, 2, 3, 4]), /4 columns, where 3 belong/);
  });

  it('refuse more than fits, no rows at all, and labels that are no classes', async () => {
    const many = Array.from({ length: CELLS_MAX / 2 }, () => [1, 2, 3]);
    await assert.rejects(trainBooster(lesson({ rows: many })), /are too many: 333333 rows at most/);
    await assert.rejects(trainBooster(lesson({ rows: [] })), /no rows/);
    await assert.rejects(trainBooster(lesson({ labels: [1] })), /400 rows but 1 labels/);
    const rows = [[1, 2, 3]];
    for (const label of [3, -1, 0.5])
      await assert.rejects(trainBooster(lesson({ rows, labels: [label] })), /no class from 0 to 2/);
  });

  it('predict no more once they are given back, which may be said twice', async () => {
    const trained = await trainBooster(lesson());
    trained.free();
    trained.free();
    assert.throws(() => trained.predict([1, 2, 3]), /given back/);
  });

  it('give their memory back', async () => {
    const bytes = (await trainBooster(lesson())).bytes();
    const before = process.memoryUsage().rss;
    for (let at = 0; at < 400; at++) (await loadBooster(bytes, { columns, classes: 3 })).free();
    // Not given back they would take more.
    assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20);
  });

  it('leave the process as it was: a crash still ends it, and nothing is said', () => {
    const module = fileURLToPath(new URL('./booster.xgboost.js', import.meta.url));
    const program = `
      const { trainBooster } = await import(${JSON.stringify(module)});
      await trainBooster({ columns: ['a'], classes: 2, rows: [[0], [1]], labels: [0, 1], trees: 1, depth: 1, seed: 1 });
      console.log(process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection'));
      setTimeout(() => { throw new Error('a crash of its own'); });`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    assert.equal(stdout, '0 0\n');
    assert.equal(status, 1);
    assert.match(stderr, /^[^\n]*\n?.*a crash of its own/s);
    assert.doesNotMatch(stderr, /wasm/);
  });
});
