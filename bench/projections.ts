import { join } from 'node:path';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { startWorker, type Worker } from './child.js';
import { startDatabases } from './databases.js';
import type { Built, Mark, Rate, RowsLive } from './load/jobs.js';
import { marksUpTo } from './log.js';
import type { Bench } from './parts.js';
import { type Spread, short, spreadOf } from './statistics.js';

const EVENTS = 200_000;
const WARM_UP_EVENTS = 20_000;
/** Those who follow have just begun. */
const LIVE_WARM_UP_MS = 2_000;
const LIVE_PER_SECOND = 1_000;
/** As the thread has it in which `agl rebuild` builds: a third of its young generation, as V8 rounds that. */
const AS_REBUILD = ['--max-semi-space-size=32'];
const RATIO_TARGET = 0.5;
const LAG_TARGET_MS = 250;
const FLAT_TARGET = 1.3;

/** Events, or rows, a second; processor time for each in the process that asks for them, or makes them. */
export type Side = { perSecond: Spread; cpuUs: Spread };
export type Phases = { all: Spread; reading: Spread; indexing: Spread; switching: Spread };
export type Cost = { events: number; us: Spread };
export type Projections = {
  events: number;
  /** All read models from nothing: reading, writing, indexing and switching; `seconds` of each. */
  fromNothing: Side & { seconds: Phases };
  /** The same events by the official client, and as many rows into one table without index. */
  readAll: Side;
  copy: Side;
  /** Beside the slower of the two. */
  ratio: number;
  ratios: Spread;
  target: number;
  /** What an event costs on the second half of the way to each mark, in the same builds. */
  curve: { points: Cost[]; flatness: number; target: number };
  live: Live;
};
/** Milliseconds. */
export type Live = {
  perSecond: number;
  sent: number;
  ack: DelaysOf;
  lag: DelaysOf;
  late: DelaysOf;
  targetMs: number;
};
export type DelaysOf = { p50: Spread; p99: Spread; max: Spread; count: number };

type Round = { readAll: Rate; copy: Rate; built: Built };

/** The read models: from nothing, beside what the log gives and the database takes; and how soon rows are there. */
export async function projections(bench: Bench): Promise<Projections> {
  const databases = await startDatabases(bench.tidy);
  const rounds = await roundsOf(bench, databases);
  const sides = {
    fromNothing: sideOf(rounds.map(({ built }) => built)),
    readAll: sideOf(rounds.map(({ readAll }) => readAll)),
    copy: sideOf(rounds.map(({ copy }) => copy)),
  };
  const slower = Math.min(sides.readAll.perSecond.median, sides.copy.perSecond.median);
  const { events } = rounds[0]!.built;
  return {
    events,
    ...sides,
    fromNothing: { ...sides.fromNothing, seconds: phasesOf(rounds.map(({ built }) => built.seconds)) },
    ratio: short(sides.fromNothing.perSecond.median / slower),
    ratios: spreadOf(
      rounds.map(({ built, readAll, copy }) => built.perSecond / Math.min(readAll.perSecond, copy.perSecond)),
    ),
    target: RATIO_TARGET,
    curve: curveOf(rounds.map(({ built }) => built.marks)),
    live: await liveOf(bench, await databases.fresh()),
  };
}

type Databases = Awaited<ReturnType<typeof startDatabases>>;

/** All three in turns, each in a process that stays; each build in a database of its own. */
async function roundsOf(bench: Bench, databases: Databases): Promise<Round[]> {
  const events = bench.events ?? EVENTS;
  const dir = join(await bench.tidy.folder(), 'log');
  const [reader, copier, builder] = [workerOf(bench), workerOf(bench), workerOf(bench, AS_REBUILD)];
  bench.say(`projections, a history of ${events} events`);
  await copier.run({ kind: 'history', dir, events });
  const node = await startEmbeddedNode({ dir });
  bench.tidy.later(node.stop);
  const round = async (upTo: number): Promise<Round> => {
    const { url: database, drop } = await databases.fresh();
    const readAll = await reader.run({ kind: 'log-read', url: node.url, how: 'readAll', events: upTo });
    const copy = await copier.run({ kind: 'copy-rows', database, rows: upTo });
    const built = await builder.run({ kind: 'rebuild', log: node.url, database, upTo });
    await drop();
    return { readAll, copy, built };
  };
  bench.say('projections, from nothing: warming up');
  await round(Math.min(events, WARM_UP_EVENTS));
  const rounds: Round[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`projections, from nothing: round ${nth + 1} of ${bench.rounds}`);
    rounds.push(complete(await round(events), events));
  }
  await Promise.all([reader, copier, builder].map((worker) => worker.stop()));
  await node.stop();
  return rounds;
}

