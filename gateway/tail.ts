import type { WriteSide } from '../commands/context.js';
import type { EventLog } from '../eventstore/log.js';
import type { Push } from './ws/push.js';

export type Tail = { stop(): Promise<void> };

/** What the gateway does with every event of the log: keeps its streams true, and pushes what is to be pushed. */
export async function followForGateway(
  log: EventLog,
  side: WriteSide,
  push: Push,
  onErased: (player: string) => void = () => {},
): Promise<Tail> {
  const stop = new AbortController();
  push.position = await log.head();
  const running = (async () => {
    for await (const { events, position } of log.follow(push.position, { signal: stop.signal })) {
      for (const event of events) {
        // One event that cannot be read must not end the push for everybody.
        try {
          side.observe(event);
          push.observe(event);
          if (event.type === 'PlayerErased') onErased(event.stream.slice('player-'.length));
        } catch (error) {
          process.emitWarning(error as Error);
        }
      }
      push.position = position;
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}
