import type { z } from 'zod';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import { type ClientFrame, clientFrame } from '../../sdk/protocol.js';

export type ReadFrame = { frame: ClientFrame } | { refused: Rejection; id?: string };

/** A client's text as a frame, or what is wrong with it, with the frame's id where it has one. */
export function readFrame(text: string): ReadFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: reject('bad_frame', 'the frame is not JSON') };
  }
  const parsed = clientFrame.safeParse(json);
  if (parsed.success) return { frame: parsed.data };
  const id = (json as { id?: unknown } | null)?.id;
  return { refused: whatIsWrong(parsed.error), ...(typeof id === 'string' && id.length <= 64 && { id }) };
}

/** What is wrong first, with the path of the field; `whole` names what is wrong as a whole. */
export function whatIsWrong(error: z.ZodError, whole = 'frame'): Rejection {
  const issue = error.issues[0]!;
  const field = pathOf(issue.path);
  const inEvent = issue.path[0] === 'event' || (issue.path[0] === 'events' && issue.path.length > 1);
  const said = field === 'type' && issue.code === 'invalid_union' ? 'no such frame type' : issue.message;
  return reject(inEvent ? 'bad_event' : 'bad_frame', `${field || whole}: ${said}`, field ? { field } : {});
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${String(part)}` : String(part),
    '',
  );
