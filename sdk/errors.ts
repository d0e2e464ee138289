import type { ErrorCode } from './protocol.js';

/**
 * The codes of the engine, and those that only this side knows: `queue_full` (more than `maxPending` events
 * wait), `closed` (the companion was closed), `handler` (a handler of the game threw), `store` (the given
 * store failed), `connection` (no token could be had, so no connection was made).
 */
export type CompanionErrorCode = ErrorCode | 'queue_full' | 'closed' | 'handler' | 'store' | 'connection';

export type CompanionErrorDetail = {
  /** Which part of what was sent is wrong, like `event.data.killCount`. */
  field?: string | undefined;
  /** Milliseconds after which the engine would look at it again. */
  retryAfterMs?: number | undefined;
  /** Of `sendAll`: each refused event with its place in the list. */
  refused?: readonly { index: number; error: CompanionError }[] | undefined;
  cause?: unknown;
};

/** The one error of the SDK: rejected promises and `onError` both carry it. */
export class CompanionError extends Error {
  override readonly name = 'CompanionError';
  readonly field?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly refused?: CompanionErrorDetail['refused'];

  constructor(
    readonly code: CompanionErrorCode,
    message: string,
    detail: CompanionErrorDetail = {},
  ) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.field = detail.field;
    this.retryAfterMs = detail.retryAfterMs;
    this.refused = detail.refused;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
