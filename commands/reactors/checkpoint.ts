import { randomUUID } from 'node:crypto';
import { type EventLog, type Position, START } from '../../eventstore/log.js';
import { metadataOf } from '../context.js';

/** How far a reactor has got, kept in the log itself: reacting needs no other store. */
export type Checkpoint = { load(): Promise<Position>; save(position: Position): Promise<void> };

export function checkpointInLog(log: EventLog, reactor: string): Checkpoint {
  const stream = `reactor-${reactor}`;
  let bounded = false;
  return {
    async load() {
      for await (const event of log.readStream(stream, { backwards: true, max: 1 })) {
        return (event.data as { position: number }).position;
      }
      return START;
    },
    async save(position) {
      if (!bounded) {
        await log.keepNewest(stream, 1);
        bounded = true;
      }
      const id = randomUUID();
      const metadata = metadataOf({ correlationId: id, causationId: id }, new Date());
      await log.append(stream, [{ id, type: 'CheckpointReached', data: { position }, metadata }], 'any');
    },
  };
}
