import { backoff } from '../eventstore/backoff.js';

/** Who wants a whole table must not hold up readers for long behind one of them who reads for long. */
export const LOCK_MS = 2_000;
const TRIES = 60;
/** SQLSTATE: the lock was not to be had in time; two waited for each other. */
const LATER = ['55P03', '40P01'];

/** A lock that its transaction could not have, again and again. */
export const isLocked = (error: unknown): boolean =>
  LATER.includes(String((error as { code?: string }).code));

/** Tries a transaction with `lock_timeout` again, later, as long as others hold what it wants; not for ever. */
export async function patiently<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await transaction();
    } catch (error) {
      if (tries === TRIES || !isLocked(error)) throw error;
      await backoff(tries, LOCK_MS);
    }
  }
}
