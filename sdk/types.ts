import type { CompanionError } from './errors.js';
import type { CompanionAction, GameEventInput, ServerFrameOf } from './protocol.js';
import type { Transport } from './socket.js';
import type { Store } from './store.js';

/**
 * What happened in the game. `at` is the game's own time. Without it the engine takes the moment of arrival, or,
 * while it is not connected, the moment `send` was called.
 */
export type PlayerEvent = Omit<GameEventInput, 'at'> & { at?: string | Date };

/** The engine holds it in its log, durably. */
export type Ack = {
  /** The id of the event: a UUID, the one given to `send` or one made by it. */
  id: string;
  /** Opaque; ordered by the engine only. */
  position: string;
  /** True when the engine had it already, from an earlier try under the same id. */
  duplicate: boolean;
  /** When the acknowledged frame left, and when its ack came: milliseconds of `performance.now()`. */
  sentAt: number;
  ackedAt: number;
};

/**
 * - `connecting`: on the way to the engine, not yet welcomed
 * - `open`: welcomed; events go out
 * - `waiting`: the connection was lost; the next try comes after a pause
 * - `closed`: ended by `close()`
 * - `refused`: the engine does not take the token; nothing more is tried
 */
export type Status = 'connecting' | 'open' | 'waiting' | 'closed' | 'refused';

/** `seenAt`: when the action arrived here, milliseconds of `performance.now()`. */
export type ActionHandler = (action: CompanionAction, arrival: { seenAt: number }) => unknown;
/**
 * A line as it is being written. `delta`: what is new of it. `retracted`: what came so far is not said after all.
 * The action with the whole line follows in either case.
 */
export type LinePiece = { actionId: string; causedBy: string; delta: string; retracted: boolean };
export type LineHandler = (piece: LinePiece) => unknown;
/** `why` is for people: what led to this status. */
export type StatusHandler = (status: Status, why: string) => unknown;
export type ErrorHandler = (error: CompanionError) => unknown;
export type Unsubscribe = () => void;

export type ConnectOptions = {
  /** `ws://HOST:PORT/ws` or `wss://…`. Several: of instances of one engine; where one ends, the next is tried. */
  url: string | readonly string[];
  /**
   * `auto`: over HTTP (server-sent events) when a WebSocket was tried in vain, as in networks that let none through, and by
   * turns until one of them gets through. `auto`.
   */
  transport?: 'auto' | Transport;
  /** The player token, or a function that gives one; the function is asked again for every connection. */
  token: string | (() => string | Promise<string>);
  /** Position of the last action this player has seen: the engine first sends all after it. */
  resume?: string;
  /** Keeps what is not acknowledged across a page reload or a restart. None by default. */
  store?: Store;
  onAction?: ActionHandler;
  onStatus?: StatusHandler;
  /** Without any error handler, errors are printed with `console.error`. */
  onError?: ErrorHandler;
  /** How many unacknowledged events are held at most. 10,000. */
  maxPending?: number;
  /**
   * Frames under way at once. 1, which keeps the order whatever the engine answers: meanwhile sent events
   * gather into the next frame. More is faster over long distances, but an event the engine could not take
   * at once (`unavailable`, `rate_limited`) may then be recorded after a later one.
   */
  maxInFlight?: number;
  /** Milliseconds in which events gather into one frame. 0: those of the same turn. */
  batchMs?: number;
  /** No welcome within this many milliseconds ends the attempt. 10,000. */
  connectTimeoutMs?: number;
  /** A frame unanswered for this many milliseconds ends the connection; a new one sends it again. 30,000. */
  ackTimeoutMs?: number;
  backoff?: BackoffOptions;
};

export type BackoffOptions = {
  /** The first pause is between 0 and this many milliseconds, each next up to twice as long. 500. */
  baseMs?: number;
  /** No pause is longer than this many milliseconds. 30,000. */
  capMs?: number;
  /** A connection that lasted this many milliseconds counts as good: the pauses start small again. 10,000. */
  stableMs?: number;
};

export type CloseOptions = {
  /** True: first wait until all that is pending is answered. */
  drain?: boolean;
  /** How many milliseconds to wait for that. 30,000. What is pending then is rejected. */
  timeoutMs?: number;
};

export type Companion = {
  /**
   * Tells what happened. Resolves when the engine acknowledged it as durable.
   * While the engine is away, overloaded or asks for a pause, the event waits and goes out again under the
   * same id, in order; an `id` that is already pending gives the promise of the pending event.
   * Rejects with a CompanionError: `bad_event`, `unknown_type`, `too_large`, `queue_full`, `closed` or what
   * else the engine refuses for good. Every rejection but `closed` also goes to `onError`, so that it need not
   * be awaited: a promise nobody looks at never ends the process.
   */
  send(event: PlayerEvent, options?: { id?: string }): Promise<Ack>;
  /**
   * Many events, in order, as few frames as the limits allow; waits for room instead of `queue_full`.
   * Resolves with one ack for each event. When some are refused, the others are sent all the same; then it
   * rejects with the first refusal, whose `refused` lists all of them.
   */
  sendAll(events: readonly (PlayerEvent & { id?: string })[]): Promise<Ack[]>;
  /**
   * The player says something, 1 to 2000 characters. The companion's answer comes as an action. With `stream`, it is
   * heard in `onLine` while it is being written, where the engine has lines written at all.
   */
  chat(text: string, options?: { lang?: 'zh' | 'en'; id?: string; stream?: boolean }): Promise<Ack>;
  /** What the player thinks of an action. `felt`: the emotion the player really had. */
  feedback(
    actionId: string,
    reaction: 'like' | 'dislike' | 'mute',
    options?: { felt?: string; id?: string },
  ): Promise<Ack>;
  /**
   * Each action is handed over exactly once, in order, also over reconnects. While there is no handler, they
   * wait for one. An action that says `lineFollows` comes a second time, under the same `actionId`, with its line.
   */
  onAction(handler: ActionHandler): Unsubscribe;
  onLine(handler: LineHandler): Unsubscribe;
  onStatus(handler: StatusHandler): Unsubscribe;
  onError(handler: ErrorHandler): Unsubscribe;
  /**
   * Ends the connection for good. What is pending is rejected with `closed`; a store keeps it for the next
   * `connect`. With `drain`, first waits for the answers.
   */
  close(options?: CloseOptions): Promise<void>;
  readonly status: Status;
  /** The newest welcome of the engine: who the player is, which persona and language. */
  readonly welcome: ServerFrameOf<'welcome'> | undefined;
  /** How many sent things are not yet answered. */
  readonly pending: number;
  /** Position of the last action handed over: give it to `connect` as `resume` after a restart. */
  readonly resume: string | undefined;
};
