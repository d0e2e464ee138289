import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FadingParts, type Forgotten, forgetFaded } from '../commands/memory/fading.js';
import type { MemoryFacts } from '../domain/memory/memory.js';
import { DAY_MS } from '../domain/memory/strength.js';
import type { Pool } from '../projections/database.js';
import { memoriesById } from '../projections/memory/asked.js';
import { type FadedMemory, fadedIn } from '../projections/memory/kept.js';
import { type Attached, attach } from './attach.js';
import { createLogger } from './logger.js';
import { runningEngine } from './running-engine.js';
import { readSettings, type Settings, UsageError } from './settings.js';
import { columns, harmless } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const forget: Verb = {
  help: `
  agl forget --faded [--dry-run] [--json]

  --faded      what was neither lived nor recalled for 90 days, and is weaker than 0.35
  --dry-run    forgets nothing: tells how much it would be, and shows the first twenty
  --json       as JSON

The engine does this by itself once a day. Works beside a running engine on the same data folder, and without one.
`,
  options: { faded: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
  run,
};

async function run({ values, files }: Given): Promise<number> {
  if (files.length > 0) throw new UsageError(`forget: takes no ${files[0]}`, 2);
  if (!values.faded) throw new UsageError('forget: say --faded: what else is forgotten, players ask for', 2);
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  if (!hasReadModels(settings))
    throw new UsageError(`forget: there are no read models in ${settings.AGL_DATA_DIR}`);
  const attached = await attach(settings, createLogger(settings.LOG_LEVEL));
  try {
    const told = await doneBy(attached, values['dry-run'] === true);
    process.stdout.write(
      values.json ? `${JSON.stringify(told, null, 2)}\n` : `${linesOf(told).join('\n')}\n`,
    );
    return 0;
  } finally {
    await attached.close();
  }
}

const hasReadModels = (settings: Settings): boolean =>
  settings.DATABASE_URL !== undefined ||
  runningEngine(settings) !== null ||
  existsSync(join(settings.AGL_DATA_DIR, 'postgres'));

async function doneBy({ side, pool, settle }: Attached, dryRun: boolean): Promise<Told> {
  // What was recalled a moment ago has to be known to be.
  await settle(() => {});
  const parts = { log: side.log, pool, now: side.now };
  if (dryRun) return wouldForget(parts);
  const forgotten = await forgetNow(parts);
  await settle(() => {});
  return forgotten;
}

type Parts = Pick<FadingParts, 'log' | 'now'> & { pool: Pool };

/** A memory that would go, told by what the game called things. `days`: since it was last lived, told or recalled. */
export type Shown = Pick<FadedMemory, 'kind' | 'strength'> & {
  playerId: string;
  facts: MemoryFacts;
  occurrences: number;
  days: number;
};
export type Told = Forgotten & { dryRun: boolean; first?: Shown[] };

export const forgetNow = async ({ pool, ...parts }: Parts): Promise<Told> => ({
  dryRun: false,
  ...(await forgetFaded({ ...parts, faded: (at) => fadedIn(pool, at) })),
});

const SHOWN_MAX = 20;

/** Nothing is written. */
export async function wouldForget({ pool, now }: Pick<Parts, 'pool' | 'now'>): Promise<Told> {
  const at = now();
  const told = { dryRun: true, players: 0, memories: 0, occurrences: 0, first: [] as Shown[] };
  for await (const { playerId, memories } of fadedIn(pool, at)) {
    told.players++;
    told.memories += memories.length;
    told.occurrences += memories.reduce((sum, { memoryIds }) => sum + memoryIds.length, 0);
    const wanted = memories.slice(0, SHOWN_MAX - told.first.length);
    for (const memory of wanted) told.first.push(await shown(pool, { playerId, memory, at }));
  }
  return told;
}

type OfPlayer = { playerId: string; memory: FadedMemory; at: Date };

async function shown(pool: Pool, { playerId, memory, at }: OfPlayer): Promise<Shown> {
  const { kind, strength, since, memoryIds } = memory;
  const all = await memoriesById(pool, playerId, memoryIds);
  const last = [...all.values()].sort((one, other) => one.revision - other.revision).at(-1);
  const days = Math.floor((at.getTime() - Date.parse(since)) / DAY_MS);
  const facts = last?.facts ?? { what: kind };
  return { playerId, kind, facts, occurrences: memoryIds.length, days, strength };
}

/** For people. */
export function linesOf({ dryRun, players, memories, occurrences, first = [] }: Told): string[] {
  if (memories === 0) return ['nothing has faded'];
  const verb = dryRun ? 'would be forgotten' : 'forgotten';
  const sum = `${memories} memories of ${players} players, ${occurrences} occurrences: ${verb}`;
  if (!dryRun) return [sum];
  const rows = first.map(({ playerId, kind, facts, days, strength, occurrences: times }) => [
    ...[playerId, kind, harmless(factsIn(facts)), String(times), String(days), strength.toFixed(2)],
  ]);
  const more = memories - first.length;
  const table = columns(['player', 'kind', 'of what', 'times', 'days', 'strength'], rows);
  return [...table, ...(more > 0 ? [`and ${more} more`] : []), sum];
}

const factsIn = ({ what, ...facts }: MemoryFacts): string =>
  [what, ...Object.entries(facts).map(([name, value]) => `${name} ${value}`)].join(', ');
