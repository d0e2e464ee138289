import { randomBytes } from 'node:crypto';
import { metadataOf } from '../../commands/context.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import type { EventMetadata } from '../../eventstore/log.js';
import { type Tale, tales } from './frames.js';
import type { Story } from './jobs.js';

/** An event in the shape in which the engine stores it, but for its ids and time. */
export type Draft = {
  type: 'GameEventRecorded';
  data: LogEventData<'GameEventRecorded'>;
  metadata: EventMetadata;
};

export function draftsOf(story: Story): Draft[] {
  // As long as the engine's own ids: 20 hex digits.
  const tenant = { clientId: randomBytes(10).toString('hex'), gameId: randomBytes(10).toString('hex') };
  const type = 'GameEventRecorded';
  const metadata = metadataOf(type, { correlationId: '', causationId: '', ...tenant }, new Date(0));
  return tales(story).map((tale) => ({ type, data: asStored(tale), metadata }));
}

const asStored = ({ type, at, data, context }: Tale) => ({ type, at, data, context });
