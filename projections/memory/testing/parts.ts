import type { Embedder } from '../../embedding/embedder.js';
import { type Ask, type Published, type VectorStore, VectorsUnavailable } from '../../vectors/vectors.js';

/** Words that the embedder of tests knows: one dimension each. */
const WORDS = ['jinx', 'cat', 'pentakill', 'sword'];

/** As texts of tests are embedded: by the words in them. */
export function vectorOf(text: string): Float32Array {
  const counts = WORDS.map((word) => (text.toLowerCase().includes(word) ? 1 : 0.01));
  const length = Math.hypot(...counts);
  return Float32Array.from(counts, (count) => count / length);
}

export type Point = { key: string; text: string };

/** An embedder and an index of texts, either of which can be told to fail. */
export function fakeMeaning(points: readonly Point[], model = 'test-1') {
  const state = {
    published: { collection: 'memories_1', model, dimension: WORDS.length } as Published | null,
    /** What embedding does in place of it. */
    embed: null as null | ((signal?: AbortSignal) => Promise<Float32Array[]>),
    vectorsAway: false,
    asked: 0,
    /** How often it was asked which index is published. */
    named: 0,
  };
  const embedder: Embedder = {
    model: 'test-1',
    dimension: async () => WORDS.length,
    async embed(texts, signal) {
      state.asked++;
      return state.embed ? state.embed(signal) : texts.map(vectorOf);
    },
    close: async () => {},
  };
  const there = <T>(value: T): T => {
    if (state.vectorsAway) throw new VectorsUnavailable('planted');
    return value;
  };
  const vectors = {
    async published() {
      state.named++;
      return there(state.published);
    },
    search: async (_: string, { vector, limit, collection }: Ask) =>
      there(
        (collection === state.published?.collection ? points : [])
          .map(({ key, text }) => ({
            id: key,
            score: dot(vector, vectorOf(text)),
            payload: payloadOf(key, text),
          }))
          .sort((one, other) => other.score - one.score)
          .slice(0, limit),
      ),
  } as unknown as VectorStore;
  return { state, embedder, vectors };
}

const payloadOf = (key: string, text: string) => ({
  ...{ at: '2026-03-01T00:00:00.000Z', importance: 0.9, kind: 'moment', gameId: null, clientId: null },
  ...{ key, mark: text },
});

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, at) => sum + value * other[at]!, 0);

/** A warn that keeps what it is told. */
export function keepingWarn() {
  const said: string[] = [];
  return { said, warn: (message: string) => void said.push(message) };
}
