import { type LogEventOf, type LogEventType, logEvents } from '../domain/events/log-events.js';
import { readAs, UnreadableEvent } from '../domain/events/read.js';
import type { PlacedEvent } from '../eventstore/log.js';

type Place = {
  id: string;
  /** The id in the stream's name: the player's of `player-<id>`, the game's of `game-<id>`. */
  subject: string;
  /** Place within its stream, from 0. */
  revision: number;
  /** Place within the whole log. */
  position: number;
  /** ISO 8601 in UTC with milliseconds, as is `data.at` where there is one. */
  recordedAt: string;
  clientId: string | null;
  gameId: string | null;
  stream: string;
  /** It was read from a recording. */
  imported?: true;
  /** Why it has not the shape of its type; there is nothing in it then. */
  unreadable?: string;
};

/** An event of the log as a projection gets it: checked, typed, with its place. */
export type Recorded<T extends LogEventType = LogEventType> = { [K in T]: Place & LogEventOf<K> }[T];

/** By name; each with the one text that every read model then compares by itself. */
const kinds = new Map(Object.entries(logEvents).map(([type, shape]) => [type, { type, shape }]));

/**
 * The border between the log and the read models. `null`: a type this version does not know.
 * @throws UnreadableEvent
 */
export function recordedOf(stored: PlacedEvent): Recorded | null {
  const { id, stream, revision, position, metadata } = stored;
  const known = kinds.get(stored.type);
  if (known === undefined) return null;
  const { type, shape } = known;
  const timed = readAs(shape, stored) as { at?: string };
  const at = timed.at === undefined ? undefined : instant(stored, 'at', timed.at);
  return {
    id,
    subject: subjectOf(stream),
    stream,
    revision,
    position,
    recordedAt: instant(stored, 'recordedAt', metadata?.recordedAt),
    clientId: metadata.clientId ?? null,
    gameId: metadata.gameId ?? null,
    ...(metadata.imported && { imported: true as const }),
    type,
    data: at === timed.at ? timed : { ...timed, at },
  } as Recorded;
}

/** As `recordedOf`, and what does not keep to the shapes of the log as an event that no fold can take. */
export function recordedOrBroken(stored: PlacedEvent): Recorded | null {
  try {
    return recordedOf(stored);
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    const { id, stream, revision, position, type } = stored;
    const place = { id, stream, subject: subjectOf(stream), revision, position, type };
    return { ...place, data: {}, unreadable: error.message } as unknown as Recorded;
  }
}

const subjects = new Map<string, string>();
const SUBJECTS_MAX = 10_000;

/** The very same text for the same stream: every read model looks its subject up, and a text is found by itself at once. */
function subjectOf(stream: string): string {
  const known = subjects.get(stream);
  if (known !== undefined) return known;
  if (subjects.size === SUBJECTS_MAX) subjects.clear();
  const subject = stream.slice(stream.indexOf('-') + 1);
  subjects.set(stream, subject);
  return subject;
}

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

/** That form, with a day that every month has: nearly all are, and to read a time is slow. */
const CANONICAL =
  /^(?:19[7-9]\d|[2-9]\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** In the one form that Postgres, cursors and clients agree on. Years of more than four digits are no times. */
function instant(stored: PlacedEvent, field: string, text: unknown): string {
  if (typeof text === 'string' && CANONICAL.test(text)) return text;
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (ms >= EARLIEST && ms <= LATEST) return new Date(ms).toISOString();
  throw new UnreadableEvent(`event ${stored.id} (${stored.type}): ${field}: not a time`);
}