/** @throws Error when a side did less than it was told. */
function complete(round: Round, events: number): Round {
  for (const [name, side] of Object.entries(round))
    if (side.events !== events) throw new Error(`${name} had ${side.events} of ${events} events`);
  return round;
}

function workerOf({ tidy }: Bench, node?: string[]): Worker {
  const worker = startWorker(node);
  tidy.later(worker.stop);
  return worker;
}

const sideOf = (rates: Rate[]): Side => ({
  perSecond: spreadOf(rates.map(({ perSecond }) => perSecond)),
  cpuUs: spreadOf(rates.map(({ cpuUs }) => cpuUs)),
});

function phasesOf(seconds: Built['seconds'][]): Phases {
  const of = (name: keyof Phases) => spreadOf(seconds.map((each) => each[name]));
  return { all: of('all'), reading: of('reading'), indexing: of('indexing'), switching: of('switching') };
}

function curveOf(builds: Mark[][]): Projections['curve'] {
  const points = marksUpTo(builds[0]!.at(-1)!.events).map((events) => ({
    events,
    us: spreadOf(builds.map((marks) => costUpTo(marks, events))),
  }));
  const [first, last] = [points[0]!, points.at(-1)!];
  return { points, flatness: short(last.us.median / first.us.median), target: FLAT_TARGET };
}

/** µs an event, from half of so many to all of them: without what there is to be done at the beginning. */
export function costUpTo(marks: readonly Mark[], events: number): number {
  const took = secondsAt(marks, events) - secondsAt(marks, events / 2);
  return (took * 1e6) / (events / 2);
}

/** When so many were there, on the straight line between the marks around it. */
function secondsAt(marks: readonly Mark[], events: number): number {
  const at = marks.findIndex((mark) => mark.events >= events);
  if (at < 0) throw new RangeError(`the build never came to ${events} events`);
  const [before, after] = [marks[at - 1], marks[at]!];
  if (before === undefined || after.events === before.events) return after.seconds;
  const share = (events - before.events) / (after.events - before.events);
  return before.seconds + share * (after.seconds - before.seconds);
}

/** A log and a database of their own, from nothing on, and as they grow. */
async function liveOf(bench: Bench, { url: database }: { url: string }): Promise<Live> {
  const node = await startEmbeddedNode({ dir: join(await bench.tidy.folder(), 'log') });
  bench.tidy.later(node.stop);
  const [follower, load] = [workerOf(bench), workerOf(bench)];
  await follower.run({ kind: 'follow', log: node.url, database });
  const timing = { warmUpMs: LIVE_WARM_UP_MS, measureMs: bench.seconds * 1000 };
  const each = Math.floor(((timing.warmUpMs + timing.measureMs) / 1000) * LIVE_PER_SECOND);
  const rounds: RowsLive[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`projections, live: round ${nth + 1} of ${bench.rounds}`);
    const shape = { log: node.url, database, perSecond: LIVE_PER_SECOND, from: nth * each };
    rounds.push(await load.run({ kind: 'rows-live', ...shape, ...timing }));
  }
  await Promise.all([follower.stop(), load.stop()]);
  await node.stop();
  const of = (name: 'ack' | 'lag' | 'late'): DelaysOf => ({
    p50: spreadOf(rounds.map((round) => round[name].p50)),
    p99: spreadOf(rounds.map((round) => round[name].p99)),
    max: spreadOf(rounds.map((round) => round[name].max)),
    count: rounds.reduce((sum, round) => sum + round[name].count, 0),
  });
  return {
    perSecond: LIVE_PER_SECOND,
    sent: rounds.reduce((sum, { sent }) => sum + sent, 0),
    ...{ ack: of('ack'), lag: of('lag'), late: of('late') },
    targetMs: LAG_TARGET_MS,
  };
}
