import { CompanionError, messageOf } from './errors.js';
import { clientFrame, MAX_EVENT_BYTES, MAX_FRAME_BYTES } from './protocol.js';
import type { PlayerEvent } from './types.js';

const utf8 = new TextEncoder();
/** In UTF-8. Most text of games is ASCII, where counting is ten times as fast as encoding. */
export const byteLength = (text: string): number =>
  /[^\0-\x7f]/.test(text) ? utf8.encode(text).length : text.length;
/** No character of a string takes more than this. */
const MOST_BYTES = 3;

/** A UUID, version 4. `crypto.randomUUID` exists on secure pages only, and a game may be served over plain HTTP. */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Something to send, fixed as text: later changes to the game's own object do not reach it. */
export type Encoded = {
  id: string;
  /** The frame as it goes out alone. */
  frame: string;
  /** Of game events: the event as it goes out among others, and its size. */
  batched?: { text: string; bytes: number };
};

/** @throws CompanionError `bad_event` naming the field, or `too_large`. */
export function encodeEvent(event: PlayerEvent, id: string): Encoded {
  if (typeof event !== 'object' || event === null)
    throw new CompanionError('bad_event', 'an event must be an object with a type', { field: 'event' });
  const { type, at, data, context } = event;
  const text = toJson({ type, at, data, context });
  if (text!.length * MOST_BYTES > MAX_EVENT_BYTES) checkSize(data, context);
  return checked(`{"type":"game_event","id":${JSON.stringify(id)},"event":${text}}`).encoded;
}

function checkSize(...parts: unknown[]): void {
  const size = parts.reduce<number>((sum, part) => sum + byteLength(toJson(part) ?? ''), 0);
  if (size <= MAX_EVENT_BYTES) return;
  throw new CompanionError(
    'too_large',
    `data and context take ${size} bytes, at most ${MAX_EVENT_BYTES} are allowed`,
    { field: 'event.data' },
  );
}

/** A chat message or feedback. @throws CompanionError `bad_event` naming the field, or `too_large`. */
export const encodeFrame = (frame: Record<string, unknown>): Encoded => checked(toJson(frame)!).encoded;

/** Brings back what a store kept; `undefined` when it is not a frame of the protocol. */
export function decodeStored(frame: string): Encoded | undefined {
  try {
    const { type, encoded } = checked(frame);
    return type === 'hello' || type === 'ping' || type === 'game_events' ? undefined : encoded;
  } catch {
    return undefined;
  }
}

function checked(text: string): { type: string; encoded: Encoded } {
  const size = byteLength(text);
  if (size > MAX_FRAME_BYTES)
    throw new CompanionError(
      'too_large',
      `the frame takes ${size} bytes, at most ${MAX_FRAME_BYTES} are allowed`,
    );
  const raw = JSON.parse(text) as { id: string; event?: object };
  const result = clientFrame.safeParse(raw);
  if (!result.success) {
    const issue = result.error.issues[0]!;
    const field = fieldOf(issue.path);
    throw new CompanionError('bad_event', `${field}: ${issue.message}`, { field });
  }
  const encoded: Encoded = { id: raw.id, frame: text };
  if (raw.event) {
    const batched = JSON.stringify({ ...raw.event, id: raw.id });
    encoded.batched = { text: batched, bytes: byteLength(batched) };
  }
  return { type: result.data.type, encoded };
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new CompanionError('bad_event', `cannot be written as JSON: ${messageOf(error)}`, {
      field: 'event',
    });
  }
}

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (field, key) =>
      typeof key === 'number' ? `${field}[${key}]` : field ? `${field}.${String(key)}` : String(key),
    '',
  ) || 'frame';
