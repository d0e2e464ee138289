import type { EventLog, StoredEvent } from '../eventstore/log.js';
import { type Hot, learn } from './hot-stream.js';
import type { Kept, Page, Pages } from './pages.js';

type Loading<State> = {
  log: EventLog;
  pages: Pages<State> | undefined;
  apply: (stored: StoredEvent) => void;
  /** An id that a page tells of. */
  know: (id: string) => void;
};

/**
 * Reads a stream into memory. Of a long one only the beginning and the end: what lies between is on its pages,
 * and what is not yet is put on some for the next time.
 */
export async function load<State>(stream: string, hot: Hot<State>, loading: Loading<State>): Promise<void> {
  const { log, pages, apply } = loading;
  let read = 0;
  for await (const stored of log.readStream(stream, pages && { max: pages.size })) {
    apply(stored);
    read++;
  }
  if (!pages || read < pages.size) return;
  // A stream whose beginning was given up has no pages.
  if (hot.solid !== pages.size) return readOn(stream, hot, loading);
  const kept = await pages.read(stream);
  const taken = (await takePages(stream, hot, { ...loading, kept })) ? kept : { ...kept, pages: [] };
  const fresh: Page<State>[] = [];
  let ids: string[] = [];
  await readOn(stream, hot, {
    log,
    apply(stored) {
      apply(stored);
      ids.push(stored.id);
      if (ids.length < pages.size) return;
      fresh.push({ ids, state: hot.state });
      ids = [];
    },
  });
  if (fresh.length > 0 && !pages.isGone(hot.state)) pages.add(stream, taken, fresh);
}

async function readOn<State>(
  stream: string,
  hot: Hot<State>,
  { log, apply }: Pick<Loading<State>, 'log' | 'apply'>,
): Promise<void> {
  for await (const stored of log.readStream(stream, { from: hot.revision + 1 })) apply(stored);
}

/** False when they are not pages of the stream as it is now. */
async function takePages<State>(
  stream: string,
  hot: Hot<State>,
  { log, kept, apply, know }: Loading<State> & { kept: Kept<State> },
): Promise<boolean> {
  const last = kept.pages.at(-1);
  if (!last) return true;
  const end = hot.solid + kept.pages.length * last.ids.length;
  for await (const stored of log.readStream(stream, { from: end - 1, max: 1 })) {
    if (stored.id !== last.ids.at(-1)) return false;
    for (const { ids } of kept.pages) for (const id of ids) know(id);
    hot.state = last.state;
    learn(hot, hot.solid, end);
    apply(stored);
    return true;
  }
  return false;
}
