import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { openEngine } from '../../eventstore/embedded/engine/engine.js';
import type { ProposedEvent } from '../../eventstore/embedded/engine/types.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import type { NewEvent } from '../../eventstore/log.js';
import { lineMaker } from '../../projections/copy.js';
import { type Logger, openPool } from '../../projections/database.js';
import { gameEvents } from '../../projections/game-events.js';
import { projections } from '../../projections/index.js';
import { type RebuildProgress, rebuild } from '../../projections/rebuild/rebuild.js';
import { recordedOf } from '../../projections/recorded.js';
import { short } from '../statistics.js';
import { historyOf } from './history.js';
import type { Built, Mark, Rate, ReadModelsJob } from './jobs.js';
import { rateOf } from './log-client.js';
import { stopwatch } from './plain.js';

export type Of<K extends ReadModelsJob['kind']> = Extract<ReadModelsJob, { kind: K }>;

/** Appends of which the engine makes its commits. */
const APPENDS_AT_ONCE = 64;

/** Writes the history into a folder, as a log that an embedded node can open. */
export async function fillWithHistory({ dir, events }: Of<'history'>): Promise<Rate> {
  const engine = await openEngine({ dir });
  const watch = stopwatch();
  let underWay: Promise<unknown>[] = [];
  for (const { stream, events: some } of historyOf(events)) {
    underWay.push(engine.append({ stream, expected: 'any', events: some.map(proposed) }));
    if (underWay.length < APPENDS_AT_ONCE) continue;
    await Promise.all(underWay);
    underWay = [];
  }
  await Promise.all(underWay);
  const [seconds, cpuUs, head] = [watch.seconds(), watch.cpuUs(), engine.head()];
  await engine.close();
  return rateOf(head, seconds, cpuUs);
}

const proposed = ({ id, type, data, metadata }: NewEvent): ProposedEvent => ({
  id: Buffer.from(id.replaceAll('-', ''), 'hex'),
  type,
  isJson: true,
  data: Buffer.from(JSON.stringify(data)),
  metadata: Buffer.from(JSON.stringify(metadata)),
});

const say = (fields: object, message: string) => console.error(message, JSON.stringify(fields));
/** What goes wrong is told: a figure of it would be none. */
export const logger: Logger = { info: () => {}, warn: say, error: say };

/** All read models from nothing, as `agl rebuild` makes them. */
export async function buildAll({ log: url, database, upTo }: Of<'rebuild'>): Promise<Built> {
  const log = connectLog({ url });
  const pool = openPool({ url: database, logger });
  const head = await log.head();
  const part = { ...log, head: async () => Math.min(upTo ?? head, head) };
  const watch = stopwatch();
  const progress = progressOf(watch.seconds);
  const { signal } = new AbortController();
  await rebuild({ log: part, pool }, projections, { signal, onProgress: progress.on });
  const [seconds, cpuUs] = [watch.seconds(), watch.cpuUs()];
  await Promise.all([log.close(), pool.end()]);
  const { events, marks, phases } = progress.ended(seconds);
  return {
    ...rateOf(events, seconds, cpuUs),
    seconds: { all: short(seconds), ...phases },
    marks,
  };
}

type Phase = 'reading' | 'indexing' | 'switching';

/** What a build tells, with the time at which it is told. */
function progressOf(seconds: () => number) {
  const marks: Mark[] = [];
  const phases: Record<Phase, number> = { reading: 0, indexing: 0, switching: 0 };
  let phase: Phase = 'reading';
  let since = 0;
  let read = 0;
  const enter = (next: Phase, now: number) => {
    phases[phase] += now - since;
    [phase, since] = [next, now];
  };
  return {
    on(told: RebuildProgress): void {
      const now = seconds();
      if (told.phase === 'reading') {
        // A batch is told when it is read: by then the one before is written, and no more.
        marks.push({ events: read, seconds: now });
        read = told.events;
        return;
      }
      if (marks.at(-1)?.events !== read) marks.push({ events: read, seconds: now });
      if (told.phase !== 'comparing') enter(told.phase, now);
    },
    ended(now: number) {
      enter('reading', now);
      const each = Object.entries(phases).map(([name, value]) => [name, short(value)]);
      return { events: read, marks, phases: Object.fromEntries(each) as typeof phases };
    },
  };
}

/** Lines made before the time is taken, again and again: what is measured makes none. */
const LINES = 20_000;
const PIECE = 512;

/** As many rows as wanted, shaped as those of `game_events`, by COPY in one transaction. */
export async function copyBare({ database, rows }: Of<'copy-rows'>): Promise<Rate> {
  const lines = linesOf(Math.min(rows, LINES));
  const { columns } = gameEvents.tables.game_events!;
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const shape = Object.entries(columns).map(([name, type]) => `${name} ${type.replace('?', '')}`);
  await client.query('drop table if exists bare_rows');
  await client.query(`create table bare_rows (${shape.join(', ')})`);
  const watch = stopwatch();
  const stream = client.query(copyFrom('copy bare_rows from stdin'));
  const done = finished(stream);
  for (let written = 0; written < rows; ) {
    const at = written % lines.length;
    const piece = lines.slice(at, at + Math.min(PIECE, rows - written));
    written += piece.length;
    if (!stream.write(piece.join(''))) await once(stream, 'drain');
  }
  stream.end();
  await done;
  const [seconds, cpuUs] = [watch.seconds(), watch.cpuUs()];
  const { rows: counted } = await client.query('select count(*)::int as count from bare_rows');
  await client.end();
  return rateOf(counted[0].count, seconds, cpuUs);
}

/** Lines of the rows that the history's game events become. */
function linesOf(count: number): string[] {
  const lineOf = lineMaker(gameEvents.tables.game_events!);
  const lines: string[] = [];
  for (const { stream, events } of historyOf(count * 2)) {
    for (const event of events) {
      if (event.type !== 'GameEventRecorded' || lines.length === count) continue;
      const position = lines.length + 1;
      const recorded = recordedOf({ ...event, stream, revision: position, position });
      const { game_events: row } = gameEvents.fold(recorded!, undefined);
      lines.push(lineOf(row as Record<string, unknown>));
    }
  }
  return lines;
}
