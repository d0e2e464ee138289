import type { EventLog, StoredEvent } from '../../eventstore/log.js';
import { isShown } from './show.js';

/** A client's position, taken apart. */
export type Place = { position: number; revision: number };

/** So many events of a stream are read at once: what is held of them is bounded, however much was missed. */
export const PAGE = 500;

/**
 * The revision up to which a client has seen all; never beyond the stream, whatever it claims. Only its own event is
 * looked at where the position is one of this log; otherwise it is looked for backwards: usually little was missed.
 */
export async function seenUpTo(
  log: EventLog,
  stream: string,
  { revision, position }: Place,
): Promise<number> {
  if (revision >= 0) {
    for await (const event of log.readStream(stream, { from: revision, max: 1 })) {
      const same = event.position === null || event.position === position;
      if (event.revision === revision && same) return revision;
    }
  }
  for await (const event of log.readStream(stream, { backwards: true })) {
    if (event.revision <= revision) return event.revision;
    if (event.position !== null && event.position <= position) return event.revision;
  }
  return -1;
}

export type Page = {
  acts: StoredEvent[];
  /** The newest revision that was read, of whatever type; `null` when there was nothing. */
  newest: number | null;
  /** There may be more behind it. */
  full: boolean;
};

/** What a stream holds after a revision, as much as one page. */
export async function pageAfter(log: EventLog, stream: string, revision: number): Promise<Page> {
  const page: Page = { acts: [], newest: null, full: false };
  let count = 0;
  for await (const event of log.readStream(stream, { from: revision + 1, max: PAGE })) {
    count++;
    page.newest = event.revision;
    if (isShown(event)) page.acts.push(event);
  }
  page.full = count === PAGE;
  return page;
}
