import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openVectors, type Vectors } from '../projections/embedding/built-in/vectors.js';
import { builtInEmbedder } from '../projections/embedding/embedder.built-in.js';
import type { Embedder } from '../projections/embedding/embedder.js';
import { openKinds } from './embedding/kinds.js';
import { measuredBy } from './embedding/pairs.js';
import { type Direction, type Ranks, ranksOf } from './embedding/ranks.js';
import type { Bench } from './parts.js';
import { type Spread, short, spreadOf } from './statistics.js';

const BATCH = 32;

/** Milliseconds that the event loop was late by. */
export type Late = { p99: Spread; max: Spread };
export type EmbeddingFigures = {
  pairs: number;
  found: { name: string; ranks: Record<Direction, Ranks> }[];
  /** Until the first vector of a thread that has to be started, in milliseconds. */
  firstMs: Spread;
  /** Milliseconds a text: asked for one after the other, and 32 at once. */
  single: Spread;
  batch: Spread;
  /** Processor time of a text, of all threads. */
  cpu: { single: Spread; batch: Spread /** Of texts that differ in their numbers alone. */; numbers: Spread };
  /** With nothing to do; while the embedder works; and if it worked in the same thread. */
  late: { idle: Late; embedding: Late; inSameThread: Late };
};

/** How well the built-in embedder finds, what it is made of, and what it costs. */
export async function embeddings({ rounds, seconds, say, tidy }: Bench): Promise<EmbeddingFigures> {
  const found: EmbeddingFigures['found'] = [];
  for (const { name, vector } of await openKinds()) {
    say(`embeddings: ${name}`);
    found.push({ name, ranks: await ranksOf(measuredBy, vector) });
  }
  const firsts: number[] = [];
  for (let nth = 0; nth < rounds; nth++) firsts.push(await firstMs());
  const embedder = builtInEmbedder();
  tidy.later(() => embedder.close());
  await embedder.embed(['warm']);
  const here = await openVectors();
  const timed: Round[] = [];
  for (let nth = 0; nth < rounds; nth++) {
    say(`embeddings: round ${nth + 1} of ${rounds}`);
    timed.push(await oneRound({ embedder, here, ms: (seconds * 1_000) / 4 }));
  }
  const spread = (of: (round: Round) => number) => spreadOf(timed.map(of));
  const late = (of: (round: Round) => Delay) => ({
    p99: spread((round) => of(round).p99),
    max: spread((round) => of(round).max),
  });
  return {
    pairs: measuredBy.length,
    found,
    firstMs: spreadOf(firsts),
    single: spread(({ single }) => single.ms),
    batch: spread(({ batch }) => batch.ms),
    cpu: {
      single: spread(({ single }) => single.cpuMs),
      batch: spread(({ batch }) => batch.cpuMs),
      numbers: spread(({ numbers }) => numbers.cpuMs),
    },
    late: {
      idle: late(({ idle }) => idle),
      embedding: late(({ batch }) => batch.delay),
      inSameThread: late(({ sameThread }) => sameThread.delay),
    },
  };
}

async function firstMs(): Promise<number> {
  const embedder = builtInEmbedder();
  const since = performance.now();
  await embedder.embed(['warm']);
  const ms = performance.now() - since;
  await embedder.close();
  return ms;
}

type Delay = { p99: number; max: number };
type Timed = { ms: number; cpuMs: number; delay: Delay };
type Round = { idle: Delay; single: Timed; batch: Timed; numbers: Timed; sameThread: Timed };
type Sides = { embedder: Embedder; here: Vectors; ms: number };

async function oneRound({ embedder, here, ms }: Sides): Promise<Round> {
  const texts = freshTexts();
  const next = (count: number) => Array.from({ length: count }, () => texts.next().value as string);
  const idle = await delayed(() => sleep(ms));
  const single = await timed(ms, async () => (await embedder.embed(next(1))).length);
  const batch = await timed(ms, async () => (await embedder.embed(next(BATCH))).length);
  let nth = 0;
  const matches = () => Array.from({ length: BATCH }, () => `You won a match as Lux with ${nth++} kills.`);
  const numbers = await timed(ms, async () => (await embedder.embed(matches())).length);
  const sameThread = await timed(ms, async () => {
    // Between texts the loop turns, which is the best that one thread can do.
    for (const text of next(BATCH)) await here([text]).then(() => sleep(0));
    return BATCH;
  });
  return { idle, single, batch, numbers, sameThread };
}

/** Milliseconds a text over so long, by the clock and of the processor, and how late the event loop was meanwhile. */
async function timed(ms: number, embed: () => Promise<number>): Promise<Timed> {
  const began = performance.now();
  const before = process.cpuUsage();
  let texts = 0;
  const delay = await delayed(async () => {
    do texts += await embed();
    while (performance.now() - began < ms);
  });
  const { user, system } = process.cpuUsage(before);
  return { ms: (performance.now() - began) / texts, cpuMs: (user + system) / 1_000 / texts, delay };
}

async function delayed(work: () => Promise<unknown>): Promise<Delay> {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await work();
  delay.disable();
  // It counts the time between two of its own timers.
  const late = (ns: number) => short(Math.max(0, ns / 1e6 - resolution));
  return { p99: late(delay.percentile(99)), max: late(delay.max) };
}

/** Memories and questions of both languages, never the same again. */
function* freshTexts(): Generator<string> {
  for (let nth = 0; ; nth++)
    for (const { en, zh } of measuredBy)
      for (const text of [en.memory, zh.memory, en.question, zh.question]) yield `${text} ${wordOf(nth)}`;
}

/** A number in letters. */
const wordOf = (nth: number) => [...String(nth)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
