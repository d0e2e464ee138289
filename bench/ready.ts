import { join } from 'node:path';
import { startWorker } from './child.js';
import { admit, settled, startEngine } from './engine.js';
import type { FillJob } from './load/jobs.js';
import type { Bench } from './parts.js';
import { type Spread, spreadOf } from './statistics.js';

const TIMES = 3;
const PLAYERS = 20;
const USED_EVENTS = 20_000;

type ReadyOn = { events: number; ms: Spread; targetMs: number };
export type Ready = { empty: ReadyOn; used: ReadyOn };

/** From spawning the engine to its `ready` line: on a new folder, and on one that holds a past. */
export async function ready(bench: Bench): Promise<Ready> {
  const empty: number[] = [];
  let dir = '';
  for (let nth = 0; nth < TIMES; nth++) {
    bench.say(`ready on an empty folder: ${nth + 1} of ${TIMES}`);
    dir = join(await bench.tidy.folder(), 'engine');
    empty.push(await readyOnce(bench, dir));
  }
  bench.say(`a past of ${USED_EVENTS} events`);
  await use(bench, dir);
  const used: number[] = [];
  for (let nth = 0; nth < TIMES; nth++) {
    bench.say(`ready on a used folder: ${nth + 1} of ${TIMES}`);
    used.push(await readyOnce(bench, dir));
  }
  return {
    empty: { events: 0, ms: spreadOf(empty), targetMs: 15_000 },
    used: { events: USED_EVENTS, ms: spreadOf(used), targetMs: 5_000 },
  };
}

async function readyOnce({ tidy }: Bench, dir: string): Promise<number> {
  const engine = await startEngine(dir);
  tidy.later(engine.stop);
  await engine.stop();
  return engine.readyMs;
}

async function use({ tidy }: Bench, dir: string): Promise<void> {
  const engine = await startEngine(dir);
  tidy.later(engine.stop);
  const worker = startWorker();
  tidy.later(worker.stop);
  const { tokens, apiKey } = await admit(engine, PLAYERS);
  await worker.run<FillJob>({ kind: 'fill', url: engine.url, tokens, events: USED_EVENTS, size: 100 });
  await settled(engine.url, apiKey);
  await worker.stop();
  await engine.stop();
}
