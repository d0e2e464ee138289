import { join } from 'node:path';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { startEchoServer, startWorker, type Worker } from './child.js';
import { admit, type Guests, settled, startEngine } from './engine.js';
import type { OpenJob, OpenResult, Story } from './load/jobs.js';
import type { Bench } from './parts.js';
import { type Delays, type Spread, short, spreadOf } from './statistics.js';

export const PLAYERS = 100;
export const PER_SECOND = 200;
export const LATENCY_TARGET = 3;
const WARM_UP_MS = 1_000;

/** Over the rounds: the medians, and how far apart they lie. */
export type DelaySpread = { count: number; p50: Spread; p99: Spread };

export type OfStory = { events: number; refused: number; ack: DelaySpread; action: DelaySpread | null };

export type Latency = {
  players: number;
  perSecond: number;
  /** A WebSocket server that only sends the same frame back. */
  echo: DelaySpread;
  /** The official client alone: one append of one event. */
  append: DelaySpread;
  stories: Record<Story, OfStory>;
  /** p50 of event to action, of events always answered, to p50 of echo + 2 × append. */
  ratio: number;
  ratios: Spread;
  target: number;
  /** How late the load itself was, over all its rounds: what the delays cannot be blamed for. */
  loadLate: DelaySpread;
};

type Sides = { worker: Worker; engineUrl: string; nodeUrl: string; echoUrl: string; guests: Guests };
type Round = { echo: OpenResult; append: OpenResult; answered: OpenResult; match: OpenResult };

/** From an event to what the companion does about it, beside what a socket and two appends cost alone. */
export async function latency(bench: Bench): Promise<Latency> {
  const sides = await openSides(bench);
  const rounds: Round[] = [];
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`latency: round ${nth + 1} of ${bench.rounds}`);
    rounds.push(await oneRound(sides, bench.seconds));
  }
  return summed(rounds);
}

async function openSides({ tidy }: Bench): Promise<Sides> {
  const dir = await tidy.folder();
  const engine = await startEngine(join(dir, 'engine'));
  tidy.later(engine.stop);
  const node = await startEmbeddedNode({ dir: join(dir, 'bare') });
  tidy.later(node.stop);
  const echo = await startEchoServer();
  tidy.later(echo.stop);
  const worker = startWorker();
  tidy.later(worker.stop);
  const guests = await admit(engine, PLAYERS);
  return { worker, engineUrl: engine.url, nodeUrl: node.url, echoUrl: echo.url, guests };
}

async function oneRound({ worker, guests, ...urls }: Sides, seconds: number): Promise<Round> {
  const common = { perSecond: PER_SECOND, warmUpMs: WARM_UP_MS, measureMs: seconds * 1000 };
  const bare = { ...common, lanes: PLAYERS, story: 'answered' } as const;
  const toGateway = { kind: 'gateway-open', url: urls.engineUrl, tokens: guests.tokens } as const;
  const echo = await worker.run<OpenJob>({ kind: 'echo-open', url: urls.echoUrl, ...bare });
  const append = await worker.run<OpenJob>({ kind: 'bare-open', url: urls.nodeUrl, ...bare });
  const answered = await worker.run<OpenJob>({ ...toGateway, ...common, story: 'answered' });
  await settled(urls.engineUrl, guests.apiKey);
  const match = await worker.run<OpenJob>({ ...toGateway, ...common, story: 'match' });
  await settled(urls.engineUrl, guests.apiKey);
  return { echo, append, answered, match };
}

function summed(rounds: Round[]): Latency {
  const of = (pick: (round: Round) => Delays | null) => delaySpread(rounds.map(pick));
  const [echo, append, action] = [
    of((round) => round.echo.answer)!,
    of((round) => round.append.answer)!,
    of((round) => round.answered.action),
  ];
  if (!action) throw new Error('no event was answered by an action');
  const results = rounds.flatMap((round) => [round.echo, round.append, round.answered, round.match]);
  return {
    players: PLAYERS,
    perSecond: PER_SECOND,
    echo,
    append,
    stories: { answered: ofStory(rounds, 'answered'), match: ofStory(rounds, 'match') },
    ratio: short(action.p50.median / (echo.p50.median + 2 * append.p50.median)),
    ratios: spreadOf(rounds.map(ratioOf)),
    target: LATENCY_TARGET,
    loadLate: delaySpread(results.map((result) => result.late))!,
  };
}

function ofStory(rounds: Round[], story: Story): OfStory {
  const results = rounds.map((round) => round[story]);
  return {
    events: results.reduce((sum, { sent }) => sum + sent, 0),
    refused: results.reduce((sum, { refused }) => sum + refused, 0),
    ack: delaySpread(results.map(({ answer }) => answer))!,
    action: delaySpread(results.map(({ action }) => action)),
  };
}

const ratioOf = ({ echo, append, answered }: Round) =>
  (answered.action?.p50 ?? Number.POSITIVE_INFINITY) / (echo.answer.p50 + 2 * append.answer.p50);

function delaySpread(all: (Delays | null)[]): DelaySpread | null {
  const delays = all.filter((one) => one !== null);
  if (delays.length === 0) return null;
  return {
    count: delays.reduce((sum, { count }) => sum + count, 0),
    p50: spreadOf(delays.map(({ p50 }) => p50)),
    p99: spreadOf(delays.map(({ p99 }) => p99)),
  };
}
