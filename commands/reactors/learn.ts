import { type Book, learnFor } from '../../domain/emotion/book.js';
import { type GameId, streamOf } from '../../domain/kernel/ids.js';
import type { EventLog, StoredEvent } from '../../eventstore/log.js';

/** Reads the settings of feeling that these events name, where they are new. @throws LogUnavailable */
export function learn(
  { log, book }: { log: EventLog; book: Book },
  events: readonly Pick<StoredEvent, 'data' | 'metadata'>[],
): Promise<void> {
  const marked = events.map(({ data, metadata }) => ({
    mark: (data as { settings?: string }).settings,
    gameId: metadata.gameId,
  }));
  return learnFor(book, marked, (id) => log.readStream(streamOf.game(id as GameId)));
}
