import { type AppendResult, ErrorType, type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { backoff } from './backoff.js';
import type { Breaker } from './breaker.js';
import type { Connection } from './connection.eventstore.js';
import { isDenied, isOf, isRetryable, unavailable } from './errors.eventstore.js';
import type { Gate } from './gate.js';
import {
  type Appended,
  type EventLog,
  type EventMetadata,
  type Expected,
  type NewEvent,
  START,
} from './log.js';
import { roughBytes } from './rough-bytes.js';

export type Appending = { connection: Connection; breaker: Breaker; gate: Gate; withinMs: number };
type AppendCall = { stream: string; events: NewEvent[]; expected: Expected };

/** The client can lose an append with its connection: waiting for ever is not an answer. */
const ONE_TRY_MS = 5_000;

/** Appends that are bounded, tried again while that is of use, and answered at once when it is not. */
export const appending =
  (parts: Appending): EventLog['append'] =>
  async (stream, events, expected) => {
    const { breaker, gate } = parts;
    if (breaker.state === 'open') breaker.enter('append');
    const bytes = roughBytes(events);
    await gate.enter(bytes);
    try {
      return await append(parts, { stream, events, expected });
    } finally {
      gate.leave(bytes);
    }
  };

/** Trying again is safe for every expectation: the ids are the same, so the server knows a repetition. */
async function append({ connection, breaker, withinMs }: Appending, call: AppendCall): Promise<Appended> {
  const until = Date.now() + withinMs;
  for (let tries = 0; ; tries++) {
    breaker.enter('append');
    try {
      const result = await connection.attempt(ONE_TRY_MS, (client) => appendOnce(client, call));
      breaker.succeeded('append');
      return {
        ok: true,
        revision: Number(result.nextExpectedRevision),
        position: Number(result.position?.commit ?? START),
      };
    } catch (error) {
      if (!isRetryable(error) && !isDenied(error)) {
        // An answer, though not the one that was hoped for.
        breaker.succeeded('append');
        if (isOf(error, ErrorType.WRONG_EXPECTED_VERSION))
          return { ok: false, reason: 'wrong_expected_version' };
        throw error;
      }
      breaker.failed('append', error);
      if (isDenied(error) || Date.now() >= until) throw unavailable(error);
      await backoff(tries, 500);
    }
  }
}

/** As bytes, because the client takes an object through base64 and back each time it serialises it. */
const bytesOf = (metadata: EventMetadata) => utf8.encode(JSON.stringify(metadata));
const utf8 = new TextEncoder();

const appendOnce = (
  client: EventStoreDBClient,
  { stream, events, expected }: AppendCall,
): Promise<AppendResult> =>
  client.appendToStream(
    stream,
    events.map(({ metadata, ...event }) =>
      jsonEvent({ ...event, metadata: bytesOf(metadata) } as Parameters<typeof jsonEvent>[0]),
    ),
    { expectedRevision: typeof expected === 'number' ? BigInt(expected) : expected },
  );
