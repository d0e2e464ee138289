import { CompanionError, messageOf } from './errors.js';
import { createInbox, type Inbox } from './inbox.js';
import type { Link } from './link.js';
import { createOutbox, dropAll, type Outbox } from './outbox.js';
import type { ServerFrameOf } from './protocol.js';
import type { Settings } from './settings.js';
import { createKeeper, finish, type Keeper, touch } from './store.js';
import type { ErrorHandler, Status, StatusHandler } from './types.js';

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Everything one companion knows. */
export type Client = {
  readonly settings: Settings;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly keeper: Keeper;
  readonly statusHandlers: Set<StatusHandler>;
  readonly errorHandlers: Set<ErrorHandler>;
  /** Aborted when nothing more is to be tried; with what to tell whoever sends then. */
  readonly stop: AbortController;
  ended: CompanionError | undefined;
  status: Status;
  welcome: ServerFrameOf<'welcome'> | undefined;
  link: Link | undefined;
  /** When the present connection was welcomed (`performance.now()`); `undefined` before. */
  openedAt: number | undefined;
  /** The engine asked not to be sent anything before this moment (`performance.now()`). */
  pausedUntil: number;
  /** How often in a row it asked so. */
  pauses: number;
  flushing: boolean;
  pauseTimer: Timer;
  ackTimer: Timer;
  /** Called, once each, as soon as something pending was answered. */
  settled: (() => void)[];
};

export function createClient(settings: Settings): Client {
  const onError = (error: CompanionError) => report(client, error);
  const client: Client = {
    settings,
    outbox: createOutbox(settings.maxInFlight),
    inbox: createInbox(settings.resume, onError),
    keeper: createKeeper(settings.store, { snapshot: () => snapshot(client), onError }),
    statusHandlers: new Set(settings.onStatus && [settings.onStatus]),
    errorHandlers: new Set(settings.onError && [settings.onError]),
    stop: new AbortController(),
    ended: undefined,
    status: 'connecting',
    welcome: undefined,
    link: undefined,
    openedAt: undefined,
    pausedUntil: 0,
    pauses: 0,
    flushing: false,
    pauseTimer: undefined,
    ackTimer: undefined,
    settled: [],
  };
  if (settings.onAction) client.inbox.handlers.add(settings.onAction);
  return client;
}

function snapshot({ outbox, inbox }: Client) {
  const items = [...outbox.pending.values()].sort((a, b) => a.seq - b.seq);
  return { pending: items.map(({ id, frame }) => ({ id, frame })), resume: inbox.resume };
}

export function report(client: Client, error: CompanionError): void {
  if (client.errorHandlers.size === 0) console.error(`companion: ${error.code}: ${error.message}`);
  for (const handler of [...client.errorHandlers]) {
    try {
      handler(error);
    } catch (failure) {
      console.error(`companion: an error handler failed: ${messageOf(failure)}`);
    }
  }
}

export function setStatus(client: Client, status: Status, why: string): void {
  client.status = status;
  for (const handler of [...client.statusHandlers]) {
    try {
      handler(status, why);
    } catch (cause) {
      report(
        client,
        new CompanionError('handler', `a status handler failed: ${messageOf(cause)}`, { cause }),
      );
    }
  }
}

/** Something pending was answered: it need not be kept any longer, and there is room. */
export function somethingSettled(client: Client): void {
  touch(client.keeper);
  for (const wake of client.settled.splice(0)) wake();
}

export const nextSettled = (client: Client): Promise<void> =>
  new Promise((resolve) => client.settled.push(resolve));

/** Nothing more is tried. What is pending is rejected with `pending`, what is sent later with `later`. */
export function halt(
  client: Client,
  status: 'closed' | 'refused',
  reason: { later: CompanionError; pending: string },
): Promise<void> {
  client.ended = reason.later;
  const saved = finish(client.keeper);
  clearTimeout(client.pauseTimer);
  clearTimeout(client.ackTimer);
  client.stop.abort();
  setStatus(client, status, reason.later.message);
  const kept = client.settings.store ? '; the store keeps it for the next connect' : '';
  dropAll(client.outbox, () => new CompanionError(reason.later.code, `${reason.pending}${kept}`));
  somethingSettled(client);
  return saved;
}
