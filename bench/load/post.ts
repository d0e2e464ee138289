import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { delaysOf } from '../statistics.js';
import type { OpenResult } from './jobs.js';

/** Nothing new for this long: what has not come will not come. */
const QUIET_MS = 2_000;
const QUIET_WITHIN_MS = 10_000;

/** When what was sent, and when what came back. */
export class Post {
  private readonly sentAt = new Map<string, number>();
  private readonly answers: number[] = [];
  private readonly actions: number[] = [];
  private heard = 0;

  /** To be called just before the sending: a late generator is told apart by `late`. */
  sent(id: string): void {
    this.sentAt.set(id, performance.now());
  }

  answered(id: string): void {
    this.note(id, this.answers);
  }

  acted(id: string): void {
    this.note(id, this.actions);
  }

  private note(id: string, delays: number[]): void {
    const now = performance.now();
    this.heard = now;
    const from = this.sentAt.get(id);
    if (from !== undefined) delays.push(now - from);
  }

  async quiet(): Promise<void> {
    const until = performance.now() + QUIET_WITHIN_MS;
    while (performance.now() - this.heard < QUIET_MS && performance.now() < until) await sleep(20);
  }

  result(late: number[], refused: number): OpenResult {
    return {
      sent: this.sentAt.size,
      refused,
      answer: delaysOf(this.answers),
      late: delaysOf(late),
      action: this.actions.length > 0 ? delaysOf(this.actions) : null,
    };
  }
}
