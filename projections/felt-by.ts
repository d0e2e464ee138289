import { isDeepStrictEqual } from 'node:util';
import { type Book, learnFor } from '../domain/emotion/book.js';
import type { Emotion } from '../domain/emotion/emotion.js';
import { type Feeling, type Felt, feel, heard, initialFeeling } from '../domain/emotion/feel.js';
import type { GameEvent } from '../domain/events/game-event.js';
import type { Weighing } from '../domain/memory/settings.js';
import type { EventLog } from '../eventstore/log.js';
import type { Row, Table } from './projection.js';
import type { Recorded } from './recorded.js';

/** How each player feels between events: the state of what goes on feeling. */
export const feelings: Table = {
  how: 'put',
  key: ['player_id'],
  columns: { player_id: 'text', feeling: 'jsonb', revision: 'bigint' },
};

/** What an event made its player feel, the row of `feelings` after it, and what weighed how much in its game. */
export type FeltRow = { emotion: Emotion; findings: Felt['findings']; after: Row; weighing: Weighing };

export type Feels = {
  /** Of who decides. */
  mark: string;
  played(event: Recorded<'GameEventRecorded'>, state: Row | undefined): FeltRow;
  /** The row of `feelings` after what was written; `undefined`: it changes nothing. */
  wrote(event: Recorded<'ChatMessageReceived'>, state: Row | undefined): Row | undefined;
  prepare(events: readonly Recorded[], log: EventLog): Promise<void>;
};

/** What all read models that feel share: who decides, and the answer given last. */
export function feelsBy(book: Book): Feels {
  // Read models that feel are asked about the same event one after the other.
  let last: { event: Recorded; before: Feeling; felt: FeltRow } | undefined;
  const before = (state: Row | undefined) => (state?.feeling as Feeling | undefined) ?? initialFeeling;
  return {
    mark: book.mark,
    played(event, state) {
      const stood = before(state);
      // Of two read models the states were read one by one; from here on they have the same object.
      if (last?.event === event && isDeepStrictEqual(last.before, stood)) return last.felt;
      const { type, at, data, context, settings } = event.data;
      const told = { id: event.id, type, at, data, context } as GameEvent;
      const { weighing, ...deciders } = book.deciders(settings);
      const { emotion, findings, feeling } = feel(told, stood, deciders);
      const felt = { emotion, findings, after: rowOf(event, feeling), weighing };
      last = { event, before: stood, felt };
      return felt;
    },
    wrote(event, state) {
      const { tone, at } = event.data;
      return tone && rowOf(event, heard(before(state), { at: Date.parse(at), valence: tone.valence }));
    },
    prepare: (events, log) => learnFor(book, events, log),
  };
}

const rowOf = (event: Recorded, feeling: Feeling): Row => ({
  player_id: event.subject,
  feeling,
  revision: event.revision,
});

/** Once for all that want the same. */
export async function prepareAll(
  projections: readonly { prepare?: Feels['prepare'] }[],
  events: readonly Recorded[],
  log: EventLog,
): Promise<void> {
  const wanted = new Set(projections.flatMap(({ prepare }) => prepare ?? []));
  for (const prepare of wanted) await prepare(events, log);
}
