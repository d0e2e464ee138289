import { lazyThread, type ThreadParts } from './built-in/thread.js';
import { checkTexts, type Embedder, EmbedderUnavailable } from './embedder.js';

/** Raised with anything that changes a vector: weights, gloss, terms, settings. A test holds it. */
export const BUILT_IN = 'built-in-2';
/** Of the vectors: 512 numbers of meaning, 512 of spelling. */
export const BUILT_IN_DIMENSION = 1024;

/** Texts that go to the thread at once. It makes those that cost little and a few of the others, and gives back the rest. */
const AT_ONCE = 64;

type Ask = {
  texts: readonly string[];
  /** How many of them are with the thread or done: the first ones. */
  taken: number;
  made: Float32Array[];
  settle(error?: Error): void;
};

/**
 * English and Chinese in one space, without any network: a thread of its own that starts with the first text. Whoever
 * asks gets turns, so that one short text does not wait for ten thousand others.
 */
export function builtInEmbedder(parts: ThreadParts = {}): Embedder {
  const thread = lazyThread(parts);
  const asks = new Set<Ask>();
  let working = false;
  let closed = false;
  const work = async () => {
    if (working) return;
    working = true;
    try {
      for (let single = true; asks.size > 0; single = !single)
        await oneTurn(turnOf(asks, single), asks, thread.work);
    } catch (error) {
      for (const ask of asks) ask.settle(error as Error);
    } finally {
      working = false;
    }
  };
  return {
    model: BUILT_IN,
    dimension: async () => BUILT_IN_DIMENSION,
    async embed(texts, signal) {
      signal?.throwIfAborted();
      checkTexts(texts);
      if (closed) throw new EmbedderUnavailable('the built-in embedder is closed');
      if (texts.length === 0) return [];
      const answer = asked(asks, texts, signal);
      void work();
      return answer;
    },
    async close() {
      closed = true;
      await thread.stop();
    },
  };
}

/** Waits among `asks` until all of it is made, or its time is over. */
function asked(asks: Set<Ask>, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
  return new Promise((resolve, reject) => {
    const giveUp = () => ask.settle(signal?.reason);
    const ask: Ask = {
      texts,
      taken: 0,
      made: [],
      settle(error) {
        asks.delete(ask);
        signal?.removeEventListener('abort', giveUp);
        if (error) reject(error);
        else resolve(ask.made);
      },
    };
    signal?.addEventListener('abort', giveUp);
    asks.add(ask);
  });
}

type Turn = { ask: Ask; at: number }[];

/** By turns single texts, for somebody may wait for them, and a few of each of the others. */
function turnOf(asks: ReadonlySet<Ask>, single: boolean): Turn {
  const preferred = [...asks].filter(({ texts }) => (texts.length === 1) === single);
  const turn: Turn = [];
  for (
    let round = preferred.length > 0 ? preferred : [...asks];
    turn.length < AT_ONCE && round.length > 0;
  ) {
    round = round.filter(({ texts, taken }) => taken < texts.length);
    for (const ask of round.slice(0, AT_ONCE - turn.length)) turn.push({ ask, at: ask.taken++ });
  }
  return turn;
}

async function oneTurn(
  turn: Turn,
  asks: Set<Ask>,
  make: (texts: string[]) => Promise<Float32Array>,
): Promise<void> {
  const vectors = await make(turn.map(({ ask, at }) => ask.texts[at]!));
  const made = vectors.length / BUILT_IN_DIMENSION;
  for (const { ask, at } of turn.slice(made)) ask.taken = Math.min(ask.taken, at);
  turn.slice(0, made).forEach(({ ask, at }, nth) => {
    ask.made[at] = vectors.slice(nth * BUILT_IN_DIMENSION, (nth + 1) * BUILT_IN_DIMENSION);
  });
  for (const ask of new Set(turn.map(({ ask }) => ask))) {
    // Who has left meanwhile stays away; who has more to come stands behind all others.
    if (!asks.delete(ask)) continue;
    if (ask.taken === ask.texts.length) ask.settle();
    else asks.add(ask);
  }
}
