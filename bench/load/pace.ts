import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Timing } from './jobs.js';

/** What is under way may take this long after the end of the sending; then something is wrong. */
const PATIENCE_MS = 20_000;

/** Counts what is done while it is measured. */
export class Meter {
  private counting = false;
  running = true;
  events = 0;
  actions = 0;
  /** Requests that were told to come again later, also before and after the measuring. */
  refused = 0;
  underWay = 0;
  failure: Error | null = null;

  done(events: number): void {
    this.underWay--;
    if (this.counting) this.events += events;
  }

  refuse(): void {
    this.underWay--;
    this.refused++;
  }

  acted(): void {
    if (this.counting) this.actions++;
  }

  fail(error: Error): void {
    this.failure ??= error;
    this.running = false;
  }

  /** Resolves with the seconds it has really measured. The sending stops then. */
  async measure({ warmUpMs, measureMs }: Timing): Promise<number> {
    await sleep(warmUpMs);
    this.counting = true;
    const from = performance.now();
    await sleep(measureMs);
    const seconds = (performance.now() - from) / 1000;
    this.counting = false;
    this.running = false;
    return seconds;
  }

  /** As `measure`, and how much processor time this process took meanwhile. */
  async measured({ warmUpMs, measureMs }: Timing): Promise<{ seconds: number; cpuUs: number }> {
    await sleep(warmUpMs);
    const before = process.cpuUsage();
    const seconds = await this.measure({ warmUpMs: 0, measureMs });
    const { user, system } = process.cpuUsage(before);
    return { seconds, cpuUs: user + system };
  }

  /** Until nothing is under way. @throws what went wrong on the way. */
  async drained(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (this.underWay > 0 && !this.failure) {
      if (Date.now() > until) throw new Error(`${this.underWay} requests were never answered`);
      await sleep(10);
    }
    if (this.failure) throw this.failure;
  }
}

export type Paced = {
  perSecond: number;
  timing: Timing;
  /** `measured` is false during the warm-up. */
  send: (nth: number, measured: boolean) => void;
};

/** Sends at fixed times, whatever comes back. @returns how late each measured sending was, in ms. */
export async function paced({ perSecond, timing, send }: Paced): Promise<number[]> {
  const late: number[] = [];
  const gap = 1000 / perSecond;
  const total = Math.floor((timing.warmUpMs + timing.measureMs) / gap);
  const from = performance.now();
  for (let nth = 0; nth < total; ) {
    const due = from + nth * gap;
    const wait = due - performance.now();
    if (wait > 0) {
      await sleep(wait);
      continue;
    }
    const measured = nth * gap >= timing.warmUpMs;
    if (measured) late.push(-wait);
    send(nth++, measured);
  }
  return late;
}
