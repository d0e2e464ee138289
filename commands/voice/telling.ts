import type { LogEvent, LogEventOf } from '../../domain/events/log-events.js';
import { LogUnavailable, type StoredEvent } from '../../eventstore/log.js';
import { metadataOf } from '../metadata.js';
import { untraced } from '../tracing.js';
import { patiently } from './patiently.js';
import type { VoiceParts } from './voices.js';
import type { LineOutcome } from './write-line.js';

/** @throws PersonErased where the player, or somebody of whom the line may tell, was erased meanwhile. */
export async function sealed(
  { sealer }: VoiceParts,
  stream: string,
  outcome: LineOutcome,
): Promise<LogEventOf<'LineWritten' | 'LineFailed'>> {
  if (outcome.type === 'LineFailed') return outcome;
  const { type, data, line, origins } = outcome;
  const text = await sealer.seal(stream, line.text, origins);
  return { type, data: { ...data, dialogue: { ...line, text } } };
}

type Appending = {
  cause: StoredEvent;
  event: LogEvent & { id: string };
  signal: AbortSignal;
  /** Of what it is done for, where that is traced. */
  traceparent?: string | undefined;
};

/** Adds to the stream of an act what came of it. @throws LogUnavailable when told to stop before the log takes it. */
export async function appendFor(
  { log, now, tracing = untraced }: VoiceParts,
  { cause, event, signal, traceparent }: Appending,
): Promise<void> {
  const { $correlationId: correlationId, clientId, gameId } = cause.metadata;
  const tenant = { ...(clientId && { clientId }), ...(gameId && { gameId }) };
  const span = tracing.within('append', traceparent);
  const about = { correlationId, causationId: cause.id, traceparent: span?.traceparent, ...tenant };
  const metadata = metadataOf(event.type, about, now());
  await patiently(() => log.append(cause.stream, [{ ...event, metadata }], 'any'), {
    signal,
    waits: (error) => error instanceof LogUnavailable,
  });
  span?.end();
}
