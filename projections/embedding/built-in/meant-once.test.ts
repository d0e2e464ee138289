import assert from 'node:assert/strict';
import { it } from 'node:test';
import { meantOnce } from './meant-once.js';

function opened() {
  const asked: string[][] = [];
  const meanings = meantOnce(async (texts) => {
    asked.push([...texts]);
    return texts.map((text) => [text.length]);
  });
  return {
    asked,
    meanings: async (texts: string[]) => (await meanings(texts)).map((one) => [...(one as Float32Array)]),
  };
}

it('asks the model once for what was met lately, and for no text twice', async () => {
  const { asked, meanings } = opened();
  assert.deepEqual(await meanings(['a', 'bb', 'a']), [[1], [2], [1]]);
  assert.deepEqual(await meanings(['bb', 'ccc', 'a']), [[2], [3], [1]]);
  assert.deepEqual(asked, [['a', 'bb'], ['ccc']]);
});

it('tells of the first texts, with eight at most that the model has to read', async () => {
  const { asked, meanings } = opened();
  const texts = Array.from({ length: 30 }, (_, nth) => 'x'.repeat(nth + 1));
  const known = texts.slice(0, 5);
  await meanings(known);
  const first = await meanings([...known, ...texts, ...known]);
  assert.deepEqual(
    first,
    [...known, ...texts.slice(0, 13)].map((text) => [text.length]),
  );
  assert.deepEqual(asked[1], texts.slice(5, 13));
});
