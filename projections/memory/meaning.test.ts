import assert from 'node:assert/strict';
import { describe, it, mock, type TestContext } from 'node:test';
import { EmbedderRefused, EmbedderUnavailable } from '../embedding/embedder.js';
import { openMeaning } from './meaning.js';
import { fakeMeaning, keepingWarn } from './testing/parts.js';

const points = [
  { key: 'a', text: 'a victory with Jinx' },
  { key: 'b', text: 'the name of a cat' },
];
const ask = { playerId: 'p1', text: 'how is my cat?' };

function opened(given = fakeMeaning(points), patienceMs = 50) {
  const { said, warn } = keepingWarn();
  return { ...given, said, meaning: openMeaning({ ...given, warn }, patienceMs) };
}

/** The clock by which it rests. */
function clock(t: TestContext) {
  let skipped = 0;
  const { now } = performance;
  const mocked = mock.method(performance, 'now', () => now.call(performance) + skipped);
  t.after(() => mocked.mock.restore());
  return { skip: (ms: number) => (skipped += ms) };
}

const LOST = 'memories are looked up by their words alone';
const FOUND = 'memories are looked up by their meaning again';

describe('the meaning of what was asked', () => {
  it('is near to memories, by key', async () => {
    const near = (await opened().meaning(ask))!.get('p1')!;
    assert.ok(near.get('b')!.cosine > 0.9 && near.get('a')!.cosine < 0.1);
    assert.equal(near.get('b')!.mark, 'the name of a cat');
  });

  it('is told by nobody while the index is away, said once, and comes back by itself', async (t) => {
    const { state, meaning, said } = opened();
    const { skip } = clock(t);
    state.vectorsAway = true;
    for (let minute = 0; minute < 60; minute++) {
      assert.equal(await meaning(ask), null);
      skip(60_000);
    }
    assert.deepEqual(said, [LOST]);
    state.vectorsAway = false;
    assert.equal((await meaning(ask))!.get('p1')!.size, 2);
    assert.deepEqual(said, [LOST, FOUND]);
  });

  it('leaves whoever failed alone for a while, as long as it wants', async (t) => {
    const { state, meaning } = opened();
    const { skip } = clock(t);
    state.embed = () => Promise.reject(new EmbedderUnavailable('planted', 20_000));
    await meaning(ask);
    skip(19_000);
    await meaning(ask);
    assert.equal(state.asked, 1);
    skip(2_000);
    await meaning(ask);
    assert.equal(state.asked, 2);
  });

  for (const [what, embed] of Object.entries({
    'a vector of another dimension': async () => [Float32Array.of(1, 0, 0)],
    'no number': async () => [Float32Array.of(Number.NaN, 0, 0, 1)],
    'a vector of another length': async () => [Float32Array.of(3, 0, 0, 0)],
    'nothing at all': async () => [],
    'no answer': () => new Promise<never>(() => {}),
  }))
    it(`is told by nobody when the embedder gives ${what}`, async () => {
      const { state, meaning, said } = opened();
      state.embed = embed;
      assert.equal(await meaning(ask), null);
      assert.deepEqual(said, [LOST]);
    });

  it('never compares vectors of two models, nor of two collections', async () => {
    const rebuilding = opened(fakeMeaning(points, 'older-1'));
    assert.equal(await rebuilding.meaning(ask), null);
    assert.equal(rebuilding.state.asked, 0);
    const switched = opened();
    switched.state.embed = async () => {
      switched.state.published = { collection: 'memories_2', model: 'other', dimension: 4 };
      return [Float32Array.of(1, 0, 0, 0)];
    };
    assert.equal(await switched.meaning(ask), null);
    const empty = opened();
    empty.state.published = null;
    assert.equal(await empty.meaning(ask), null);
    assert.deepEqual(empty.said, [], 'nothing is wrong before there is anything');
  });

  it('learns once which index is searched, and anew after another has taken its place', async () => {
    const { state, meaning, said } = opened();
    for (let nth = 0; nth < 3; nth++) assert.ok(await meaning(ask));
    assert.equal(state.named, 1);
    state.published = { ...state.published!, collection: 'memories_2' };
    assert.equal(await meaning(ask), null, 'by words alone, this once');
    for (let nth = 0; nth < 3; nth++) assert.ok(await meaning(ask));
    assert.equal(state.named, 2);
    assert.deepEqual(said, []);
  });

  it('keeps to the signal, and blames nobody for it', async () => {
    const { state, meaning, said } = opened(fakeMeaning(points), 60_000);
    state.embed = () => new Promise<never>(() => {});
    const within = new AbortController();
    const asked = meaning({ ...ask, signal: within.signal });
    setImmediate(() => within.abort());
    assert.equal(await asked, null);
    assert.equal(await meaning({ ...ask, signal: AbortSignal.abort() }), null);
    state.embed = () => Promise.reject(new EmbedderRefused([0], 'planted'));
    assert.equal(await meaning(ask), null);
    assert.deepEqual(said, []);
  });
});
