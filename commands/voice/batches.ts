import type { Answer, Ask, WriterFault } from './line-writer.js';

/** A line that nobody waits for: the request's id, and the act that asked for it. */
export type Waiting = { id: string; stream: string; revision: number };

/** Lines that were asked for together, and how long ago they were taken. */
export type UnderWay = { batch: string; lines: Waiting[]; ageMs: number };

/**
 * Lines that wait to be asked for in a batch, and those that were; shared by all instances. Whoever takes some has them
 * alone. What is said of a line that is gone changes nothing.
 */
export type WaitingLines = {
  /** Again is once. */
  add(line: Waiting): Promise<void>;
  /** Takes those that wait, the oldest first, when the oldest has waited so long. */
  take(max: number, afterMs: number): Promise<Waiting[]>;
  /** Taken, and not asked for: they wait again, in their old place. */
  putBack(ids: readonly string[]): Promise<void>;
  asked(ids: readonly string[], batch: string): Promise<void>;
  /** Batches that are under way. */
  underWay(): Promise<UnderWay[]>;
  /** Taken so long ago by somebody who is gone that they were never asked for. */
  abandoned(afterMs: number): Promise<Waiting[]>;
  done(ids: readonly string[]): Promise<void>;
};

export type BatchAsk = { id: string; ask: Pick<Ask, 'model' | 'prompt' | 'maxTokens'> };

/** Whoever answers many at once, within a day, at half the price. */
export type BatchWriter = {
  /** @returns the batch's id. @throws WriterFault */
  submit(asks: readonly BatchAsk[], signal: AbortSignal): Promise<string>;
  /** `null`: not yet. By the ids they were asked under. @throws WriterFault */
  answers(batch: string, signal: AbortSignal): Promise<ReadonlyMap<string, Answer | WriterFault> | null>;
};
