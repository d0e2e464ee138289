import { join } from 'node:path';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { startDiskServer, startNullServer, startWorker, type Worker } from './child.js';
import type { Curve, EngineFigures, LogJob, OpenResult, Rate, StreamsPoint } from './load/jobs.js';
import type { Bench } from './parts.js';
import { type Spread, short, spreadOf } from './statistics.js';

/** Appends under way, each in a stream of its own, by the events in each. */
export const appendShapes = {
  'one append of 1 under way': { lanes: 1, size: 1 },
  '256 appends of 1 under way': { lanes: 256, size: 1 },
  '8 appends of 100 under way': { lanes: 8, size: 100 },
} as const;
const READ_EVENTS = 50_000;
const LIVE_PER_SECOND = 50;
const CURVE_EVENTS = 1_000_000;
const MOST_STREAMS = 1_000_000;
export const FLAT_TARGET = 1.3;
const WARM_UP_MS = 1_000;

/** Events a second by the node, and by a server that does nothing; `clientCpuUs` of the former. */
export type Beside = { node: Spread; floor: Spread; ratio: number; ratios: Spread; clientCpuUs: number };
export type Log = {
  /** Through the official client, in another process. */
  client: Record<string, Beside>;
  /** The first of them beside a bare commit of lmdb on the same disk, asked for by a byte from another process. */
  disk: { perSecond: Spread; ratio: number };
  /** Events a second that a persistent subscription gives and that are acknowledged. */
  group: { perSecond: Spread; clientCpuUs: number };
  /** At an even pace, and one after the other. */
  live: { paced: Live; inTurn: Live };
  /** The engine in the load process, without client and wire. */
  engine: Record<keyof EngineFigures, { perSecond: Spread; cpuUs: Spread }>;
  curve: Curve & { flatness: number; target: number };
  streams: StreamsPoint[];
};

/** Milliseconds: from the append to its acknowledgement, and to the subscriber. */
export type Live = { ack: { p50: Spread; p99: Spread }; delivered: { p50: Spread; p99: Spread } };

type Sides = { node: Worker; floor: Worker; nodeUrl: string; floorUrl: string };

/** The embedded log: beside what the client allows, by itself, and as it grows. */
export async function log(bench: Bench): Promise<Log> {
  const sides = await openSides(bench);
  const client: Log['client'] = {};
  for (const [name, shape] of Object.entries(appendShapes)) {
    const timing = { warmUpMs: WARM_UP_MS, measureMs: bench.seconds * 1000 };
    client[name] = await beside(bench, sides, { name, job: { kind: 'log-append', ...shape, ...timing } });
  }
  const disk = await diskOf(bench);
  const [lone] = Object.values(client);
  // A subscription waits for more than there is: on a slow machine less was appended.
  const wanted = { kind: 'log-read', url: sides.nodeUrl, how: 'readAll', events: READ_EVENTS } as const;
  const { events } = await sides.node.run(wanted);
  for (const how of ['readAll', 'catchUp'] as const) {
    client[how] = await beside(bench, sides, { name: how, job: { kind: 'log-read', how, events } });
  }
  const group = await groupOf(bench, sides, events);
  const timing = { warmUpMs: WARM_UP_MS, measureMs: bench.seconds * 1000 };
  const url = sides.nodeUrl;
  const live = {
    paced: await liveOf(bench, sides, { kind: 'log-live', url, perSecond: LIVE_PER_SECOND, ...timing }),
    inTurn: await liveOf(bench, sides, { kind: 'log-in-turn', url, ...timing }),
  };
  const engine = await engineOf(bench);
  const ratio = short(lone!.node.median / disk.median);
  return { client, disk: { perSecond: disk, ratio }, group, live, engine, ...(await growthOf(bench)) };
}

async function openSides({ tidy }: Bench): Promise<Sides> {
  const node = await startEmbeddedNode({ dir: join(await tidy.folder(), 'log') });
  tidy.later(node.stop);
  const server = await startNullServer();
  tidy.later(server.stop);
  const workers = { node: startWorker(), floor: startWorker() };
  tidy.later(workers.node.stop);
  tidy.later(workers.floor.stop);
  return { ...workers, nodeUrl: node.url, floorUrl: server.url };
}

type ToBeRated =
  Exclude<LogJob, { kind: 'log-live' | 'log-in-turn' | 'log-group' }> extends infer J
    ? J extends LogJob
      ? Omit<J, 'url'>
      : never
    : never;

