import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenBy, measuredBy, type Pair } from './pairs.js';
import { ranksOf } from './ranks.js';

const pair = (name: string): Pair => ({
  en: { memory: `${name} en`, question: `${name}?` },
  zh: { memory: `${name} zh`, question: `${name} zh?` },
});

describe('the ranks', () => {
  const pairs = ['a', 'b', 'c', 'd'].map(pair);

  it('are full where each question is nearest to its own memory', async () => {
    const letter = async (text: string) => [...'abcd'].map((one) => Number(text.startsWith(one)));
    const full = { r1: 1, r5: 1, mrr: 1 };
    assert.deepEqual(await ranksOf(pairs, letter), { en: full, zh: full, 'zh→en': full });
  });

  it('are the worst where all is alike: what cannot tell them apart has found none', async () => {
    const { en } = await ranksOf(pairs, async () => [1]);
    assert.deepEqual(en, { r1: 0, r5: 1, mrr: 1 / 4 });
  });
});

describe('the pairs', () => {
  it('are at least 40, whole, and none of those by which the weights were chosen', () => {
    assert.ok(measuredBy.length >= 40);
    const texts = [...chosenBy, ...measuredBy].flatMap(({ en, zh }) =>
      [en, zh].flatMap((one) => Object.values(one)),
    );
    assert.equal(new Set(texts).size, texts.length);
    for (const text of texts) assert.ok(text, 'an empty cell');
    for (const { zh } of measuredBy) assert.match(zh.memory + zh.question, /\p{Script=Han}/u);
  });
});
