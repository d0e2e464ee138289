import { Counter, Histogram, Registry } from 'prom-client';
import { stages, type Watch } from '../../commands/watch.js';
import { builtInEventTypes } from '../../domain/events/game-event.js';
import { heaviest } from './heaviest.js';
import { counted, type Metrics } from './registries.js';
import { tally, tallyTimes } from './tally.js';

/** Clients that are told of by name. */
const CLIENTS = 50;
/** Events whose frames are remembered until their act is pushed. */
const UNDER_WAY = 8_192;

/** Seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const REQUEST_BUCKETS = [0.005, 0.025, 0.1, 0.5, 1, 5];

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const TYPES: ReadonlySet<string> = new Set(builtInEventTypes);

/** Counts what is done, by labels of closed lists alone; clients by name only as far as `heaviest` gives them one. */
export function openCounting(): { watch: Watch; metrics: Metrics } {
  const registry = new Registry();
  const made = countersIn(registry);
  const calls = { frame: new Map<string, number>(), request: new Map<string, number>() };
  countCalls(registry, calls);
  const clients = heaviest(CLIENTS, (client) => {
    for (const by of Object.values(calls)) by.delete(client);
  });
  const called = (clientId: string, by: keyof typeof calls) => {
    const client = clients.nameOf(clientId);
    calls[by].set(client, (calls[by].get(client) ?? 0) + 1);
  };
  const underWay = firstInFirstOut(UNDER_WAY);
  const watch: Watch = {
    took(stage, ms) {
      // Of an event that somebody else wrote to the log nobody knows when it was recorded.
      if (ms >= 0) made.stage(stage, ms / 1_000);
    },
    ended(worker, outcome) {
      made.work(worker);
      if (outcome !== 'ok') made.errors.inc({ service: worker, code: outcome });
    },
    came(frame, clientId) {
      made.frames(frame.type);
      called(clientId, 'frame');
      const since = performance.now();
      for (const { id } of frame.events ?? [frame]) underWay.put(id.toLowerCase(), since);
    },
    asked({ clientId, method, route = 'none', status, ms }) {
      const known = METHODS.has(method) ? method : 'other';
      made.requests.inc({ method: known, route, status });
      if (!isEndless(route)) made.requestSeconds.observe({ route }, ms / 1_000);
      if (clientId !== undefined) called(clientId, 'request');
      watch.ended('api', outcomeOf(status));
    },
    stored(events) {
      for (const { type } of events) made.events(TYPES.has(type) ? type : 'custom');
    },
    pushed({ type, metadata }) {
      watch.took('to_push', sinceThen(metadata.recordedAt));
      const since = type === 'CompanionActed' ? underWay.take(metadata.$causationId) : undefined;
      if (since !== undefined) watch.took('frame_to_action', performance.now() - since);
    },
  };
  return { watch, metrics: () => registry.getMetricsAsJSON() };
}

const countCalls = (registry: Registry, calls: Record<string, Map<string, number>>): void =>
  counted(registry, {
    name: 'client_calls_total',
    help: 'Frames and requests by client; those of the idler clients as `other`',
    labels: ['client', 'by'],
    look: () =>
      Object.entries(calls).flatMap(([by, counts]) =>
        [...counts].map(([client, value]) => ({ labels: { client, by }, value })),
      ),
  });

/** Clocks of two machines may differ a little. */
const sinceThen = (recordedAt: string): number => Math.max(0, Date.now() - Date.parse(recordedAt));

/** What is asked for until whoever asks goes away says nothing of how fast anything is. */
const isEndless = (route: string): boolean => route.endsWith('/stream');

function outcomeOf(status: number): Parameters<Watch['ended']>[1] {
  if (status < 400) return 'ok';
  if (status === 503) return 'unavailable';
  if (status >= 500) return 'internal';
  return status === 429 ? 'rate_limited' : 'bad_frame';
}

function countersIn(registry: Registry) {
  const registers = [registry];
  const one = (name: string, help: string, label: string) =>
    tally(registry, { name: `${name}_total`, help, label });
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `agl_${name}_total`, help, labelNames, registers });
  return {
    stage: tallyTimes(registry, {
      name: 'agl_stage_seconds',
      help: 'How long each part of the way from a frame to the action takes',
      label: 'stage',
      values: stages,
      buckets: BUCKETS,
    }),
    frames: one('frames', 'Frames of players, over whatever they come', 'type'),
    events: one('events_stored', "New events of games in the log; a game's own types are `custom`", 'type'),
    work: one('work', 'Pieces of work by the part that does them', 'service'),
    errors: counter('errors', 'Those that did not end well, by code', 'service', 'code'),
    requests: counter('http_requests', 'Requests by route as it is declared', 'method', 'route', 'status'),
    requestSeconds: new Histogram({
      name: 'agl_http_request_seconds',
      help: 'From a request to the end of its answer, but for what has no end',
      labelNames: ['route'],
      buckets: REQUEST_BUCKETS,
      registers,
    }),
  };
}

/** Of the newest `max`, when each came. */
function firstInFirstOut(max: number) {
  const kept = new Map<string, number>();
  // A map finds its oldest entry slowly where many were taken out before it.
  const ids: string[] = [];
  let next = 0;
  return {
    put(id: string, since: number): void {
      if (ids.length === max) kept.delete(ids[next]!);
      ids[next] = id;
      next = (next + 1) % max;
      kept.set(id, since);
    },
    take(id: string): number | undefined {
      const since = kept.get(id);
      kept.delete(id);
      return since;
    },
  };
}
