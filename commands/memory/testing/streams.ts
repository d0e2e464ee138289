import type { StoredEvent } from '../../../eventstore/log.js';
import { anEvent } from '../../../eventstore/testing/events.js';

/** A stream as the log has it. */
export const aStream = (stream: string, length: number): StoredEvent[] =>
  Array.from({ length }, (_, revision) => ({
    ...anEvent({ revision, text: `sealed:稳住"\n${'x'.repeat(revision % 300)}` }),
    stream,
    revision,
    position: revision % 3 === 0 ? null : revision * 2,
  }));

export const revisionsOf = (events: readonly StoredEvent[] | null) => events?.map(({ revision }) => revision);

/** From `first` to `last`, both inclusive. */
export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
