import type { Answer, Ask, WriterFault } from './line-writer.js';

/** A line that nobody waits for: the request's id, and the act that asked for it. */
export type Waiting = { id: string; stream: string; revision: number };

/**
 * Lines that wait to be asked for in a batch, and those that were; shared by all instances. Whoever takes some has them
 * alone.
 */
export type WaitingLines = {
  /** Again is once. */
  add(line: Waiting): Promise<void>;
  /** Takes those that wait, when the oldest has waited so long. */
  take(max: number, afterMs: number): Promise<Waiting[]>;
  asked(ids: readonly string[], batch: string): Promise<void>;
  /** Batches that are under way. */
  underWay(): Promise<{ batch: string; lines: Waiting[] }[]>;
  /** Taken so long ago by somebody who is gone that they were never asked for. */
  abandoned(afterMs: number): Promise<Waiting[]>;
  done(ids: readonly string[]): Promise<void>;
};

export type BatchAsk = { id: string; ask: Pick<Ask, 'model' | 'prompt' | 'maxTokens'> };

/** Whoever answers many at once, within a day, at half the price. */
export type BatchWriter = {
  /** @returns the batch's id. @throws WriterFault */
  submit(asks: readonly BatchAsk[]): Promise<string>;
  /** `null`: not yet. By the ids they were asked under. @throws WriterFault */
  answers(batch: string): Promise<ReadonlyMap<string, Answer | WriterFault> | null>;
};
