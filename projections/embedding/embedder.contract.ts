import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Embedder, EmbedderRefused, EmbedderUnavailable } from './embedder.js';

/** Whoever computes many at once may round otherwise than of one. */
function assertSame(one: Float32Array, other: Float32Array): void {
  assert.equal(one.length, other.length);
  const off = one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0);
  assert.ok(off < 1e-5, `${off}`);
}

/** What holds of every embedder. `fresh` gives one that has not been asked yet. */
export function keepsEmbedderContract(fresh: () => Embedder): void {
  givesVectors(fresh);
  endsWell(fresh);
}

function givesVectors(fresh: () => Embedder): void {
  const texts = [
    'You won as Jinx.',
    '你用金克丝赢了。',
    'A',
    '…!?',
    '😀 \u0000\ud800',
    'long '.repeat(3_000),
  ];

  it('gives vectors of length 1, as long as it says, in order', async () => {
    const embedder = fresh();
    const vectors = await embedder.embed(texts);
    const dimension = await embedder.dimension();
    assert.equal(vectors.length, texts.length);
    for (const vector of vectors) {
      assert.ok(vector instanceof Float32Array);
      assert.equal(vector.length, dimension);
      assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-4, `${Math.hypot(...vector)}`);
    }
    const turned = await embedder.embed([...texts].reverse());
    for (const [nth, vector] of turned.reverse().entries()) assertSame(vector, vectors[nth]!);
    await embedder.close();
  });

  it('gives the same text the same vector, alone and among others, in another one too', async () => {
    const embedder = fresh();
    const many = Array.from({ length: 70 }, (_, nth) => `You killed ${nth} enemies.`);
    const [together, again] = await Promise.all([embedder.embed(many), fresh().embed([many[33]!])]);
    assertSame(together[33]!, again[0]!);
    assertSame((await embedder.embed([many[33]!]))[0]!, again[0]!);
    assert.notDeepEqual(together[32], together[33]);
    await embedder.close();
  });

  it('says its dimension before any text', async () => {
    const embedder = fresh();
    const dimension = await embedder.dimension();
    assert.ok(Number.isInteger(dimension) && dimension > 0);
    assert.ok(embedder.model.length > 0);
    assert.equal(embedder.model, fresh().model);
    assert.deepEqual(await embedder.embed([]), []);
    await embedder.close();
  });
}

function endsWell(fresh: () => Embedder): void {
  it('refuses texts that are empty, and says which', async () => {
    const embedder = fresh();
    await assert.rejects(embedder.embed(['a', '', 'b', ' \n\t']), (error) => {
      assert.ok(error instanceof EmbedderRefused);
      assert.deepEqual(error.which, [1, 3]);
      assert.equal(error.message, 'texts 1, 3: empty');
      return true;
    });
    await embedder.close();
  });

  it('waits no longer than the signal lets it, and goes on with others', async () => {
    const embedder = fresh();
    const reason = new Error('nobody waits');
    await assert.rejects(embedder.embed(['a'], AbortSignal.abort(reason)), reason);
    const leaving = new AbortController();
    const left = embedder.embed(['one', 'two', 'three'], leaving.signal);
    const stays = embedder.embed(['two', 'four']);
    leaving.abort(reason);
    await assert.rejects(left, reason);
    assert.equal((await stays).length, 2);
    await embedder.close();
  });

  it('fails what waits when it is closed, and what comes later', async () => {
    const embedder = fresh();
    const waiting = assert.rejects(embedder.embed(['one', 'two']), EmbedderUnavailable);
    await embedder.close();
    await waiting;
    await assert.rejects(embedder.embed(['three']), EmbedderUnavailable);
    await embedder.close();
  });
}