async function beside(bench: Bench, sides: Sides, of: { name: string; job: ToBeRated }): Promise<Beside> {
  const rounds: { node: Rate; floor: Rate }[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`log, ${of.name}: round ${nth + 1} of ${bench.rounds}`);
    const rate = (worker: Worker, url: string) => worker.run({ ...of.job, url } as LogJob) as Promise<Rate>;
    const node = await rate(sides.node, sides.nodeUrl);
    rounds.push({ node, floor: await rate(sides.floor, sides.floorUrl) });
  }
  const node = spreadOf(rounds.map((round) => round.node.perSecond));
  const floor = spreadOf(rounds.map((round) => round.floor.perSecond));
  return {
    node,
    floor,
    ratio: short(node.median / floor.median),
    ratios: spreadOf(rounds.map((round) => round.node.perSecond / round.floor.perSecond)),
    clientCpuUs: spreadOf(rounds.map((round) => round.node.cpuUs)).median,
  };
}

async function diskOf(bench: Bench): Promise<Spread> {
  const server = await startDiskServer(await bench.tidy.folder());
  const rates = await alone(bench, async (worker) => {
    const rounds: number[] = [];
    for (let nth = 0; nth < bench.rounds; nth++) {
      bench.say(`log, the bare disk: round ${nth + 1} of ${bench.rounds}`);
      const timing = { warmUpMs: WARM_UP_MS, measureMs: bench.seconds * 1000 };
      rounds.push((await worker.run({ kind: 'disk', port: server.port, ...timing })).perSecond);
    }
    return rounds;
  });
  await server.stop();
  return spreadOf(rates);
}

async function groupOf(bench: Bench, { node, nodeUrl: url }: Sides, events: number): Promise<Log['group']> {
  const rounds: Rate[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`log, a persistent subscription: round ${nth + 1} of ${bench.rounds}`);
    rounds.push(await node.run({ kind: 'log-group', url, events }));
  }
  return {
    perSecond: spreadOf(rounds.map(({ perSecond }) => perSecond)),
    clientCpuUs: spreadOf(rounds.map(({ cpuUs }) => cpuUs)).median,
  };
}

type LiveJob = Extract<LogJob, { kind: 'log-live' | 'log-in-turn' }>;

async function liveOf(bench: Bench, { node }: Sides, job: LiveJob): Promise<Live> {
  const results: OpenResult[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`log, live, ${job.kind}: round ${nth + 1} of ${bench.rounds}`);
    results.push(await (node.run(job) as Promise<OpenResult>));
  }
  const of = (pick: (result: OpenResult) => { p50: number; p99: number }) => ({
    p50: spreadOf(results.map((result) => pick(result).p50)),
    p99: spreadOf(results.map((result) => pick(result).p99)),
  });
  if (results.some(({ action }) => action === null)) throw new Error('the subscriber was sent nothing');
  return { ack: of(({ answer }) => answer), delivered: of(({ action }) => action!) };
}

async function engineOf(bench: Bench): Promise<Log['engine']> {
  const rounds: EngineFigures[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`log, the engine by itself: round ${nth + 1} of ${bench.rounds}`);
    const timing = { warmUpMs: WARM_UP_MS, measureMs: bench.seconds * 1000 };
    const dir = join(await bench.tidy.folder(), 'log');
    rounds.push(await alone(bench, (worker) => worker.run({ kind: 'engine-figures', dir, ...timing })));
  }
  const of = (name: keyof EngineFigures) => ({
    perSecond: spreadOf(rounds.map((round) => round[name].perSecond)),
    cpuUs: spreadOf(rounds.map((round) => round[name].cpuUs)),
  });
  return { single: of('single'), many: of('many'), batched: of('batched'), read: of('read') };
}

async function growthOf(bench: Bench): Promise<Pick<Log, 'curve' | 'streams'>> {
  const [dir, wide] = [join(await bench.tidy.folder(), 'log'), join(await bench.tidy.folder(), 'log')];
  const events = bench.events ?? CURVE_EVENTS;
  bench.say(`log, growing to ${events} events`);
  const marks = marksUpTo(events);
  const curve = await alone(bench, (worker) => worker.run({ kind: 'engine-curve', dir, marks }));
  const streams = Math.min(events, MOST_STREAMS);
  bench.say(`log, growing to ${streams} streams`);
  const some = marksUpTo(streams);
  const points = await alone(bench, (worker) =>
    worker.run({ kind: 'engine-streams', dir: wide, marks: some }),
  );
  const costs = curve.points.map((point) => point.appendUs);
  return {
    curve: { ...curve, flatness: short(costs.at(-1)! / costs[0]!), target: FLAT_TARGET },
    streams: points,
  };
}

/** In a process of its own: what one job leaves behind in memory is no burden to the next. */
async function alone<R>({ tidy }: Bench, act: (worker: Worker) => Promise<R>): Promise<R> {
  const worker = startWorker();
  tidy.later(worker.stop);
  const result = await act(worker);
  await worker.stop();
  return result;
}

/** 10 thousand, 100 thousand and so on, and the end itself. */
export function marksUpTo(end: number): number[] {
  const marks: number[] = [];
  for (let mark = 10_000; mark < end; mark *= 10) marks.push(mark);
  return [...marks, end];
}
