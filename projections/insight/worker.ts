/**
 * The process in which an analyst's code runs: it may read files, and nothing else of this machine. It is told one
 * task, tells what came of it, and ends.
 */
import { UnreadableEvent } from '../../domain/events/read.js';
import type { PlacedEvent } from '../../eventstore/log.js';
import { START } from '../../eventstore/log.js';
import { type Recorded, recordedOf } from '../recorded.js';
import type { Row } from './define.js';
import { advance, belongs, ended, type Folded } from './fold.js';
import { type Loaded, loaded } from './load.js';
import { type FromWorker, type PlayerRows, type Share, type Task } from './messages.js';
import { rowsOf } from './rows.js';

const PLAYERS_AT_ONCE = 200;
const TELL_EVERY_MS = 100;

const tell = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => process.send!(message, undefined, {}, () => resolve()));

const counts = { events: 0, unreadable: 0 };

process.on('disconnect', () => process.exit(1));
process.once('message', async (task: Task) => {
  try {
    const insight = loaded(task.bundle);
    if ('share' in task) await foldShare(insight, task.share);
    else await tell({ rows: totalOf(insight, task.total) });
    await tell({ done: { ...counts, hasTotal: insight.insight.total !== undefined } });
  } catch (error) {
    await tell({ failed: (error as Error).message.split('\n')[0]! });
  }
  process.exit(0);
});

async function foldShare({ insight, blame }: Loaded, { url, streams, upTo, scope }: Share): Promise<void> {
  const { connectLog } = await import('../../eventstore/log.eventstore.js');
  const log = connectLog({ url });
  const players = new Map<string, Folded>();
  let told = 0;
  for await (const batch of log.read(START, { streams, upTo, signal: new AbortController().signal })) {
    for (const stored of batch) {
      if (!belongs(stored.metadata, scope)) continue;
      const event = readable(stored);
      if (event === null) counts.unreadable++;
      if (!event) continue;
      counts.events++;
      const before = players.get(event.subject);
      try {
        players.set(event.subject, advance(insight, scope, { before, event }));
      } catch (error) {
        throw blame(error, 'step', ` at event ${event.id} (${event.type}) of player ${event.subject}`);
      }
    }
    if (Date.now() - told < TELL_EVERY_MS) continue;
    told = Date.now();
    await tell({ at: batch[batch.length - 1]!.position });
  }
  await log.close();
  let ready: PlayerRows[] = [];
  for (const [id, folded] of players) {
    ready.push([id, rowsAtEnd({ insight, blame }, folded)]);
    players.delete(id);
    if (ready.length < PLAYERS_AT_ONCE) continue;
    await tell({ players: ready });
    ready = [];
  }
  await tell({ players: ready });
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

function rowsAtEnd({ insight, blame }: Loaded, folded: Folded) {
  try {
    return ended(insight, folded);
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
