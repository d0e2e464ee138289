import assert from 'node:assert/strict';
import { it } from 'node:test';
import { recallWith } from '../projections/memory/recall.js';
import { ofNobody } from './memory.js';

it('makes ready what a recall takes, and asks no embedder', async () => {
  let asked = 0;
  const { recallAt } = recallWith({
    remembered: async () => {
      asked++;
      return [];
    },
    sharing: async () => [],
    meaning: () => assert.fail('the embedder would be started'),
    open: () => assert.fail('nobody wrote anything'),
    warn: (message) => assert.fail(message),
  });
  assert.deepEqual(await recallAt(ofNobody(new Date())), []);
  assert.equal(asked, 1);
});
