/** Events a second over the last ten seconds. */
export type Rate = { count(events: number): void; perSecond(): number };

const WINDOW_S = 10;

export function rateMeter(now: () => number = () => performance.now()): Rate {
  let buckets: { second: number; events: number }[] = [];
  const began = now();
  const current = () => {
    const second = Math.floor(now() / 1000);
    buckets = buckets.filter((bucket) => bucket.second > second - WINDOW_S);
    return second;
  };
  return {
    count(events) {
      const second = current();
      const last = buckets.at(-1);
      if (last?.second === second) last.events += events;
      else buckets.push({ second, events });
    },
    perSecond() {
      current();
      const events = buckets.reduce((sum, bucket) => sum + bucket.events, 0);
      const seconds = Math.min(WINDOW_S, Math.max(1, (now() - began) / 1000));
      return Math.round((events / seconds) * 10) / 10;
    },
  };
}
