import type { EventLog } from '../../eventstore/log.js';

/** The same log; `took` is told how long each append that the log took needed (ms). */
export const timed = (log: EventLog, took: (ms: number) => void): EventLog => ({
  ...log,
  async append(stream, events, expected) {
    const since = performance.now();
    const appended = await log.append(stream, events, expected);
    took(performance.now() - since);
    return appended;
  },
});
