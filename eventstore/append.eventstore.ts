import { type AppendResult, ErrorType, type EventData, type EventStoreDBClient } from '@eventstore/db-client';
import { backoff } from './backoff.js';
import type { Breaker } from './breaker.js';
import type { Connection } from './connection.eventstore.js';
import { isDenied, isOf, isRetryable, unavailable } from './errors.eventstore.js';
import type { Gate } from './gate.js';
import { type Appended, type EventLog, type Expected, type NewEvent, START } from './log.js';
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
  const until = performance.now() + withinMs;
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
      if (isDenied(error) || performance.now() >= until) throw unavailable(error);
      await backoff(tries, 500);
    }
  }
}

const utf8 = new TextEncoder();
const bytesOf = (value: unknown) => utf8.encode(JSON.stringify(value));

/**
 * An event of the client with its JSON as bytes. JSON given as an object the client takes through base64 and back
 * each of the two times that it serialises it, which is a third of what an append costs it; bytes it takes as they
 * are. Metadata may be bytes by its types. Data may be when it is told to be binary, so the content type is `json`
 * when it is asked for to be sent, which comes first, and binary when it is asked for to choose how to encode it.
 */
class JsonAsBytes {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  private isSent = false;

  constructor({ id, type, data, metadata }: NewEvent) {
    this.id = id;
    this.type = type;
    this.data = bytesOf(data);
    this.metadata = bytesOf(metadata);
  }

  get contentType(): 'application/json' | 'application/octet-stream' {
    if (this.isSent) return 'application/octet-stream';
    this.isSent = true;
    return 'application/json';
  }
}

const appendOnce = (
  client: EventStoreDBClient,
  { stream, events, expected }: AppendCall,
): Promise<AppendResult> =>
  client.appendToStream(stream, events.map((event) => new JsonAsBytes(event)) as unknown as EventData[], {
    expectedRevision: typeof expected === 'number' ? BigInt(expected) : expected,
  });
