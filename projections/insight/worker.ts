/**
 * The process in which an analyst's code runs: it may read files, and nothing else of this machine. It is told one
 * task, tells what came of it, and ends.
 */
import { Script } from 'node:vm';
import { type Book, learnFor } from '../../domain/emotion/book.js';
import { UnreadableEvent } from '../../domain/events/read.js';
import { LogUnavailable, type PlacedEvent, START } from '../../eventstore/log.js';
import { bookWith } from '../emotion-model/models.js';
import { type Recorded, recordedOf } from '../recorded.js';
import type { Row } from './define.js';
import { advance, belongs, ended, type Folded, type Scope } from './fold.js';
import { type Loaded, loaded } from './load.js';
import {
  type Followed,
  type FromWorker,
  type PlayerRows,
  type Share,
  type Task,
  tookTooLong,
} from './messages.js';
import { rowsOf } from './rows.js';

const PLAYERS_AT_ONCE = 200;
const TELL_EVERY_MS = 100;

const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => process.send!(message, undefined, {}, () => resolve()));

const counts = { events: 0, unreadable: 0 };

process.on('disconnect', () => process.exit(1));
process.once('message', async (task: Task) => {
  try {
    const within = timeLimit(task.timeoutS);
    // Before the analyst's code has anything to say.
    const book = await bookWith(task.models, (message) => console.error(message));
    const insight = within(() => loaded(task.bundle));
    if ('share' in task) await foldShare({ ...insight, book }, task.share, within);
    else if ('follow' in task) await foldOn({ ...insight, book }, task.follow, task.timeoutS);
    else await tell({ rows: within(() => totalOf(insight, task.total)) });
    await tell({ done: { ...counts, hasTotal: insight.insight.total !== undefined } });
  } catch (error) {
    await failed(error);
  }
  process.exit(0);
});

async function failed(error: unknown): Promise<void> {
  const [line] = (error as Error).message.split('\n');
  await tell({ failed: line!, isItsFault: !(error instanceof LogUnavailable) });
  process.exit(0);
}

async function foldShare(
  loaded: Reading,
  { url, streams, upTo, scope }: Share,
  within: Within,
): Promise<void> {
  const { connectLog } = await import('../../eventstore/log.eventstore.js');
  const log = connectLog({ url });
  const players = new Map<string, Folded>();
  let told = Number.NEGATIVE_INFINITY;
  for await (const batch of log.read(START, { streams, upTo, signal: new AbortController().signal })) {
    await learnFor(loaded.book, batch, log);
    within(() => foldBatch(loaded, { batch, players, scope }));
    if (performance.now() - told < TELL_EVERY_MS) continue;
    told = performance.now();
    await tell({ at: batch[batch.length - 1]!.position });
  }
  await log.close();
  const all = [...players.values()];
  for (let n = 0; n < all.length; n += PLAYERS_AT_ONCE) {
    const part = all.slice(n, n + PLAYERS_AT_ONCE);
    await tell({ players: within(() => part.map((folded) => rowsAtEnd(loaded, folded))) });
  }
}

/** From the start of the log on, without end. `timeoutS` is for each batch, and for the rows each time. */
async function foldOn(
  loaded: Reading,
  { url, scope, from, everyMs }: Followed,
  timeoutS: number,
): Promise<void> {
  const { connectLog } = await import('../../eventstore/log.eventstore.js');
  const log = connectLog({ url });
  const players = new Map<string, Folded>();
  let told = Number.NEGATIVE_INFINITY;
  let position = START;
  let changed = true;
  const tellRows = async () => {
    if (!changed || position < from) return;
    changed = false;
    await tell({ kept: { rows: timeLimit(timeoutS)(() => rowsNow(loaded, players)), position } });
  };
  const ticking = setInterval(() => void tellRows().catch(failed), everyMs);
  for await (const batch of log.follow(START, { signal: new AbortController().signal })) {
    const mine = batch.events.filter(
      ({ stream, metadata }) => stream.startsWith('player-') && belongs(metadata, scope),
    );
    await learnFor(loaded.book, mine, log);
    timeLimit(timeoutS)(() => foldBatch(loaded, { batch: mine, players, scope }));
    position = batch.position;
    changed ||= mine.length > 0;
    if (performance.now() - told < TELL_EVERY_MS) continue;
    told = performance.now();
    await tell({ at: position });
  }
  clearInterval(ticking);
}

/** In the order of the players' ids, as an insight that is asked once. */
function rowsNow(loaded: Loaded, players: ReadonlyMap<string, Folded>): Row[] {
  const ids = [...players.keys()].sort();
  const rows = ids.flatMap((id) => rowsAtEnd(loaded, players.get(id)!)[1]);
  return loaded.insight.total === undefined ? rows : totalOf(loaded, rows);
}

/** An insight, and who decides what was felt. */
type Reading = Loaded & { book: Book };

type Batch = { batch: PlacedEvent[]; players: Map<string, Folded>; scope: Scope };

/** In this process. */
const erased = new Set<string>();

/** There are no rows of who was erased, whatever comes of them after that. */
function forgets({ type, subject }: Recorded): boolean {
  if (type === 'PlayerErased') erased.add(subject);
  return erased.has(subject);
}

function foldBatch({ insight, blame, book }: Reading, { batch, players, scope }: Batch): void {
  for (const stored of batch) {
    if (!belongs(stored.metadata, scope)) continue;
    const event = readable(stored);
    if (event === null) counts.unreadable++;
    if (!event) continue;
    counts.events++;
    if (forgets(event)) {
      players.delete(event.subject);
      continue;
    }
    const before = players.get(event.subject);
    try {
      players.set(event.subject, advance(insight, scope, { before, event, book }));
    } catch (error) {
      throw blame(error, 'step', ` at event ${event.id} (${event.type}) of player ${event.subject}`);
    }
  }
}

type Within = <T>(work: () => T) => T;

/** The one who asks ends what takes too long; should nobody be there any more, Node does it from a thread of its own. */
function timeLimit(timeoutS: number): Within {
  const until = performance.now() + timeoutS * 1000;
  const script = new Script('withinTime()');
  return <T>(work: () => T): T => {
    (globalThis as { withinTime?: () => T }).withinTime = work;
    try {
      return script.runInThisContext({ timeout: Math.max(1, Math.ceil(until - performance.now())) }) as T;
    } catch (error) {
      throw (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
        ? tookTooLong(timeoutS)
        : error;
    }
  };
}

/** `undefined`: of a type that this version does not know; `null`: not as its type promises. */
function readable(stored: PlacedEvent): Recorded | null | undefined {
  try {
    return recordedOf(stored) ?? undefined;
  } catch (error) {
    if (error instanceof UnreadableEvent) return null;
    throw error;
  }
}

function rowsAtEnd({ insight, blame }: Loaded, folded: Folded): PlayerRows {
  try {
    return [folded.player.id, ended(insight, folded)];
  } catch (error) {
    throw blame(error, 'end', ` for player ${folded.player.id}`);
  }
}

function totalOf({ insight, blame }: Loaded, rows: Row[]): Row[] {
  try {
    return rowsOf(insight.total!(rows));
  } catch (error) {
    throw blame(error, 'total');
  }
}
