import { setMaxListeners } from 'node:events';
import { backoff } from '../eventstore/backoff.js';
import type { Delivery, EventLog, Group } from '../eventstore/log.js';

export type Consuming = {
  log: Pick<EventLog, 'consume'>;
  group: Group;
  inFlight: number;
  /** Told when the place in the group is taken again. */
  warn: (message: string, error: unknown) => void;
};

/**
 * Takes part in a group until it is stopped, each event by itself; what throws is given again. `stop` resolves when
 * nothing is under way any more.
 */
export function startConsuming(
  { log, group, inFlight, warn }: Consuming,
  take: (delivery: Delivery, signal: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  const { signal, abort } = aborting();
  const underWay = new Set<Promise<void>>();
  const taken = async (delivery: Delivery) => {
    try {
      await take(delivery, signal);
      delivery.ack();
    } catch (error) {
      if (signal.aborted) return;
      warn(`${group.name}: event ${delivery.event.id} of ${delivery.event.stream} is tried again`, error);
      delivery.nack('retry', (error as Error).message.split('\n')[0]!);
    }
  };
  const running = (async () => {
    for (let tries = 0; !signal.aborted; tries++) {
      try {
        for await (const deliveries of log.consume(group, { signal, inFlight })) {
          tries = 0;
          for (const delivery of deliveries) {
            const work = taken(delivery).finally(() => underWay.delete(work));
            underWay.add(work);
          }
        }
      } catch (error) {
        warn(`${group.name}: takes its place in the group again`, error);
      }
      if (!signal.aborted) await backoff(tries, 2_000, signal);
    }
    await Promise.allSettled(underWay);
  })();
  return {
    async stop() {
      abort();
      await running;
    },
  };
}

function aborting() {
  const controller = new AbortController();
  // All that is in flight may wait at once until it can be done, or for this.
  setMaxListeners(0, controller.signal);
  return { signal: controller.signal, abort: () => controller.abort() };
}
