import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectRedis } from '../commands/connection.redis.js';
import { LAST, type RecentEvents, recentInProcess } from '../commands/memory/recent-events.js';
import { recentInRedis } from '../commands/memory/recent-events.redis.js';
import { startRedis } from '../commands/voice/testing/redis.js';
import { startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import type { EventLog, NewEvent, StoredEvent } from '../eventstore/log.js';
import type { Bench } from './parts.js';
import { delaysOf, type Spread, spreadOf } from './statistics.js';

const PLAYERS = 50;
const EVENTS = 200;

/** Milliseconds, one after the other. */
export type Asked = { count: number; p50: Spread; p99: Spread };
export type RecentFigures = {
  /** Of one event, with what the log gave of it. */
  push: { process: Asked; redis: Asked | null };
  /** The last hundred of a player. */
  last: { process: Asked; redis: Asked | null; log: Asked };
};

type Players = StoredEvent[][];

/** The short-term memory: what keeping and reading take, beside reading the same from the embedded log. */
export async function recent(bench: Bench): Promise<RecentFigures> {
  const log = await openLog(bench);
  const players = await filled(log);
  const redis = await openRedis(bench);
  const inProcess = recentInProcess();
  const [process, shared] = [await kept(inProcess, players), redis && (await kept(redis, players))];
  const round = (ask: Ask) => measured(bench, players, ask);
  const lastOf = (memory: RecentEvents) =>
    round(async ([one]) => {
      if (!(await memory.last(one!.stream))) throw new Error('the memory does not hold what it was given');
    });
  // What is pushed then stands alone: it is read before.
  return {
    last: {
      process: await lastOf(inProcess),
      redis: redis && (await lastOf(redis)),
      log: await round(async ([one]) => {
        let left = LAST;
        for await (const _ of log.readStream(one!.stream, { from: EVENTS - 1, backwards: true, max: LAST }))
          left--;
        if (left > 0) throw new Error(`the log gave ${LAST - left} events of ${LAST}`);
      }),
    },
    push: { process: await round(process.push), redis: shared && (await round(shared.push)) },
  };
}

async function openLog({ tidy, say }: Bench): Promise<EventLog> {
  say('recent: filling a log');
  const node = await startEmbeddedNode({ dir: join(await tidy.folder(), 'log') });
  tidy.later(node.stop);
  const log = connectLog({ url: node.url });
  tidy.later(log.close);
  return log;
}

async function openRedis({ tidy, say }: Bench): Promise<RecentEvents | null> {
  const server = await startRedis();
  if (!server) {
    say('recent: no redis-server on this machine');
    return null;
  }
  tidy.later(server.stop);
  const redis = connectRedis(server.url, (message) => say(`recent: ${message}`));
  tidy.later(async () => redis.disconnect());
  while (redis.status !== 'ready') await sleep(5);
  return recentInRedis(redis);
}

/** About 600 bytes each, as they are stored. */
function anEvent(at: number): NewEvent {
  const id = crypto.randomUUID();
  const data = {
    type: 'player.kill',
    at: new Date(at * 1_000).toISOString(),
    data: { weapon: 'x'.repeat(160) },
  };
  const metadata = { $correlationId: id, $causationId: id, schemaVersion: 1, recordedAt: data.at };
  return { id, type: 'GameEventRecorded', data, metadata: { ...metadata, clientId: id, gameId: id } };
}

async function filled(log: EventLog): Promise<Players> {
  const players: Players = [];
  for (let nth = 0; nth < PLAYERS; nth++) {
    const stream = `player-${nth}`;
    await log.append(
      stream,
      Array.from({ length: EVENTS }, (_, at) => anEvent(at)),
      'any',
    );
    const events: StoredEvent[] = [];
    for await (const event of log.readStream(stream)) events.push(event);
    players.push(events);
  }
  return players;
}

type Ask = (events: readonly StoredEvent[]) => Promise<unknown>;

/** A memory in which the players are, and which goes on being told of them. */
async function kept(memory: RecentEvents, players: Players): Promise<{ push: Ask }> {
  for (const events of players) await memory.push(events[0]!.stream, events);
  let revision = EVENTS;
  return {
    push: (events) => memory.push(events[0]!.stream, [{ ...events.at(-1)!, revision: revision++ }]),
  };
}

async function measured({ rounds, seconds }: Bench, players: Players, ask: Ask): Promise<Asked> {
  const timed: ReturnType<typeof delaysOf>[] = [];
  for (let nth = 0; nth <= rounds; nth++) {
    const delays: number[] = [];
    const end = performance.now() + (seconds * 1_000) / 2;
    do {
      const since = performance.now();
      await ask(players[delays.length % PLAYERS]!);
      delays.push(performance.now() - since);
    } while (performance.now() < end);
    // The first warms up.
    if (nth > 0) timed.push(delaysOf(delays));
  }
  const spread = (of: 'p50' | 'p99') => spreadOf(timed.map((delays) => delays[of]));
  return { count: timed.reduce((sum, { count }) => sum + count, 0), p50: spread('p50'), p99: spread('p99') };
}
