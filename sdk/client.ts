import { deliver, isFull } from './delivery.js';
import { encodeEvent, encodeFrame, newId } from './encode.js';
import { CompanionError } from './errors.js';
import { handOver } from './inbox.js';
import { endLink } from './link.js';
import { recover, run } from './run.js';
import { settingsOf } from './settings.js';
import { type Client, createClient, halt, nextSettled } from './state.js';
import { touch } from './store.js';
import { sleep } from './timing.js';
import type { Ack, CloseOptions, Companion, ConnectOptions, PlayerEvent, Unsubscribe } from './types.js';

/**
 * Connects a game to its player's companion, and keeps it connected until `close()`.
 * @throws TypeError naming an option that cannot be used. Nothing else throws: whether the engine can be
 * reached is told by `onStatus`.
 */
export function connect(options: ConnectOptions): Companion {
  const client = createClient(settingsOf(options));
  const recovered = recover(client);
  // Handlers added in the same turn hear everything from the start.
  void recovered.then(() => run(client));
  const companion = {
    send: (event: PlayerEvent, { id = newId() } = {}) =>
      deliver(client, () => encodeEvent(timed(client, event), id)),
    sendAll: (events) => unwatched(sendAll(client, events)),
    chat: (text, { lang, stream, id = newId() } = {}) =>
      deliver(client, () => encodeFrame({ type: 'chat_message', id, text, lang, stream })),
    feedback: (actionId, reaction, { felt, id = newId() } = {}) =>
      deliver(client, () => encodeFrame({ type: 'feedback', id, actionId, reaction, felt })),
    onAction: (handler) => onAction(client, handler),
    onLine: (handler) => subscribe(client.inbox.lineHandlers, handler),
    onStatus: (handler) => subscribe(client.statusHandlers, handler),
    onError: (handler) => subscribe(client.errorHandlers, handler),
    close: (how) => close(client, recovered, how),
  } satisfies Omit<Companion, keyof typeof views>;
  return Object.defineProperties(companion, viewsOf(client)) as Companion;
}

/** What a game can look at, each read afresh. */
const views = {
  status: (client: Client) => client.status,
  welcome: (client: Client) => client.welcome,
  pending: (client: Client) => client.outbox.pending.size,
  resume: (client: Client) => client.inbox.resume,
};

const viewsOf = (client: Client): PropertyDescriptorMap =>
  Object.fromEntries(
    Object.entries(views).map(([name, look]) => [name, { get: () => look(client), enumerable: true }]),
  );

function subscribe<H>(handlers: Set<H>, handler: H): Unsubscribe {
  handlers.add(handler);
  return () => void handlers.delete(handler);
}

function onAction(client: Client, handler: Parameters<Companion['onAction']>[0]): Unsubscribe {
  const { inbox } = client;
  const unsubscribe = subscribe(inbox.handlers, handler);
  queueMicrotask(() => {
    if (handOver(inbox)) touch(client.keeper);
    if (!inbox.missed || inbox.handlers.size === 0) return;
    // More came than were held. A new connection asks for all after the last one handed over.
    inbox.missed = false;
    if (client.link) endLink(client.link, { code: 1012, why: 'catching up with actions nobody listened to' });
  });
  return unsubscribe;
}

/**
 * Without a time of the game the engine takes the moment of arrival. An event that has to wait for the engine
 * gets the time of now instead; no other does, for the clocks of players may be wrong by years.
 */
const timed = (client: Client, event: PlayerEvent): PlayerEvent =>
  client.status === 'open' || !event || event.at !== undefined ? event : { ...event, at: new Date() };

/** What was refused is reported already: nobody has to look at the promise. */
function unwatched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function sendAll(client: Client, events: readonly (PlayerEvent & { id?: string })[]): Promise<Ack[]> {
  const promises: Promise<Ack>[] = [];
  for (const event of events) {
    while (isFull(client) && !client.ended) await nextSettled(client);
    promises.push(deliver(client, () => encodeEvent(timed(client, event), event?.id ?? newId())));
  }
  const results = await Promise.allSettled(promises);
  const refused = results.flatMap((result, index) =>
    result.status === 'rejected' ? [{ index, error: result.reason as CompanionError }] : [],
  );
  const first = refused[0];
  if (!first) return results.map((result) => (result as PromiseFulfilledResult<Ack>).value);
  const { code, message, field, retryAfterMs } = first.error;
  throw new CompanionError(
    code,
    `${refused.length} of ${events.length} events were refused, the first at index ${first.index}: ${message}`,
    { field, retryAfterMs, refused },
  );
}

async function close(client: Client, recovered: Promise<void>, how: CloseOptions = {}): Promise<void> {
  if (client.stop.signal.aborted) return;
  const later = new CompanionError('closed', 'the companion was closed');
  client.ended ??= later;
  // What the store still holds must be known before it is written a last time.
  await Promise.race([recovered, sleep(1000, client.stop.signal)]);
  if (how.drain) await drained(client, how.timeoutMs ?? 30_000);
  if (client.stop.signal.aborted) return;
  const pending = 'the companion was closed before the engine answered: it may or may not have it';
  const saved = halt(client, 'closed', { later, pending });
  if (client.link) endLink(client.link, { code: 1000, why: 'closed' });
  await saved;
}

/** Until nothing is pending, the time is over, or the companion has ended by other means. */
async function drained(client: Client, timeoutMs: number): Promise<void> {
  const done = new AbortController();
  const late = sleep(timeoutMs, done.signal).then(() => done.abort());
  while (client.outbox.pending.size > 0 && !done.signal.aborted && !client.stop.signal.aborted)
    await Promise.race([nextSettled(client), late]);
  done.abort();
}
