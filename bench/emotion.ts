import { percentile } from '../cli/terminal/percentile.js';
import { builtIn, type Deciders, type Feeling, feel, initialFeeling } from '../domain/emotion/feel.js';
import { readLogEvent } from '../domain/events/read.js';
import { type LoadedModel, loadModel } from '../projections/emotion-model/model-file.js';
import { knownModels } from '../projections/emotion-model/models.js';
import type { Bench } from './parts.js';
import { type Spread, short, spreadOf } from './statistics.js';
import { type Tales, type Told, talesOf } from './told-events.js';

const EVENTS = 20_000;
const WARM_UP_S = 1;

/** Microseconds of one event: of the processor on the mean, and by the clock. */
export type FeltSide = { perSecond: Spread; cpuUs: Spread; p50Us: Spread; p99Us: Spread };
/** `cpu`: of the means of each round. */
export type Ratios = { cpu: Spread; p50: number; p99: number };
export type EmotionFigures = {
  events: number;
  from: Tales['from'];
  /** The model's version. */
  model: string;
  /** `feel()` by the built-in rules alone, and with the shipped model. */
  rules: FeltSide;
  whole: FeltSide;
  /** The same events out of their text as stored: JSON alone; and checked as whoever reads the log has them checked. */
  json: FeltSide;
  read: FeltSide;
  /** How many times as long as `read`, and as `json`. */
  toRead: { rules: Ratios; whole: Ratios };
  toJson: { rules: Ratios; whole: Ratios };
};

type Name = 'rules' | 'whole' | 'json' | 'read';
/** Does it to all events, in their order; told how long each took, when that is asked for. */
type Pass = (each?: (us: number) => void) => void;
type Round = { perSecond: number; cpu: number; p50: number; p99: number };

/** What feeling costs beside reading the same events, in turns, in one thread. */
export async function emotion(bench: Bench): Promise<EmotionFigures> {
  const model = await shipped();
  bench.tidy.later(async () => model.free());
  const { from, told } = talesOf(bench.events ?? EVENTS);
  const passes: Record<Name, Pass> = {
    rules: feeling(told, builtIn),
    whole: feeling(told, { ...builtIn, model }),
    json: reading(told, (text) => JSON.parse(text)),
    read: reading(told, (text) => readLogEvent(JSON.parse(text))),
  };
  const names = Object.keys(passes) as Name[];
  bench.say(`emotion, ${told.length} events of the ${from}: warming up`);
  for (const name of names) measured(passes[name], { events: told.length, seconds: WARM_UP_S });
  const rounds = Object.fromEntries(names.map((name) => [name, [] as Round[]])) as Record<Name, Round[]>;
  for (let nth = 0; nth < bench.rounds; nth++) {
    bench.say(`emotion: round ${nth + 1} of ${bench.rounds}`);
    for (const name of names)
      rounds[name].push(measured(passes[name], { events: told.length, seconds: bench.seconds }));
  }
  return { events: told.length, from, model: model.version, ...figuresOf(rounds) };
}

/** @throws Error where none is there. */
async function shipped(): Promise<LoadedModel> {
  const [known] = knownModels('.').filter((one) => one.shipped);
  if (!known) throw new Error('there is no shipped model');
  if ('trouble' in known) throw new Error(`the shipped model cannot be used: ${known.trouble}`);
  return loadModel(known.file);
}

/** Every pass begins with players who have felt nothing. */
const feeling =
  (told: readonly Told[], deciders: Deciders): Pass =>
  (each) => {
    const feelings = new Map<string, Feeling>();
    for (const { player, event } of told) {
      const before = feelings.get(player) ?? initialFeeling;
      const began = each ? performance.now() : 0;
      const felt = feel(event, before, deciders);
      each?.((performance.now() - began) * 1000);
      feelings.set(player, felt.feeling);
    }
  };

const reading =
  (told: readonly Told[], read: (text: string) => unknown): Pass =>
  (each) => {
    for (const { stored } of told) {
      const began = each ? performance.now() : 0;
      read(stored);
      each?.((performance.now() - began) * 1000);
    }
  };

/** Half of the time for how many, without a clock at each event; then by the clock for how long each takes. */
function measured(pass: Pass, { events, seconds }: { events: number; seconds: number }): Round {
  const half = (seconds * 1000) / 2;
  const began = performance.now();
  const before = process.cpuUsage();
  let done = 0;
  do {
    pass();
    done += events;
  } while (performance.now() - began < half);
  const perSecond = done / ((performance.now() - began) / 1000);
  const { user, system } = process.cpuUsage(before);
  const us: number[] = [];
  const clocked = performance.now();
  do pass((one) => us.push(one));
  while (performance.now() - clocked < half);
  return { perSecond, cpu: (user + system) / done, p50: percentile(us, 50), p99: percentile(us, 99) };
}

function figuresOf(rounds: Record<Name, Round[]>) {
  const side = (name: Name): FeltSide => ({
    perSecond: spreadOf(rounds[name].map(({ perSecond }) => perSecond)),
    cpuUs: spreadOf(rounds[name].map(({ cpu }) => cpu)),
    p50Us: spreadOf(rounds[name].map(({ p50 }) => p50)),
    p99Us: spreadOf(rounds[name].map(({ p99 }) => p99)),
  });
  const sides = { rules: side('rules'), whole: side('whole'), json: side('json'), read: side('read') };
  /** Those of the same round side by side: what the machine gives changes from round to round. */
  const ratios = (of: Name, to: Name): Ratios => {
    const cpu = spreadOf(rounds[of].map((round, nth) => round.cpu / rounds[to][nth]!.cpu));
    const times = (part: 'p50Us' | 'p99Us') => short(sides[of][part].median / sides[to][part].median);
    return { cpu, p50: times('p50Us'), p99: times('p99Us') };
  };
  return {
    ...sides,
    toRead: { rules: ratios('rules', 'read'), whole: ratios('whole', 'read') },
    toJson: { rules: ratios('rules', 'json'), whole: ratios('whole', 'json') },
  };
}
