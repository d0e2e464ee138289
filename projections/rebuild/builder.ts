import type { Pool } from 'pg';
import type { EventLog } from '../../eventstore/log.js';
import { isDatabaseDown, type Logger, whyDown } from '../database.js';
import { isLost, StoreAway } from '../elsewhere.js';
import {
  type Asked,
  isOfVersion,
  isToGoOn,
  isUntouched,
  type Model,
  openAsked,
  readModels,
  Superseded,
} from '../models.js';
import type { Projection } from '../projection.js';
import { groupOf, wholeGroups } from '../together.js';
import { BeingRebuilt } from './lock.js';
import { type Rebuilt, rebuild } from './rebuild.js';

/** Builds these, by name, and switches to them. */
export type Build = (names: readonly string[], signal: AbortSignal) => Promise<Rebuilt[]>;

/** Builds what is asked for, while the other read models are followed. */
export type Builder = {
  /** Whether there is nothing to follow yet; then it is asked for. */
  isToBuild(projection: Projection, live: Model): Promise<boolean>;
  /** Starts what was asked for meanwhile; true when another generation is read, whoever switched, than was opened. */
  look(): Promise<boolean>;
  /** When nothing is being built any more. */
  ended(): Promise<void>;
};

type Parts = {
  log: EventLog;
  pool: Pool;
  /** Those that are followed here. What belongs to one of them is built here as well. */
  projections: readonly Projection[];
  /** All of this process. */
  all: readonly Projection[];
  logger: Logger;
  build?: Build;
};

/** Why what is asked for was not built at the last try, and when it is tried again. */
type Waiting = { why: string | null; tries: number; until: number };
const notWaiting = (): Waiting => ({ why: null, tries: 0, until: 0 });

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 8_000;

/** From so much on, building apart is faster than following. */
const FAR_BEHIND = 20_000;

/** Goes on through whatever makes who follows begin anew, until `ended`. */
export function builderOf(parts: Parts, ended: AbortSignal): Builder {
  const { log, pool, logger } = parts;
  const waiting = notWaiting();
  /** Found as this process makes them: whoever makes them otherwise since then is newer. */
  const kept = new Set<string>();
  const { build = buildHere(parts) } = parts;
  let running: Promise<void> | null = null;
  const opened = new Map<string, string>();

  const run = async (names: string[]) => {
    try {
      for (const { name, events } of await build(names, ended)) {
        logger.info({ projection: name, events }, 'a read model was built and is read from now on');
      }
      Object.assign(waiting, notWaiting());
    } catch (error) {
      if (!ended.aborted) await failed({ ...parts, waiting }, names, error);
    } finally {
      running = null;
    }
  };

  const look = async () => {
    const models = await readModels(pool);
    const names = askedOf(models, parts);
    const now = performance.now() >= waiting.until;
    if (running === null && names.length > 0 && now && !ended.aborted) running = run(names);
    return models.some(
      ({ name, stage, generation }) => stage === 'live' && (opened.get(name) ?? generation) !== generation,
    );
  };

  return {
    async isToBuild(projection, live) {
      const { name } = projection;
      opened.set(name, live.generation);
      const other = !isOfVersion(live, projection);
      if (!other) kept.add(name);
      else if (live.version > projection.version || (live.version === projection.version && kept.has(name))) {
        const { version, madeBy } = live;
        logger.warn({ projection: name, version, madeBy }, 'a newer engine keeps this read model');
        return true;
      }
      const far = isUntouched(live) && (await log.head()) - live.position > FAR_BEHIND;
      const lost = await isLost(projection, live);
      if (lost) logger.warn({ projection: name }, 'its store has lost it: it is built anew');
      if (!other && !far && !lost) return false;
      await ask(pool, projection, { by: other ? 'version' : 'start' });
      await look();
      return true;
    },
    look,
    ended: async () => {
      await running;
    },
  };
}

/** What is to be built here, with all that belongs to it; not what engines of another version ask for. */
function askedOf(models: readonly Model[], { all, projections }: Parts): string[] {
  const isAsked = (one: Projection) =>
    models.some(
      (model) =>
        model.name === one.name && model.stage === 'next' && model.asked !== null && isToGoOn(model, one),
    );
  const asked = all.filter(isAsked).map(({ name }) => name);
  const here = (one: Projection) => projections.some(({ name }) => name === groupOf(one));
  return wholeGroups(all, asked)
    .filter(here)
    .map(({ name }) => name);
}

type Trying = Parts & { waiting: Waiting };

/** It is tried again later, or never when that would be in vain. */
async function failed({ pool, logger, waiting }: Trying, names: string[], error: unknown): Promise<void> {
  const { message } = error as Error;
  const why = whyLater(error);
  if (why === null) {
    Object.assign(waiting, notWaiting());
    logger.error({ error: message }, 'a rebuild stopped');
    // The database may be away by now: then it is tried once more.
    await giveUp(pool, names, message).catch(() => {});
    return;
  }
  if (why !== waiting.why) logger.warn({ error: message }, 'a rebuild waits');
  const wait = Math.min(FIRST_WAIT_MS * 2 ** waiting.tries, LONGEST_WAIT_MS);
  Object.assign(waiting, { why, tries: waiting.tries + 1, until: performance.now() + wait });
}

/** Whoever waits need not be told twice, though each try may fail at another table; `null`: it is in vain. */
function whyLater(error: unknown): string | null {
  if (error instanceof BeingRebuilt || error instanceof Superseded) return 'another process rebuilds it';
  if (error instanceof StoreAway) return 'its store is away';
  return isDatabaseDown(error) ? whyDown(error) : null;
}

/** In this very process and thread. */
const buildHere = ({ log, pool, all }: Parts): Build => {
  return (names, signal) =>
    rebuild(
      { log, pool },
      all.filter(({ name }) => names.includes(name)),
      { signal },
    );
};

/** That an engine is to build it anew; one that stood still goes on. */
export async function ask(pool: Pool, projection: Projection, asked: Asked): Promise<void> {
  const { generation } = await openAsked(pool, projection, asked);
  await pool.query('update read_models set asked = $2, trouble = null where generation = $1', [
    generation,
    JSON.stringify(asked),
  ]);
}

async function giveUp(pool: Pool, names: string[], trouble: string): Promise<void> {
  await pool.query(
    "update read_models set asked = null, trouble = $2 where stage = 'next' and name = any($1)",
    [names, trouble.replaceAll('\0', '\uFFFD')],
  );
}
