import { isLogEventType, logEvents } from '../domain/events/log-events.js';
import type { EventMetadata } from '../eventstore/log.js';

export type Cause = {
  correlationId: string;
  causationId: string;
  clientId?: string;
  gameId?: string;
  imported?: true;
  traceparent?: string | undefined;
};

/** The metadata that every event carries; its type says in which version it is stored. */
export const metadataOf = (type: string, cause: Cause, now: Date): EventMetadata => ({
  $correlationId: cause.correlationId,
  $causationId: cause.causationId,
  schemaVersion: isLogEventType(type) ? logEvents[type].version : 1,
  ...(cause.clientId && { clientId: cause.clientId }),
  ...(cause.gameId && { gameId: cause.gameId }),
  recordedAt: now.toISOString(),
  ...(cause.imported && { imported: true as const }),
  ...(cause.traceparent && { traceparent: cause.traceparent }),
});
