import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PlacedEvent } from '../../eventstore/log.js';

/** How long somebody was ready to run and had to wait for a processor, in ms, since they began. */
export type Waited = () => number | null;

/** Linux counts it for each thread (`proc_schedstat`); elsewhere nobody knows. Null then. */
export const mainThreadWaited: Waited = () => {
  try {
    const [, waitedNs] = readFileSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, 'utf8').split(
      ' ',
    );
    return Number(waitedNs) / 1e6;
  } catch {
    return null;
  }
};

type Pause = (ms: number, signal: AbortSignal) => Promise<void>;
const pauseFor: Pause = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);

/** Of the time since the last look, the part that was waited for a processor, above which somebody is in the way. */
const IN_THE_WAY = 0.1;
const LOOK_EVERY_MS = 50;
/** After each event. With the longest they still read some hundreds a second. */
const LEAST_REST_MS = 0.05;
const MOST_REST_MS = 4;
/** Slower than this is no burst: who is in the way of the games then is not the followers. */
const BURST_PER_SECOND = 1_000;
/** Of so many events it is judged how fast they came. */
const JUDGED = 512;
/** As far as followers may fall behind; from there on they take their share. */
const BEHIND_MAX_MS = 5_000;

/**
 * A burst of more than the machine can bear is first taken in, then felt: while what games wait for has to wait
 * for a processor, the followers rest after each event they read, the longer the more they are in the way.
 * Priorities alone do not bring this about: a thread of the lowest still keeps its processor for some ms.
 */
export function restWhileOthersWait(waited: Waited, now = Date.now, pause: Pause = pauseFor) {
  let perEvent = 0;
  const paceOf = recordedPace();
  let last = { at: now(), waited: waited() };

  function look(): void {
    const at = now();
    if (at - last.at < LOOK_EVERY_MS) return;
    const next = { at, waited: waited() };
    const share =
      next.waited === null || last.waited === null ? 0 : (next.waited - last.waited) / (at - last.at);
    last = next;
    if (share > IN_THE_WAY) perEvent = Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, perEvent * 2));
    else perEvent = perEvent > LEAST_REST_MS ? perEvent / 2 : 0;
  }

  /** To be called with what was just read; resolves when the next may be. */
  return async (events: readonly PlacedEvent[], signal: AbortSignal): Promise<void> => {
    look();
    const recordedAt = Date.parse(events.at(-1)?.metadata?.recordedAt ?? '');
    if (paceOf(events.length, recordedAt) < BURST_PER_SECOND) return;
    for (let owed = events.length * perEvent; owed > 0 && perEvent > 0; owed -= LOOK_EVERY_MS) {
      if (signal.aborted || now() - recordedAt > BEHIND_MAX_MS) return;
      await pause(Math.min(owed, LOOK_EVERY_MS), signal);
      look();
    }
  };
}

/** Events a second at which the newest ones were recorded: how fast they came, however slowly they are read. */
function recordedPace(): (count: number, recordedAt: number) => number {
  const batches: { count: number; recordedAt: number }[] = [];
  let judged = 0;
  return (count, recordedAt) => {
    batches.push({ count, recordedAt });
    judged += count;
    while (judged - batches[0]!.count >= JUDGED) judged -= batches.shift()!.count;
    const since = batches[0]!;
    const ms = Math.max(1, recordedAt - since.recordedAt);
    return judged < JUDGED ? 0 : ((judged - since.count) / ms) * 1_000;
  };
}
