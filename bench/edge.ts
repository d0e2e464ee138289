import { join } from 'node:path';
import { startEchoServer, startWorker, type Worker } from './child.js';
import { checkingKeys, type KeyCheck } from './edge/keys.js';
import { admit, type Engine, settled, startEngine } from './engine.js';
import { footprintOf } from './footprint.js';
import type { ClosedJob, CrowdJob, OpenResult, TurnsJob } from './load/jobs.js';
import type { Bench } from './parts.js';
import { type Delays, type Spread, short, spreadOf } from './statistics.js';

export const CONNECTIONS = 10_000;
export const PER_SECOND = 500;
/** There before: what is made once for all of them is no part of what one takes. */
const FIRST = 200;
/** So many times `--seconds` all of them stay: a minute, unless told. */
const HELD_TIMES = 20;
const LANES = 200;
const WARM_UP_MS = 1_000;
export const TARGETS = { bytes: 15 * 1024, ackMs: 100, ratio: 0.4, keyUs: 50 } as const;

/** Frames a second that are answered, of the gateway and of an echo of the same frames. */
export type Beside = { gateway: Spread; echo: Spread; ratio: number; ratios: Spread };

export type Flow = {
  perSecond: number;
  seconds: number;
  ack: Delays;
  action: Delays | null;
  late: Delays;
  refused: number;
};

export type Edge = {
  connections: number;
  failures: number;
  /** Seconds until all were greeted. */
  entering: number;
  /** Bytes a connection: of the whole process, and of what lives in JavaScript; nothing flows. */
  bytes: { process: number; living: number };
  /** While everybody tells something for the first time, to an engine that has just started; and after that. */
  waking: Flow;
  flowing: Flow;
  /** Frames that end at the edge; frames of one event, answered once it is durable; and of a hundred. */
  beside: { pings: Beside; events: Beside; hundreds: Beside };
  keys: KeyCheck;
};

/** Ten thousand connections at one instance, and what a frame costs beside a socket that only echoes. */
export async function edge(bench: Bench): Promise<Edge> {
  const engine = await startEngine(join(await bench.tidy.folder(), 'engine'), {
    // All of them are of one address, and their game's key lets them in.
    settings: { AGL_LIMIT_ADDRESS: '0', AGL_LIMIT_KEY: '0', AGL_LIMIT_PLAYER: '0' },
    node: ['--inspect=127.0.0.1:0'],
  });
  bench.tidy.later(engine.stop);
  const worker = startWorker();
  bench.tidy.later(worker.stop);
  const keys = await checkingKeys(bench.rounds);
  bench.say(`edge: ${CONNECTIONS} players are let in`);
  const guests = await admit(engine, CONNECTIONS);
  const crowd = await crowded(bench, { engine, worker, ...guests });
  const beside = await besideEcho(bench, { engine, worker, ...guests });
  return { connections: CONNECTIONS, ...crowd, beside, keys };
}

type Sides = { engine: Engine; worker: Worker; apiKey: string; tokens: string[] };

async function crowded(bench: Bench, { engine, worker, apiKey, tokens }: Sides) {
  const { url, inspector } = engine;
  const enter = (some: string[]) => worker.run<CrowdJob>({ kind: 'crowd-enters', url, tokens: some });
  await enter(tokens.slice(0, FIRST));
  await settled(url, apiKey);
  const before = await footprintOf(inspector);
  bench.say(`edge: ${CONNECTIONS} connections are opened`);
  const entered = (await enter(tokens.slice(FIRST))) as { held: number; seconds: number };
  if (entered.held !== CONNECTIONS) throw new Error(`${entered.held} connections stand`);
  await settled(url, apiKey);
  const after = await footprintOf(inspector);
  const flow = async (seconds: number): Promise<Flow> => {
    bench.say(`edge: ${PER_SECOND} events a second, for ${seconds} s`);
    const told = { kind: 'crowd-plays', perSecond: PER_SECOND, story: 'match', warmUpMs: 0 } as const;
    const flowed = await worker.run<CrowdJob>({ ...told, measureMs: seconds * 1000 });
    await settled(url, apiKey);
    const { answer: ack, action, late, refused } = flowed as OpenResult;
    return { perSecond: PER_SECOND, seconds, ack, action, late, refused };
  };
  const waking = await flow(CONNECTIONS / PER_SECOND);
  const flowing = await flow(HELD_TIMES * bench.seconds);
  const { ended } = (await worker.run<CrowdJob>({ kind: 'crowd-leaves' })) as { ended: number };
  const each = (name: 'process' | 'living') =>
    Math.round((after[name] - before[name]) / (CONNECTIONS - FIRST));
  return {
    failures: ended,
    entering: short(entered.seconds),
    bytes: { process: each('process'), living: each('living') },
    waking,
    flowing,
  };
}

async function besideEcho(bench: Bench, { engine, worker, apiKey, tokens }: Sides): Promise<Edge['beside']> {
  const echo = await startEchoServer();
  bench.tidy.later(echo.stop);
  const timing = { warmUpMs: WARM_UP_MS, measureMs: bench.seconds * 1000 };
  const common = { ...timing, tokens: tokens.slice(0, LANES) };
  const answered = async (at: Pick<TurnsJob, 'at' | 'url'>, frames: TurnsJob['frames'], size = 1) => {
    // As many frames under way as `ingest` has of each size.
    const window = size === 1 ? 8 : 1;
    const turns = await worker.run<TurnsJob>({ kind: 'turns', ...at, frames, size, window, ...common });
    return turns.perSecond;
  };
  const gateway = { at: 'gateway', url: engine.url } as const;
  const bare = { at: 'echo', url: echo.url } as const;
  const events = async (size: number, window: number) => {
    const job = { kind: 'gateway-closed', url: engine.url, size, window, ...common } as const;
    const { perSecond } = await worker.run<ClosedJob>(job);
    await settled(engine.url, apiKey);
    return perSecond / size;
  };
  const rounds = async (name: string, gateway: () => Promise<number>, other: () => Promise<number>) => {
    const pairs: [number, number][] = [];
    for (let nth = 0; nth < bench.rounds; nth++) {
      bench.say(`edge, ${name}: round ${nth + 1} of ${bench.rounds}`);
      pairs.push([await gateway(), await other()]);
    }
    return besideOf(pairs);
  };
  return {
    pings: await rounds(
      'pings',
      () => answered(gateway, 'pings'),
      () => answered(bare, 'pings'),
    ),
    events: await rounds(
      'frames of an event',
      () => events(1, 8),
      () => answered(bare, 'events'),
    ),
    hundreds: await rounds(
      'frames of a hundred',
      () => events(100, 1),
      () => answered(bare, 'events', 100),
    ),
  };
}

function besideOf(pairs: readonly [number, number][]): Beside {
  const gateway = spreadOf(pairs.map(([one]) => one));
  const echo = spreadOf(pairs.map(([, other]) => other));
  const ratios = spreadOf(pairs.map(([one, other]) => one / other));
  return { gateway, echo, ratio: short(gateway.median / echo.median), ratios };
}
