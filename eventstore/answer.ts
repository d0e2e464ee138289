import { formatUuid, parseUuidMessage } from './embedded/face/uuid.js';
import { Fields } from './embedded/face/wire.js';
import type { EventMetadata, StoredEvent } from './log.js';

/** What a server says in a read: an event, that there is no such stream, or what the port does not know of. */
export type Answer = StoredEvent | 'no_stream' | 'nothing';

export const isEvent = (answer: Answer): answer is StoredEvent => typeof answer !== 'string';

/**
 * A ReadResp message as the port has it: what the official client and `stored` would make of it together. Field
 * numbers are those of streams.proto; what is not on the wire has the value that the client gives it.
 */
export function answerOf(message: Buffer): Answer {
  const fields = new Fields(message, 0);
  let answer: Answer = 'nothing';
  while (fields.next(message.length)) {
    if (fields.field === 1) answer = eventIn(message, fields);
    else if (fields.field === 4) answer = 'no_stream';
  }
  return answer;
}

/** Beside the event there may be the link that led to it; where the event is gone, the link alone. */
function eventIn(message: Buffer, fields: Fields): Answer {
  let answer: Answer = 'nothing';
  for (const end = fields.enter(); fields.next(end); ) {
    if (fields.field === 1) answer = recorded(message, fields);
  }
  return answer;
}

/** Servers that do not tell the position in reads of one stream say the largest number instead. */
export const UNKNOWN_POSITION = 2 ** 63;

/** An event on its way: what its data is is known only when all of it has been seen. */
class Draft {
  id = '';
  stream = '';
  revision = 0;
  position: number | null = 0;
  type = '<no-event-type-provided>';
  metadata: unknown;
  isJson = false;
  start = 0;
  end = 0;
}

function recorded(message: Buffer, fields: Fields): StoredEvent {
  const draft = new Draft();
  for (const end = fields.enter(); fields.next(end); ) take(message, fields, draft);
  const { id, stream, revision, position, type, start, end } = draft;
  const data = draft.isJson ? jsonOf(textOf(message, start, end)) : copyOf(message, start, end);
  return { id, stream, revision, position, type, data, metadata: draft.metadata as EventMetadata };
}

function take(message: Buffer, fields: Fields, draft: Draft): void {
  const { start, end, value } = fields;
  switch (fields.field) {
    case 1:
      draft.id = idIn(message, fields);
      break;
    case 2:
      draft.stream = textIn(message, fields, 3);
      break;
    case 3:
      draft.revision = value;
      break;
    case 5:
      draft.position = value >= UNKNOWN_POSITION ? null : value;
      break;
    case 6:
      takeEntry(message, fields, draft);
      break;
    case 7:
      draft.metadata = metadataOf(message, start, end);
      break;
    case 8:
      draft.start = start;
      draft.end = end;
  }
}

const TYPE = Buffer.from('type');
const CONTENT_TYPE = Buffer.from('content-type');
const JSON_TYPE = Buffer.from('application/json');

/** One entry of the map that tells what the event is. */
function takeEntry(message: Buffer, fields: Fields, draft: Draft): void {
  let keyStart = 0;
  let keyEnd = 0;
  let start = 0;
  let end = 0;
  for (const last = fields.enter(); fields.next(last); ) {
    if (fields.field === 1) {
      keyStart = fields.start;
      keyEnd = fields.end;
    } else if (fields.field === 2) {
      start = fields.start;
      end = fields.end;
    }
  }
  const length = keyEnd - keyStart;
  if (length === TYPE.length && begins(message, keyStart, TYPE)) {
    draft.type = textOf(message, start, end);
  } else if (length === CONTENT_TYPE.length && begins(message, keyStart, CONTENT_TYPE)) {
    draft.isJson = end - start === JSON_TYPE.length && begins(message, start, JSON_TYPE);
  }
}

/** Byte by byte: so short a text is compared sooner than a string or a call of Buffer's is made. */
function begins(message: Buffer, start: number, text: Buffer): boolean {
  for (let i = 0; i < text.length; i++) if (message[start + i] !== text[i]) return false;
  return true;
}

const textOf = (message: Buffer, start: number, end: number) => message.toString('utf8', start, end);

/** Of the message that is here, the text that is one of its fields. */
function textIn(message: Buffer, fields: Fields, wanted: number): string {
  let text = '';
  for (const end = fields.enter(); fields.next(end); ) {
    if (fields.field === wanted) text = textOf(message, fields.start, fields.end);
  }
  return text;
}

/** It is asked for as text; the other form is two numbers. */
function idIn(message: Buffer, fields: Fields): string {
  const { start, end } = fields;
  return textIn(message, fields, 2) || formatUuid(parseUuidMessage(message.subarray(start, end)));
}

/** Others who write to the log may call JSON what is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function metadataOf(message: Buffer, start: number, end: number): unknown {
  if (start === end) return undefined;
  try {
    return JSON.parse(textOf(message, start, end));
  } catch {
    return copyOf(message, start, end);
  }
}

/** Its own bytes, so that not all of the message is kept for them. */
const copyOf = (message: Buffer, start: number, end: number) => new Uint8Array(message.subarray(start, end));
