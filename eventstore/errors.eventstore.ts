import { ErrorType, isCommandError } from '@eventstore/db-client';
import { LogUnavailable } from './log.js';

const RETRYABLE = new Set<string>([
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.TIMEOUT,
  ErrorType.NOT_LEADER,
]);

export const isOf = (error: unknown, type: ErrorType): boolean =>
  error instanceof Error && isCommandError(error) && error.type === type;

/** The client asks a server for its features first, and lets the transport's own error of that through. */
const TRANSPORT_CODES = new Set<unknown>([1, 4, 14]); // CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE

export const isRetryable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof TimedOut) return true;
  if (isCommandError(error)) return RETRYABLE.has(error.type);
  return TRANSPORT_CODES.has((error as { code?: unknown }).code);
};

class TimedOut extends Error {}

/** @throws TimedOut when it takes longer. The client can lose a call with its connection. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimedOut(`no answer within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The port's word for an error of the client that another try may not meet. */
export const unavailable = (error: unknown): unknown =>
  isRetryable(error) ? new LogUnavailable('the event log cannot be reached', { cause: error }) : error;
