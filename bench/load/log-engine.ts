import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../eventstore/embedded/engine/engine.js';
import type { ProposedEvent } from '../../eventstore/embedded/engine/types.js';
import { short } from '../statistics.js';
import type { Curve, CurvePoint, EngineFigures, EngineJob, Rate, StreamsPoint, Timing } from './jobs.js';
import { rateOf } from './log-client.js';
import { Meter } from './pace.js';
import * as plain from './plain.js';

type Of<K extends EngineJob['kind']> = Extract<EngineJob, { kind: K }>;

const STREAMS = 1000;
const SLICE = 256;
/** Appends over which a point of the curve is measured. */
const SAMPLE = 20_000;

const data = Buffer.from(JSON.stringify(plain.data));
const metadata = Buffer.from(JSON.stringify(plain.metadata));

/** Random bytes cost a system call: it is made for some thousand ids together. */
let random = Buffer.alloc(0);
function freshId(): Buffer {
  if (random.length === 0) random = randomBytes(65_536);
  const id = random.subarray(0, 16);
  random = random.subarray(16);
  return id;
}
const event = (): ProposedEvent => ({ id: freshId(), type: plain.TYPE, isJson: true, data, metadata });
const events = (count: number) => Array.from({ length: count }, event);

export async function engineFigures({ dir, ...timing }: Of<'engine-figures'>): Promise<EngineFigures> {
  const engine = await openEngine({ dir });
  const single = await closed(engine, { lanes: 1, size: 1 }, timing);
  const many = await closed(engine, { lanes: 256, size: 1 }, timing);
  const batched = await closed(engine, { lanes: 8, size: 100 }, timing);
  const read = readFor(engine, timing);
  await engine.close();
  return { single, many, batched, read };
}

async function closed(engine: Engine, shape: { lanes: number; size: number }, timing: Timing): Promise<Rate> {
  const meter = new Meter();
  const names = plain.streamNames(STREAMS);
  let next = 0;
  const send = (): void => {
    if (!meter.running) return;
    meter.underWay++;
    const stream = names[next++ % STREAMS]!;
    engine.append({ stream, expected: 'any', events: events(shape.size) }).then(
      () => {
        meter.done(shape.size);
        send();
      },
      (error) => meter.fail(error),
    );
  };
  for (let lane = 0; lane < shape.lanes; lane++) send();
  const { seconds, cpuUs } = await meter.measured(timing);
  await meter.drained();
  return rateOf(meter.events, seconds, cpuUs);
}

/** Once to warm up, then again and again until the time is over. */
function readFor(engine: Engine, { measureMs }: Timing): Rate {
  readThrough(engine);
  const watch = plain.stopwatch();
  let read = 0;
  while (watch.seconds() * 1000 < measureMs) read += readThrough(engine);
  return rateOf(read, watch.seconds(), watch.cpuUs());
}

function readThrough(engine: Engine): number {
  let from = 1;
  for (;;) {
    const last = engine.readAll({ from, max: SLICE }).at(-1);
    if (last === undefined) return from - 1;
    from = last.position + 1;
  }
}

/** Grows one log to each mark, and measures there what one append costs, 256 under way. */
export async function engineCurve({ dir, marks }: Of<'engine-curve'>): Promise<Curve> {
  const engine = await openEngine({ dir });
  const names = plain.streamNames(STREAMS);
  await grow(engine, names, SAMPLE / 4);
  const points: CurvePoint[] = [];
  for (const mark of marks) {
    await grow(engine, names, mark);
    points.push(await point(engine, names));
  }
  await engine.close();
  const watch = plain.stopwatch();
  const again = await openEngine({ dir });
  const openMs = short(watch.seconds() * 1000);
  await again.close();
  const { size } = await stat(join(dir, 'log.mdb'));
  return { points, fileMiB: mebi(size), openMs };
}

async function point(engine: Engine, names: string[]): Promise<CurvePoint> {
  const at = engine.head();
  const watch = plain.stopwatch();
  await inTurns(SAMPLE, 256, (nth) => one(engine, names[nth % names.length]!));
  const [seconds, cpuUs] = [watch.seconds(), watch.cpuUs()];
  return {
    events: at,
    appendUs: short((seconds * 1e6) / SAMPLE),
    cpuUs: short(cpuUs / SAMPLE),
    memoryMiB: ownMemory(),
  };
}

async function grow(engine: Engine, names: string[], to: number): Promise<void> {
  const appends = Math.max(0, Math.ceil((to - engine.head()) / 100));
  await inTurns(appends, 16, (nth) => {
    return engine.append({ stream: names[nth % names.length]!, expected: 'any', events: events(100) });
  });
}

/** One event into each of ever more streams: what the process holds of them. */
export async function engineStreams({ dir, marks }: Of<'engine-streams'>): Promise<StreamsPoint[]> {
  const engine = await openEngine({ dir });
  const points: StreamsPoint[] = [];
  let made = 0;
  for (const mark of marks) {
    const from = made;
    await inTurns(mark - from, 256, (nth) => one(engine, `measured-${from + nth}`));
    made = mark;
    points.push({ streams: mark, memoryMiB: ownMemory() });
  }
  await engine.close();
  return points;
}

const one = (engine: Engine, stream: string) => engine.append({ stream, expected: 'any', events: [event()] });

/** Does a number of things, so many at a time. */
async function inTurns(count: number, atOnce: number, act: (nth: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

const mebi = (bytes: number) => Math.round(bytes / 2 ** 20);
/** Without the pages of the log's file that are mapped: those the system takes back when somebody needs them. */
function ownMemory(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const kibi = /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
  return mebi(kibi === undefined ? process.memoryUsage.rss() : Number(kibi) * 1024);
}
