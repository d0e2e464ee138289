import type { RejectionCode } from '../domain/kernel/rejection.js';
import type { LineFailure } from '../domain/voice/outcome.js';
import type { PlacedEvent } from '../eventstore/log.js';

/**
 * The way from a frame to what the companion does, in its parts. `frame`: received to answered, durably. `append`: one append of
 * the gateway; `append_derived`: of whoever follows. `to_feel`: stored to given to its companion. `feel`: given to decided. `recall`: what
 * came to mind. `to_push`: the act stored to its being sent. `frame_to_action`: all of it.
 */
export const stages = [
  ...(['frame', 'append', 'append_derived', 'to_feel', 'recall', 'feel'] as const),
  ...(['to_push', 'frame_to_action'] as const),
] as const;
export type Stage = (typeof stages)[number];

/** Parts whose work can go wrong. */
export type Worker = 'gateway' | 'api' | 'emotion' | 'dialogue' | 'memory';

/** How a piece of work ended: a closed list. */
export type Outcome = 'ok' | RejectionCode | LineFailure | 'parked' | 'late' | 'failed';

/** Told what the engine does, as it does it. Has to be quick, and may not fail; keeps nothing of what it is told. */
export type Watch = {
  took(stage: Stage, ms: number): void;
  ended(worker: Worker, outcome: Outcome): void;
  /** A player's frame, with the ids of the events that it becomes. */
  came(frame: { type: string; id: string; events?: readonly { id: string }[] }, clientId: string): void;
  /** A request was answered. `route`: as it was declared; `undefined`: there is none. */
  asked(request: HttpRequest): void;
  /** New events of games. */
  stored(events: readonly { type: string }[]): void;
  /** An event of the log was sent to whoever listens. */
  pushed(event: PlacedEvent): void;
};

export type HttpRequest = {
  clientId: string | undefined;
  method: string;
  route: string | undefined;
  status: number;
  ms: number;
};

/** Nobody looks. */
export const unwatched: Watch = {
  took() {},
  ended() {},
  came() {},
  asked() {},
  stored() {},
  pushed() {},
};
