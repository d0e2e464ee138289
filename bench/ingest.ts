import { join } from 'node:path';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { startWorker, type Worker } from './child.js';
import { admit, type Guests, settled, startEngine } from './engine.js';
import type { ClosedJob, Throughput } from './load/jobs.js';
import type { Bench } from './parts.js';
import { type Spread, short, spreadOf } from './statistics.js';

export const LANES = 50;
/** Requests under way in each lane, by the events in each. */
export const shapes = [
  { size: 100, window: 1 },
  { size: 1, window: 8 },
] as const;
export const INGEST_TARGET = 0.6;
const WARM_UP_MS = 1_000;

type Shape = (typeof shapes)[number];

export type IngestOfShape = {
  size: number;
  lanes: number;
  window: number;
  /** Acknowledged events a second. */
  gateway: Spread;
  bare: Spread;
  /** Gateway to bare: of the medians, and of the rounds. */
  ratio: number;
  ratios: Spread;
  target: number;
  /** Companion actions for each acknowledged event, while it was measured. */
  actionsPerEvent: number;
  /** Frames that the engine asked to be sent again later: what it could not bear. */
  refused: number;
  /** How long the engine felt and read on after the load, in ms. */
  settledMs: Spread;
};

type Sides = { gateway: Worker; bare: Worker; engineUrl: string; nodeUrl: string; guests: Guests };
type Round = { gateway: Throughput; bare: Throughput; settledMs: number };

/** Events a second through the gateway, and through the official client alone, in turns. */
export async function ingest(bench: Bench): Promise<IngestOfShape[]> {
  const sides = await openSides(bench);
  const results: IngestOfShape[] = [];
  for (const shape of shapes) {
    const rounds: Round[] = [];
    for (let nth = 0; nth < bench.rounds; nth++) {
      bench.say(`ingest, frames of ${shape.size}: round ${nth + 1} of ${bench.rounds}`);
      rounds.push(await oneRound(sides, shape, bench.seconds));
    }
    results.push(summed(shape, rounds));
  }
  return results;
}

async function openSides({ tidy }: Bench): Promise<Sides> {
  const dir = await tidy.folder();
  const engine = await startEngine(join(dir, 'engine'));
  tidy.later(engine.stop);
  const node = await startEmbeddedNode({ dir: join(dir, 'bare') });
  tidy.later(node.stop);
  const [gateway, bare] = [startWorker(), startWorker()];
  tidy.later(gateway.stop);
  tidy.later(bare.stop);
  const guests = await admit(engine, LANES);
  return { gateway, bare, engineUrl: engine.url, nodeUrl: node.url, guests };
}

async function oneRound(sides: Sides, shape: Shape, seconds: number): Promise<Round> {
  const common = { ...shape, warmUpMs: WARM_UP_MS, measureMs: seconds * 1000 };
  const toGateway = { kind: 'gateway-closed', url: sides.engineUrl, tokens: sides.guests.tokens } as const;
  const toNode = { kind: 'bare-closed', url: sides.nodeUrl, lanes: LANES } as const;
  const gateway = await sides.gateway.run<ClosedJob>({ ...toGateway, ...common });
  const settledMs = await settled(sides.engineUrl, sides.guests.apiKey);
  const bare = await sides.bare.run<ClosedJob>({ ...toNode, ...common });
  return { gateway, bare, settledMs };
}

function summed({ size, window }: Shape, rounds: Round[]): IngestOfShape {
  const gateway = spreadOf(rounds.map((round) => round.gateway.perSecond));
  const bare = spreadOf(rounds.map((round) => round.bare.perSecond));
  const events = rounds.reduce((sum, round) => sum + round.gateway.events, 0);
  const actions = rounds.reduce((sum, round) => sum + round.gateway.actions, 0);
  return {
    size,
    lanes: LANES,
    window,
    gateway,
    bare,
    ratio: short(gateway.median / bare.median),
    ratios: spreadOf(rounds.map((round) => round.gateway.perSecond / round.bare.perSecond)),
    target: INGEST_TARGET,
    actionsPerEvent: short(actions / events),
    refused: rounds.reduce((sum, round) => sum + round.gateway.refused, 0),
    settledMs: spreadOf(rounds.map((round) => round.settledMs)),
  };
}
