import { freemem, loadavg, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../engine/engine.js';

/** Figures of the node by name, parts joined by `-` as the real server does. */
export type Stats = Record<string, string | number>;

type Counts = {
  appends: number;
  events: number;
  bytes: number;
  deletes: number;
  reads: number;
  read: number;
};

/** The engine with its work counted, and what can be told of the node at any moment. */
export function measured(engine: Engine): { engine: Engine; stats(): Stats } {
  const counts: Counts = { appends: 0, events: 0, bytes: 0, deletes: 0, reads: 0, read: 0 };
  const started = new Date().toISOString();
  return {
    engine: counting(engine, counts),
    stats: () => ({ ...processStats(started), ...logStats(engine, counts) }),
  };
}

function counting(engine: Engine, counts: Counts): Engine {
  const remove = (how: 'deleteStream' | 'tombstone') => {
    return ((stream, expected) => {
      counts.deletes++;
      return engine[how](stream, expected);
    }) satisfies Engine['deleteStream'];
  };
  return {
    ...engine,
    append(request) {
      counts.appends++;
      counts.events += request.events.length;
      for (const { data, metadata } of request.events) counts.bytes += data.length + metadata.length;
      return engine.append(request);
    },
    deleteStream: remove('deleteStream'),
    tombstone: remove('tombstone'),
    readStream(query) {
      const slice = engine.readStream(query);
      counts.reads++;
      if (slice.status === 'ok') counts.read += slice.records.length;
      return slice;
    },
    readAll(query) {
      const records = engine.readAll(query);
      counts.reads++;
      counts.read += records.length;
      return records;
    },
  };
}

function processStats(started: string): Stats {
  const { user, system } = process.cpuUsage();
  const [one = 0, five = 0, fifteen = 0] = loadavg();
  return {
    'proc-startTime': started,
    'proc-id': process.pid,
    'proc-mem': process.memoryUsage.rss(),
    'proc-heap': process.memoryUsage().heapUsed,
    'proc-cpuSeconds': (user + system) / 1e6,
    'proc-upSeconds': process.uptime(),
    'sys-loadavg-1m': one,
    'sys-loadavg-5m': five,
    'sys-loadavg-15m': fifteen,
    'sys-freeMem': freemem(),
    'sys-totalMem': totalmem(),
  };
}

const logStats = (engine: Engine, counts: Counts): Stats => ({
  'es-position': engine.head(),
  'es-streams': engine.streams(),
  'es-writer-appends': counts.appends,
  'es-writer-events': counts.events,
  'es-writer-bytes': counts.bytes,
  'es-writer-deletes': counts.deletes,
  'es-reader-reads': counts.reads,
  'es-reader-events': counts.read,
});

/** The figures again and again, until `gone`. */
export async function* everyNow(
  stats: () => Stats,
  periodMs: number,
  gone: AbortSignal,
): AsyncGenerator<Stats> {
  while (!gone.aborted) {
    yield stats();
    await sleep(periodMs, undefined, { signal: gone }).catch(() => {});
  }
}
