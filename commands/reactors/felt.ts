import type { Acted } from '../../domain/companion/companion.js';
import type { PlacedEvent } from '../../eventstore/log.js';
import type { About, Span, Tracing } from '../tracing.js';
import type { Felt } from './companion-reactor.js';

const own = new Set(['CompanionActed', 'MessageModerated', 'LineRequested', 'LineWritten', 'LineFailed']);

/** What companions do themselves they are given as well, and feel nothing about. */
export const isOwn = ({ type }: Pick<PlacedEvent, 'type'>): boolean => own.has(type);

/** `began`: when its companion was given it, by the clock that only runs forward. */
export function feltAs(event: PlacedEvent, acted: Acted | null, now: Date, began: number): Felt {
  const tookMs = performance.now() - began;
  const since = now.getTime() - Date.parse(event.metadata.recordedAt);
  return { event, acted, waitedMs: Math.max(0, since - tookMs), tookMs };
}

/** What happened, as a game calls it where it is a game's event. */
export const happenedIn = ({ type, data }: Pick<PlacedEvent, 'type' | 'data'>): string =>
  type === 'GameEventRecorded' ? String((data as { type?: unknown } | null)?.type) : type;

/** What a trace says of it. */
export function spanOf(event: PlacedEvent, acted: Acted | null): About {
  if (!acted) return { event: event.type };
  const { emotion, action, occasion } = acted;
  const { label, confidence } = emotion;
  return { event: event.type, emotion: label, confidence, action, occasion, line: lineOf(acted) };
}

const lineOf = ({ dialogue, asks }: Acted) => (dialogue ? dialogue.source : asks ? 'asked' : 'none');

/** What is done and said is chosen at once with the feeling, but has a part of the trace of its own: lines are many. */
export const choosingIn =
  (tracing: Tracing, { traceparent }: Span) =>
  (choose: () => Acted | null): Acted | null => {
    const span = tracing.within('choose line', traceparent);
    const acted = choose();
    span?.end({ line: acted ? lineOf(acted) : 'none' });
    return acted;
  };
