import { plainSentenceOf } from '../domain/memory/sentence.js';
import { openPool, type Pool } from '../projections/database.js';
import { cachedEmbedder } from '../projections/embedding/cached-embedder.js';
import { builtInEmbedder } from '../projections/embedding/embedder.built-in.js';
import type { Embedder } from '../projections/embedding/embedder.js';
import { MEMORY_VECTORS } from '../projections/memory/index-of-memories.js';
import { openRecall, type Recall } from '../projections/memory/recall.js';
import { keepingsOf } from '../projections/memory/rows.js';
import type { VectorStore } from '../projections/vectors/vectors.js';
import { vectorsInPostgres } from '../projections/vectors/vectors.pg.js';
import { startWorker } from './child.js';
import { startDatabases } from './databases.js';
import type { Bench } from './parts.js';
import { askedAt, cueOf, MUCH, playerOf, questionOf } from './recall/lives.js';
import { type Delays, delaysOf, short } from './statistics.js';

const MEMORIES = 100_000;
const PLAYERS = 10_000;
const TARGET_MS = { much: 5, many: 20 };
const NEAREST = 10;
/** Asks before the first that counts: an engine that has been up for some seconds is what is measured. */
const WARM_UP = 500;

/** Milliseconds of a recall; of one in words without embedding the question, which is told beside it. */
export type Recalling = {
  memories: number;
  players: number;
  much: { facts: Delays; words: Delays; targetMs: number };
  many: { facts: Delays; words: Delays; targetMs: number };
  embedding: Delays;
  /** Of the ten nearest, the share that the index finds. */
  nearestFound: number;
};

/** From a cue to memories: of one player who has a thousand, and of many players who have lived it all together. */
export async function recall(bench: Bench): Promise<Recalling> {
  const memories = bench.events ?? MEMORIES;
  const house = await openHouse(bench, memories);
  const asks = bench.rounds * 200;
  const at = askedAt(memories / PLAYERS);
  const timed = (who: (nth: number) => string) => timedAsks(house, { who, asks, at });
  bench.say(`recall: ${asks} asks of each kind`);
  await timedAsks(house, { who: () => MUCH.player, asks: WARM_UP, at });
  const much = await timed(() => MUCH.player);
  // Each time somebody else: of whom nothing is at hand.
  const many = await timed((nth) => playerOf((nth * 7919) % PLAYERS));
  return {
    ...{ memories, players: PLAYERS },
    much: { facts: delaysOf(much.facts), words: delaysOf(much.words), targetMs: TARGET_MS.much },
    many: { facts: delaysOf(many.facts), words: delaysOf(many.words), targetMs: TARGET_MS.many },
    embedding: delaysOf([...much.embedding, ...many.embedding]),
    nearestFound: await nearestFound(house),
  };
}

type House = { pool: Pool; recall: Recall; vectors: VectorStore; embedder: Embedder; embedMs(): number };

/** The read models as the log makes them in another process, and who asks them. */
async function openHouse({ tidy, say }: Bench, memories: number): Promise<House> {
  const { fresh } = await startDatabases(tidy);
  const { url } = await fresh();
  say(`recall: ${memories} memories of ${PLAYERS} players are lived`);
  const worker = startWorker();
  tidy.later(worker.stop);
  await worker.run({ kind: 'memories', database: url, players: PLAYERS, memories });
  const warn = (message: string, error?: unknown) =>
    say(error ? `${message}: ${(error as Error).message}` : message);
  const logger = { info() {}, warn: (_: object, message: string) => warn(message), error: () => {} };
  const pool = openPool({ url, logger });
  tidy.later(() => pool.end());
  const embedder = cachedEmbedder(builtInEmbedder(), { max: 10_000 });
  tidy.later(() => embedder.close());
  await embedder.embed(['the model is read']);
  const vectors = vectorsInPostgres({ pool });
  const { timed, lastMs } = timing(embedder);
  const recall = openRecall({ pool, vectors, embedder: timed, open: async () => null, warn });
  return { pool, recall, vectors, embedder, embedMs: lastMs };
}

/** What embedding took the last time, of somebody who asks one at a time. */
function timing(embedder: Embedder): { timed: Embedder; lastMs(): number } {
  let last = 0;
  const embed: Embedder['embed'] = async (texts, signal) => {
    const since = performance.now();
    const vectors = await embedder.embed(texts, signal);
    last = performance.now() - since;
    return vectors;
  };
  return { timed: { ...embedder, embed }, lastMs: () => last };
}

type Asks = { who: (nth: number) => string; asks: number; at: string };

async function timedAsks({ recall, embedMs }: House, { who, asks, at }: Asks) {
  const timed = { facts: [] as number[], words: [] as number[], embedding: [] as number[] };
  for (let nth = 0; nth < asks; nth++) {
    const ask = { revision: Number.MAX_SAFE_INTEGER, limit: 5 };
    const byFacts = { ...ask, playerId: who(2 * nth), cue: { at, facts: cueOf(nth) } };
    timed.facts.push(await msOf(() => recall.recallFor(byFacts)));
    const byWords = { ...ask, playerId: who(2 * nth + 1), cue: { at, facts: {} }, text: questionOf(nth) };
    const ms = await msOf(() => recall.recallFor(byWords));
    timed.embedding.push(embedMs());
    timed.words.push(ms - embedMs());
  }
  return timed;
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** Beside the cosines of all that the player remembers, one by one: a point says what was lived last of its key. */
async function nearestFound({ pool, vectors, embedder }: House): Promise<number> {
  const { memories } = await keepingsOf(pool, MUCH.player);
  const last = [...new Map(memories.map((memory) => [memory.key, memory])).values()];
  const texts = last.map((memory) => plainSentenceOf(memory, memory.lang));
  const all = await embedder.embed(texts);
  let found = 0;
  const questions = Array.from({ length: 20 }, (_, nth) => questionOf(nth));
  for (const question of questions) {
    const [vector] = await embedder.embed([question]);
    const cosines = all.map((one) => one.reduce((sum, value, at) => sum + value * vector![at]!, 0));
    const least = [...cosines].sort((one, other) => other - one)[NEAREST - 1]!;
    const hits = await vectors.search(MEMORY_VECTORS, {
      ...{ playerId: MUCH.player, vector: vector!, limit: NEAREST },
    });
    found += hits.filter(({ score }) => score >= least - 1e-5).length;
  }
  return short(found / (NEAREST * questions.length));
}
