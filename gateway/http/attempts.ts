import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';

const DURATION_S = 60;
const registrations = new RateLimiterMemory({ points: 60, duration: DURATION_S });
const logins = new RateLimiterMemory({ points: 20, duration: DURATION_S });

const limited =
  (limiter: RateLimiterMemory) =>
  async (who: string): Promise<Rejection | null> => {
    try {
      await limiter.consume(who);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      // It goes by the clock, which somebody may have set back since.
      const retryAfterMs = Math.min(error.msBeforeNext, DURATION_S * 1000);
      return reject('rate_limited', 'too many attempts', { retryAfterMs });
    }
  };

/** What is slow on purpose is also scarce: hashing a password costs the engine as much as the guesser. */
export const limitAttempts = { register: limited(registrations), login: limited(logins) };
