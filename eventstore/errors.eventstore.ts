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
  if (error instanceof NoAnswer) return true;
  if (foundNoNode(error)) return true;
  // A call that the client itself has given up, with its connection, is `unknown` to it.
  const isTyped = isCommandError(error) && error.type !== ErrorType.UNKNOWN;
  return isTyped ? RETRYABLE.has(error.type) : TRANSPORT_CODES.has((error as { code?: unknown }).code);
};

/** No node of a cluster could be asked who leads; the client has no type for it. */
const foundNoNode = (error: Error) => error.message.startsWith('Failed to discover');

/**
 * The client asks for a server's features once, and when that fails remembers the failure for ever, unless it sees
 * that the connection is gone: all later appends fail alike.
 */
export const isRemembered = (error: unknown): boolean =>
  error instanceof Error &&
  !isCommandError(error) &&
  (foundNoNode(error) || (error as { code?: unknown }).code === 4); // DEADLINE_EXCEEDED

/** Nothing came back: what was asked for may or may not have happened. */
export class NoAnswer extends Error {}

/** @throws NoAnswer when it takes longer. The client can lose a call with its connection. */
export function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer(`no answer within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** UNAUTHENTICATED or PERMISSION_DENIED: the user, the password or what the user may do is wrong. */
export const isDenied = (error: unknown): boolean =>
  isOf(error, ErrorType.ACCESS_DENIED) || DENIED_CODES.has((error as { code?: unknown }).code);

const DENIED_CODES = new Set<unknown>([7, 16]); // PERMISSION_DENIED, UNAUTHENTICATED

/** The port's word for an error of the client that has to do with the log being away, not with what was asked. */
export function unavailable(error: unknown): unknown {
  if (isDenied(error)) return new LogUnavailable('the event log denies access', { cause: error });
  if (isRetryable(error)) return new LogUnavailable('the event log cannot be reached', { cause: error });
  return error;
}
