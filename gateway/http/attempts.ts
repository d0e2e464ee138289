import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';

const MINUTE_S = 60;

const limited = (points: number, duration: number) => {
  const limiter = new RateLimiterMemory({ points, duration });
  return async (who: string): Promise<Rejection | null> => {
    try {
      await limiter.consume(who);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      // It goes by the clock, which somebody may have set back since.
      const retryAfterMs = Math.min(error.msBeforeNext, duration * 1000);
      return reject('rate_limited', 'too many attempts', { retryAfterMs });
    }
  };
};

/** What is slow on purpose, or sends a message, is also scarce: it costs the engine as much as who asks for it. */
export const limitAttempts = {
  register: limited(60, MINUTE_S),
  login: limited(20, MINUTE_S),
  verify: limited(60, MINUTE_S),
  resend: limited(5, 60 * MINUTE_S),
};
