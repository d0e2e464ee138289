import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';

const registrations = new RateLimiterMemory({ points: 60, duration: 60 });
const logins = new RateLimiterMemory({ points: 20, duration: 60 });

const limited =
  (limiter: RateLimiterMemory) =>
  async (who: string): Promise<Rejection | null> => {
    try {
      await limiter.consume(who);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return reject('rate_limited', 'too many attempts', { retryAfterMs: error.msBeforeNext });
    }
  };

/** What is slow on purpose is also scarce: hashing a password costs the engine as much as the guesser. */
export const limitAttempts = { register: limited(registrations), login: limited(logins) };
