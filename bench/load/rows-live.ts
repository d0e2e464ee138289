import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import pg from 'pg';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { openPool } from '../../projections/database.js';
import { projections } from '../../projections/index.js';
import { startProjections } from '../../projections/runner.js';
import { delaysOf } from '../statistics.js';
import { historyOf } from './history.js';
import type { RowsLive } from './jobs.js';
import { Meter, paced } from './pace.js';
import { logger, type Of } from './read-models.js';

const CATCH_UP_MS = 60_000;
const LOOK_EVERY_MS = 3;
const SEEN_WITHIN_MS = 30_000;

/** All read models, as an engine keeps them. */
export async function follow({ log: url, database }: Of<'follow'>): Promise<null> {
  const log = connectLog({ url });
  const pool = openPool({ url: database, logger });
  const running = startProjections({ log, pool, projections, logger });
  if (!(await running.caughtUpWithLog(CATCH_UP_MS))) throw new Error('the read models were not kept up');
  return null;
}

/** Single events at a steady rate, each in its player's stream. */
export async function rowsLive(job: Of<'rows-live'>): Promise<RowsLive> {
  const client = EventStoreDBClient.connectionString(job.log);
  const lookout = await openLookout(job.database);
  const meter = new Meter();
  const ack: number[] = [];
  const count = Math.floor(((job.warmUpMs + job.measureMs) / 1000) * job.perSecond);
  const events = [...historyOf(job.from + count)]
    .flatMap(({ stream, events: some }) => some.map((event) => ({ stream, event })))
    .slice(job.from);
  const late = await paced({
    perSecond: job.perSecond,
    timing: job,
    send: (nth, measured) => {
      const { stream, event } = events[nth]!;
      const sentAt = performance.now();
      meter.underWay++;
      client.appendToStream(stream, jsonEvent(event as Parameters<typeof jsonEvent>[0])).then(
        ({ position }) => {
          meter.done(1);
          if (!measured) return;
          const ackedAt = performance.now();
          ack.push(ackedAt - sentAt);
          if (event.type === WATCHED) lookout.expect(Number(position!.commit), ackedAt);
        },
        (error) => meter.fail(error),
      );
    },
  });
  await meter.drained();
  const lags = await lookout.end();
  await client.dispose();
  return { sent: ack.length, ack: delaysOf(ack), lag: delaysOf(lags), late: delaysOf(late) };
}

/** Most read models are about these; rows and checkpoint of each are one transaction. */
const WATCHED = 'GameEventRecorded';
const CONCERNED = projections.filter(({ types }) => types.includes(WATCHED)).map(({ name }) => name);

type Awaited = { position: number; since: number };

/** Looks again and again, from a connection of its own, how far all read models of the watched events are. */
async function openLookout(database: string) {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const awaited: Awaited[] = [];
  const lags: number[] = [];
  let lastSeen = performance.now();
  let isOver = false;
  const look = async () => {
    const { rows } = await client.query({
      name: 'reached',
      text: `select min(position) as reached from read_models where stage = 'live' and name = any($1)`,
      values: [CONCERNED],
    });
    const [now, reached] = [performance.now(), Number(rows[0].reached)];
    const seen = awaited.filter(({ position }) => position <= reached);
    if (seen.length === 0) return;
    lastSeen = now;
    lags.push(...seen.map(({ since }) => now - since));
    const still = awaited.filter(({ position }) => position > reached);
    awaited.splice(0, awaited.length, ...still);
  };
  const looking = (async () => {
    while (!isOver || awaited.length > 0) {
      await look();
      if (isOver && performance.now() - lastSeen > SEEN_WITHIN_MS)
        throw new Error(`the rows of ${awaited.length} events were not seen`);
      await sleep(LOOK_EVERY_MS);
    }
  })();
  looking.catch(() => {});
  return {
    expect: (position: number, since: number) => void awaited.push({ position, since }),
    /** When all that is expected was seen: how long each took, in ms. */
    async end(): Promise<number[]> {
      isOver = true;
      lastSeen = performance.now();
      await looking.finally(() => client.end());
      return lags;
    },
  };
}
