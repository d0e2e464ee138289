import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { temporaryFolder } from '../../eventstore/embedded/engine/testing.js';
import { modelFiles } from '../emotion-model/models.js';
import { bundled } from './bundle.js';
import { InsightFailed, InsightInterrupted } from './messages.js';
import { ask } from './run.js';

async function asked(test: TestContext, code: string) {
  const dir = temporaryFolder(test);
  const file = join(dir, 'a.ts');
  writeFileSync(file, `import { insight } from 'agl/insight';\n${code}`);
  const limits = { parallel: 1, memoryMiB: 128, timeoutS: 60 };
  const models = modelFiles(dir, () => {});
  // Nobody listens there.
  const share = { url: 'esdb://127.0.0.1:1?tls=false', upTo: 1, scope: {} };
  return ask({ ...share, bundle: await bundled(file), limits, models });
}

const failing = (work: Promise<unknown>) =>
  work.then(
    () => assert.fail('it was answered'),
    (error: unknown) => error,
  );

describe('a question to the history', () => {
  it('that could not be read is not the fault of the insight: it may be asked again', async (t) => {
    const fine = 'export default insight({ initial: () => 0, step: (n) => n, end: () => ({}) });';
    const error = await failing(asked(t, fine));
    assert.ok(error instanceof InsightInterrupted, String(error));
    assert.ok(!error.message.includes('\n'));
  });

  it('with a fault of its own is told which', async (t) => {
    const error = await failing(asked(t, "throw new Error('broken');"));
    assert.ok(error instanceof InsightFailed && !(error instanceof InsightInterrupted), String(error));
    assert.match(error.message, /a\.ts:2: .*broken/);
  });
});
