import {
  BurstyRateLimiter,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';

/** So many a second, and once in a while `burst` more; `null`: as many as come. */
export type Rate = { perSecond: number; burst: number } | null;

/** How it stands with whoever asked: of `limit` a second `remaining` are left, and in `resetMs` there are as many again. */
export type Taken = { limit: number; remaining: number; resetMs: number; refused: Rejection | null };

/** Takes one of what somebody may have. Never throws. */
export type Bucket = (who: string) => Promise<Taken | null>;

/**
 * A bucket for each who asks, `name` for all of a kind. `redis`: instances share it there, and each has its own while it is away.
 */
export function bucketOf(name: string, rate: Rate, redis: unknown = null): Bucket {
  if (rate === null) return async () => null;
  const { perSecond, burst } = rate;
  const counting = (suffix: string, points: number, duration: number) => {
    const options = { keyPrefix: `agl:limit:${name}${suffix}`, points, duration };
    const here = new RateLimiterMemory(options);
    return redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: here }) : here;
  };
  const steady = counting('', perSecond, 1);
  const limiter =
    burst > 0
      ? new BurstyRateLimiter(steady, counting(':burst', burst, Math.ceil(burst / perSecond)))
      : steady;
  return async (who) => {
    try {
      return takenOf(perSecond, await limiter.consume(who), null);
    } catch (answer) {
      // Whatever else it is, it is no fault of who asks.
      if (!(answer instanceof RateLimiterRes)) return null;
      const retryAfterMs = withinSecond(answer);
      return takenOf(
        perSecond,
        answer,
        reject('rate_limited', `more than ${perSecond} a second`, { retryAfterMs }),
      );
    }
  };
}

const takenOf = (limit: number, answer: RateLimiterRes, refused: Rejection | null): Taken => ({
  limit,
  remaining: Math.max(0, answer.remainingPoints),
  resetMs: withinSecond(answer),
  refused,
});

/** It goes by the clock, which somebody may have set back since. */
const withinSecond = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.min(1_000, msBeforeNext));
