import type { GameEvent, GameEventType } from '../domain/events/game-event.js';
import { type Rejection, reject } from '../domain/kernel/rejection.js';
import { isGameEventType, MAX_EVENT_BYTES } from '../sdk/protocol.js';

type Input = {
  id: string;
  type: string;
  at?: string | undefined;
  data?: Record<string, unknown> | undefined;
  context?: Record<string, unknown> | undefined;
};

const EARLIEST = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
/** What is nested deeper cannot be written as JSON everywhere it has to go. */
export const MAX_DEPTH = 32;
/** Below this a frame cannot hold an event that is too large, so measuring is spared. */
export const SURELY_SMALL_BYTES = MAX_EVENT_BYTES / 4;

/** Events as a game sent them, completed and checked beyond their shape. All or none are accepted. */
export function acceptEvents(inputs: readonly Input[], now: Date): GameEvent[] | Rejection {
  const events: GameEvent[] = [];
  for (const [index, input] of inputs.entries()) {
    // Those that tell no time were told in this order.
    const then = new Date(now.getTime() - (inputs.length - 1 - index));
    const event = acceptEvent(input, then, `events[${index}]`);
    if (!('id' in event)) return event;
    events.push(event);
  }
  return events;
}

export function acceptEvent(input: Input, now: Date, field: string, bytes?: number): GameEvent | Rejection {
  const { type, data = {}, context = {} } = input;
  if (!isGameEventType(type)) {
    return reject('unknown_type', `${type} is no event type; a game's own are called custom.<name>`, {
      field: `${field}.type`,
    });
  }
  if (isDeeperThan(MAX_DEPTH, [data, context])) {
    return reject('bad_event', `data and context are nested deeper than ${MAX_DEPTH}`, {
      field: `${field}.data`,
    });
  }
  if (
    (bytes ?? Number.POSITIVE_INFINITY) > SURELY_SMALL_BYTES &&
    sizeOf(data) + sizeOf(context) > MAX_EVENT_BYTES
  ) {
    return reject('too_large', `data and context together are over ${MAX_EVENT_BYTES} bytes`, {
      field: `${field}.data`,
    });
  }
  const at = timeOf(input.at, now);
  if (at === null) {
    return reject('bad_event', 'at is outside 2000-01-01 to one day from now', { field: `${field}.at` });
  }
  return { id: input.id.toLowerCase(), type: type as GameEventType, at, data, context };
}

/** Whether objects and lists lie deeper within `value` than so many levels. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels < 0) return true;
  for (const part of Object.values(value)) if (isDeeperThan(levels - 1, part)) return true;
  return false;
}

const sizeOf = (value: object) => Buffer.byteLength(JSON.stringify(value));

/** In UTC with milliseconds, so that times compare as texts. */
function timeOf(at: string | undefined, now: Date): string | null {
  if (at === undefined) return now.toISOString();
  const time = Date.parse(at);
  if (!(time >= EARLIEST && time <= now.getTime() + DAY_MS)) return null;
  return new Date(time).toISOString();
}
