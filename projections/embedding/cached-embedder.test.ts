import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { hashedGrams } from './built-in/grams.js';
import { cachedEmbedder } from './cached-embedder.js';
import { checkTexts, type Embedder, EmbedderRefused, EmbedderUnavailable } from './embedder.js';

type Asked = {
  texts: readonly string[];
  signal: AbortSignal;
  answer: () => void;
  fail: (error: Error) => void;
};

/** One that answers when it is told to, by default at once; it never has a vector for `bad…`. */
function obedient({ atOnce = true } = {}) {
  const asked: Asked[] = [];
  const embedder: Embedder = {
    model: 'obedient',
    dimension: async () => 16,
    close: async () => undefined,
    async embed(texts, signal) {
      checkTexts(texts);
      await new Promise<void>((answer, fail) => {
        asked.push({ texts, signal: signal!, answer, fail });
        signal!.addEventListener('abort', () => fail(signal!.reason as Error));
        if (atOnce) answer();
      });
      const bad = texts.flatMap((text, at) => (text.startsWith('bad') ? [at] : []));
      if (bad.length > 0) throw new EmbedderRefused(bad, 'bad');
      return texts.map((text) => hashedGrams(text, 16));
    },
  };
  return { asked, embedder, texts: () => asked.map(({ texts }) => [...texts]) };
}

describe('an embedder with a memory', () => {
  it('asks once for what was asked, for the rest alone, and for nothing twice in one go', async () => {
    const { embedder, texts } = obedient();
    const cached = cachedEmbedder(embedder, { max: 10 });
    const [a, b, again] = await cached.embed(['a', 'b', 'a']);
    assert.deepEqual([a, b, again], [hashedGrams('a', 16), hashedGrams('b', 16), a]);
    assert.equal((await cached.embed(['b', 'c', 'a']))[0], b);
    await cached.embed(['c']);
    assert.deepEqual(texts(), [['a', 'b'], ['c']]);
    assert.deepEqual([cached.model, await cached.dimension()], ['obedient', 16]);
  });

  it('forgets what was not used for longest', async () => {
    const { embedder, texts } = obedient();
    const cached = cachedEmbedder(embedder, { max: 2 });
    await cached.embed(['a', 'b']);
    await cached.embed(['a']);
    await cached.embed(['c']);
    await cached.embed(['a', 'c']);
    await cached.embed(['b']);
    assert.deepEqual(texts(), [['a', 'b'], ['c'], ['b']]);
  });

  it('lets those who ask at once for the same wait for one answer', async () => {
    const { embedder, asked, texts } = obedient({ atOnce: false });
    const cached = cachedEmbedder(embedder, { max: 10 });
    const first = cached.embed(['a', 'b']);
    const second = cached.embed(['b', 'c']);
    await turn();
    assert.deepEqual(texts(), [['a', 'b'], ['c']]);
    for (const { answer } of asked) answer();
    assert.equal((await first)[1], (await second)[0]);
  });

  it('goes on for those who stay, and gives up when nobody does', async () => {
    const { embedder, asked, texts } = obedient({ atOnce: false });
    const cached = cachedEmbedder(embedder, { max: 10 });
    const leaving = [new AbortController(), new AbortController()];
    const reason = new Error('nobody waits');
    const first = assert.rejects(cached.embed(['a', 'b'], leaving[0]!.signal), reason);
    const second = assert.rejects(cached.embed(['b'], leaving[1]!.signal), reason);
    leaving[0]!.abort(reason);
    await first;
    assert.equal(asked[0]!.signal.aborted, false);
    leaving[1]!.abort(reason);
    await second;
    assert.equal(asked[0]!.signal.aborted, true);
    const anew = cached.embed(['b']);
    await turn();
    asked[1]!.answer();
    assert.deepEqual(await anew, [hashedGrams('b', 16)]);
    assert.deepEqual(texts(), [['a', 'b'], ['b']]);
  });

  it('tells each what of its own was refused, and asks for the rest again', async () => {
    const { embedder, texts } = obedient();
    const cached = cachedEmbedder(embedder, { max: 10 });
    const refused = (which: number[], why: string) => (error: unknown) => {
      assert.ok(error instanceof EmbedderRefused);
      assert.deepEqual([error.which, error.why], [which, why]);
      return true;
    };
    const both = cached.embed(['a', 'bad 1', ' ', 'bad 1']);
    const other = cached.embed(['a', 'b']);
    await assert.rejects(both, refused([1, 2, 3], 'bad; empty'));
    assert.equal((await other).length, 2);
    assert.equal((await cached.embed(['a', 'b'])).length, 2);
    await assert.rejects(cached.embed(['bad 1']), refused([0], 'bad'));
    assert.deepEqual(texts(), [['b'], ['a', 'bad 1'], ['a'], ['bad 1']]);
  });

  it('keeps no failure', async () => {
    const { embedder, asked } = obedient({ atOnce: false });
    const cached = cachedEmbedder(embedder, { max: 10 });
    const failing = [cached.embed(['a']), cached.embed(['a'])];
    const seen = failing.map((one) => assert.rejects(one, EmbedderUnavailable));
    await turn();
    asked[0]!.fail(new EmbedderUnavailable('away'));
    await Promise.all(seen);
    const after = cached.embed(['a']);
    await turn();
    asked[1]!.answer();
    assert.equal((await after).length, 1);
  });

  it('answers as the embedder itself would, whatever is asked in whatever order', async () => {
    const ask = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 });
    const run = async (asks: string[][], max: number) => {
      const cached = cachedEmbedder(obedient().embedder, { max });
      const answers = await Promise.all(asks.map((texts) => cached.embed(texts)));
      assert.deepEqual(
        answers,
        asks.map((texts) => texts.map((text) => hashedGrams(text, 16))),
      );
    };
    await fc.assert(fc.asyncProperty(fc.array(ask, { maxLength: 8 }), fc.integer({ min: 0, max: 6 }), run));
  });
});
