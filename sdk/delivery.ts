import type { Encoded } from './encode.js';
import { CompanionError, messageOf } from './errors.js';
import { endLink, sendText } from './link.js';
import { acknowledge, add, type Item, takeFrame } from './outbox.js';
import { closeCodes, type ServerFrameOf } from './protocol.js';
import { isForLater, refuse } from './refusal.js';
import { type Client, report, somethingSettled } from './state.js';
import { touch } from './store.js';
import { backoffMs, timerMs } from './timing.js';
import type { Ack } from './types.js';

/** Takes something to be sent. Whatever is wrong with it rejects, it never throws. */
export function deliver(client: Client, encode: () => Encoded): Promise<Ack> {
  try {
    return accept(client, encode()).promise;
  } catch (cause) {
    const error =
      cause instanceof CompanionError ? cause : new CompanionError('bad_event', messageOf(cause), { cause });
    if (error !== client.ended) report(client, error);
    const rejected = Promise.reject(error);
    rejected.catch(() => undefined);
    return rejected;
  }
}

function accept(client: Client, encoded: Encoded): Item {
  if (client.ended) throw client.ended;
  const already = client.outbox.pending.get(encoded.id);
  if (already) return already;
  if (isFull(client))
    throw new CompanionError(
      'queue_full',
      `${client.settings.maxPending} events wait for the engine already; this one was not taken`,
    );
  const item = add(client.outbox, encoded);
  touch(client.keeper);
  flushSoon(client);
  return item;
}

export const isFull = ({ outbox, settings }: Client): boolean => outbox.pending.size >= settings.maxPending;

/** What is sent in one turn goes out together. */
function flushSoon(client: Client): void {
  if (client.flushing) return;
  client.flushing = true;
  const flush = () => {
    client.flushing = false;
    pump(client);
  };
  const { batchMs } = client.settings;
  if (batchMs > 0) setTimeout(flush, timerMs(batchMs));
  else queueMicrotask(flush);
}

/** Sends what the window and the engine allow. */
export function pump(client: Client): void {
  if (client.status !== 'open' || !client.link) return;
  const rest = client.pausedUntil - performance.now();
  clearTimeout(client.pauseTimer);
  if (rest > 0) {
    client.pauseTimer = setTimeout(() => pump(client), timerMs(Math.ceil(rest)));
    return;
  }
  for (;;) {
    const flight = takeFrame(client.outbox, performance.now());
    if (!flight) break;
    sendText(client.link, flight.text);
  }
  watchForAcks(client);
}

function watchForAcks(client: Client): void {
  clearTimeout(client.ackTimer);
  const [oldest] = client.outbox.flying.values();
  if (!oldest) return;
  const { ackTimeoutMs } = client.settings;
  client.ackTimer = setTimeout(
    () => {
      if (client.link)
        endLink(client.link, { code: 1006, why: `no answer to a frame for ${ackTimeoutMs} ms` });
    },
    timerMs(oldest.sentAt + ackTimeoutMs - performance.now()),
  );
}

export function onAck(client: Client, frame: ServerFrameOf<'ack'>): void {
  client.pauses = 0;
  acknowledge(client.outbox, frame, performance.now());
  somethingSettled(client);
  pump(client);
}

export function onErrorFrame(client: Client, frame: ServerFrameOf<'error'>): void {
  const verdict = refuse(client.outbox, frame);
  if (verdict.kind === 'unknown') onStrayError(client, frame);
  if (verdict.kind === 'pause') pause(client, verdict.retryAfterMs);
  if (verdict.kind === 'unauthorized' && client.link)
    endLink(client.link, { code: closeCodes.unauthorized, why: frame.message });
  if (verdict.kind === 'refused') {
    for (const error of verdict.errors) report(client, error);
    if (verdict.errors.length > 0) somethingSettled(client);
  }
  pump(client);
}

/** An error that answers nothing of ours: about the connection as a whole, or about what is settled already. */
function onStrayError(client: Client, frame: ServerFrameOf<'error'>): void {
  const { code, message, field, retryAfterMs } = frame;
  // It cannot judge the token now. Waiting here would end as if it had judged it.
  if (client.openedAt === undefined && isForLater(code) && client.link) {
    endLink(client.link, { code: 1006, why: `the engine does not let us in: ${message}`, retryAfterMs });
    return;
  }
  // The engine closes the connection next, and a fresh token may do: that is the place to judge it.
  if (code !== 'unauthorized') report(client, new CompanionError(code, message, { field, retryAfterMs }));
  if (frame.id === undefined && retryAfterMs !== undefined) pause(client, retryAfterMs);
}

function pause(client: Client, retryAfterMs: number | undefined): void {
  const { baseMs, capMs } = client.settings;
  const ownPace = backoffMs(client.pauses++, { baseMs, capMs }, 0.5 + Math.random() / 2);
  client.pausedUntil = performance.now() + (retryAfterMs ?? ownPace);
}
