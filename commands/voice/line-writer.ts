import type { LineFailure } from '../../domain/voice/outcome.js';
import type { ModelId, TokenUsage } from '../../domain/voice/prices.js';
import type { Prompt } from '../../domain/voice/prompt.js';

export type Ask = {
  model: ModelId;
  prompt: Pick<Prompt, 'system' | 'user'>;
  maxTokens: number;
  /** Aborts when nobody waits for the line any more. */
  signal: AbortSignal;
  /** Told of the answer piece by piece, where somebody wants to hear it grow. */
  onText?: (piece: string) => void;
};

/** The answer as it came, and what it is billed as. */
export type Answer = { raw: string; usage: TokenUsage };

/** Whoever writes lines. @throws WriterFault */
export type LineWriter = (ask: Ask) => Promise<Answer>;

/** Why there is no answer. */
export class WriterFault extends Error {
  override readonly name = 'WriterFault';
  constructor(
    readonly reason: LineFailure,
    message: string,
    /** `unsent`: nobody was asked. */
    readonly detail: { retryAfterMs?: number; usage?: TokenUsage; unsent?: true } = {},
  ) {
    super(message);
  }
}
