import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { costOf, DEFAULT_MODEL, modelIds, models, mostOf, type TokenUsage } from './prices.js';

const model = fc.constantFrom(...modelIds);
const tokens = fc.nat(200_000);
const usage: fc.Arbitrary<TokenUsage> = fc.record({
  input: tokens,
  cacheWrite: tokens,
  cacheRead: tokens,
  output: fc.nat(8_000),
});
const batch = fc.boolean();

describe('what a call costs', () => {
  it('is what the price list says', () => {
    const million = { input: 1_000_000, cacheWrite: 0, cacheRead: 0, output: 0 };
    // Billionths of a dollar.
    assert.equal(costOf('claude-haiku-4-5', million), 1_000_000_000);
    assert.equal(costOf('claude-haiku-4-5', { ...million, input: 0, output: 1_000_000 }), 5_000_000_000);
    assert.equal(costOf(DEFAULT_MODEL, { input: 600, cacheWrite: 0, cacheRead: 1_000, output: 40 }), 90_000);
    assert.equal(
      costOf(DEFAULT_MODEL, { input: 0, cacheWrite: 3, cacheRead: 0, output: 0 }, { batch: true }),
      188,
    );
  });

  it('is a whole number, never less than nothing, and half of it in a batch', () => {
    fc.assert(
      fc.property(model, usage, (id, used) => {
        const full = costOf(id, used);
        assert.ok(Number.isSafeInteger(full) && full >= 0);
        assert.equal(costOf(id, used, { batch: true }), Math.ceil(full / 2));
      }),
    );
  });

  it('never falls when more is used', () => {
    fc.assert(
      fc.property(model, usage, usage, batch, (id, used, more, inBatch) => {
        const sum = Object.fromEntries(
          Object.entries(used).map(([kind, count]) => [kind, count + more[kind as keyof TokenUsage]]),
        ) as TokenUsage;
        assert.ok(costOf(id, sum, { batch: inBatch }) >= costOf(id, used, { batch: inBatch }));
      }),
    );
  });

  it('is never more than what was put aside, whatever of the prompt was cached', () => {
    const parts = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(
        model,
        fc.nat(50_000),
        fc.nat(8_000),
        parts,
        batch,
        (id, promptBytes, outputTokens, shares, b) => {
          // All the tokens that so many bytes can be, and what the API adds.
          const all = promptBytes + 600;
          const input = Math.floor(all * shares[0]);
          const cacheWrite = Math.floor((all - input) * shares[1]);
          const used = { input, cacheWrite, cacheRead: all - input - cacheWrite, output: outputTokens };
          const most = mostOf(id, { promptBytes, outputTokens }, { batch: b });
          assert.ok(most >= costOf(id, used, { batch: b }));
        },
      ),
    );
  });

  it('is highest for a cache write, and lowest for a cache read, of each model: what is put aside counts on it', () => {
    for (const { input, cacheWrite, cacheRead, output } of Object.values(models))
      assert.ok(cacheRead < input && input < cacheWrite && cacheWrite < output);
  });
});
