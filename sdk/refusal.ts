import { CompanionError } from './errors.js';
import { drop, find, type Item, type Outbox, putBack } from './outbox.js';
import type { ErrorCode, ServerFrameOf } from './protocol.js';

type ErrorFrame = ServerFrameOf<'error'>;

/** What an error frame asks of the connection, after the outbox has taken its part. */
export type Verdict =
  | { kind: 'unknown' }
  | { kind: 'pause'; retryAfterMs: number | undefined }
  | { kind: 'unauthorized' }
  | { kind: 'refused'; errors: CompanionError[] };

const LATER = new Set<ErrorCode>(['unavailable', 'rate_limited']);
export const isForLater = (code: ErrorCode): boolean => LATER.has(code);
/** These concern the player, not one event: every event of the frame would meet the same answer. */
const WHOLE_FRAME = new Set<ErrorCode>(['forbidden', 'erased', 'not_found']);
const MAX_FAILURES = 3;

/**
 * The engine said no to a frame. Refused for good are only the events it means; all others wait again at
 * their place, so that one bad event never blocks the rest.
 */
export function refuse(outbox: Outbox, frame: ErrorFrame): Verdict {
  const found = frame.id === undefined ? undefined : find(outbox, frame.id);
  if (!found) return { kind: 'unknown' };
  const { items } = found;
  if (isForLater(frame.code)) {
    putBack(outbox, items);
    return { kind: 'pause', retryAfterMs: frame.retryAfterMs };
  }
  if (frame.code === 'unauthorized') {
    putBack(outbox, items);
    return { kind: 'unauthorized' };
  }
  if (frame.code === 'internal') return failed(outbox, items, frame);
  const guilty = WHOLE_FRAME.has(frame.code) ? items : guiltyOf(items, frame);
  if (!guilty) return { kind: 'refused', errors: narrowDown(outbox, items) };
  putBack(
    outbox,
    items.filter((item) => !guilty.includes(item)),
  );
  return { kind: 'refused', errors: guilty.map((item) => refuseItem(outbox, item, frame)) };
}

/** The events the answer names; `undefined` when it is one of several but does not say which. */
function guiltyOf(items: Item[], frame: ErrorFrame): Item[] | undefined {
  if (items.length === 1) return items;
  const index = /^events(?:\[(\d+)\]|\.(\d+)\b)/.exec(frame.field ?? '');
  const item = index ? items[Number(index[1] ?? index[2])] : undefined;
  return item && [item];
}

/** Halves, and halves again: the guilty event is found without sending every other one alone. */
function narrowDown(outbox: Outbox, items: Item[]): [] {
  for (const item of items) item.batchLimit = Math.ceil(items.length / 2);
  putBack(outbox, items);
  return [];
}

/** The engine stumbled. It may be the moment or the event: try again a few times, in the end alone. */
function failed(outbox: Outbox, items: Item[], frame: ErrorFrame): Verdict {
  const only = items.length === 1 ? items[0]! : undefined;
  if (only && ++only.failures >= MAX_FAILURES)
    return { kind: 'refused', errors: [refuseItem(outbox, only, frame)] };
  narrowDown(outbox, items);
  return { kind: 'pause', retryAfterMs: frame.retryAfterMs };
}

function refuseItem(outbox: Outbox, item: Item, frame: ErrorFrame): CompanionError {
  // Alone or among others, the game reads the same: a path within its own event.
  const field = frame.field?.replace(/^events(?:\[\d+\]|\.\d+)/, 'event');
  const error = new CompanionError(frame.code, frame.message, { field, retryAfterMs: frame.retryAfterMs });
  drop(outbox, item, error);
  return error;
}

/** The engine ended the connection because a frame was too large for it: the next ones are smaller. */
export function shrink(outbox: Outbox): CompanionError[] {
  const refused: CompanionError[] = [];
  for (const { id, items } of [...outbox.flying.values()]) {
    if (items.length > 1) {
      for (const item of items) item.batchLimit = Math.ceil(items.length / 2);
    } else if (outbox.flying.size === 1) {
      outbox.flying.delete(id);
      const error = new CompanionError('too_large', 'the engine does not take a frame of this size');
      drop(outbox, items[0]!, error);
      refused.push(error);
    }
  }
  return refused;
}
