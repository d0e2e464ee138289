import { isLogEventType, type LogEvent, logEvents } from './log-events.js';

/** What came out of the log but does not have the shape its type promises. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/**
 * The border of the log: a stored event as one of the domain, or `null` when its type is not of this version
 * (a newer engine wrote it).
 * @throws UnreadableEvent when the data has not the shape of its type.
 */
export function readLogEvent<E extends { id: string; type: string; data: unknown }>(
  stored: E,
): (E & LogEvent) | null {
  if (!isLogEventType(stored.type)) return null;
  const parsed = logEvents[stored.type].safeParse(stored.data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UnreadableEvent(
      `event ${stored.id} (${stored.type}): ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  return { ...stored, data: parsed.data } as E & LogEvent;
}
