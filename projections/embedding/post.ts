import { EmbedderUnavailable } from './embedder.js';
import { untilAny } from './until-any.js';

/** The server's word on what was sent: sending the same again is of no use. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Worth another try at once, or when the server says. */
export class Trouble extends EmbedderUnavailable {}

export type PostSettings = { url: string; key?: string; deadlineMs: number; closing: AbortSignal };
/** The body of the answer. @throws Refusal, Trouble, EmbedderUnavailable; the reason of `signal` */
export type Posting = (request: object, signal?: AbortSignal) => Promise<string>;

/** More than any batch of vectors is in text. */
const BODY_MAX = 64 * 1024 * 1024;
/** What a server answers to texts that it does not take. */
const REFUSED = [400, 413, 422];

export function post({ url, key, deadlineMs, closing }: PostSettings): Posting {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) };
  return (request, signal) =>
    untilAny([signal, closing], async (ended) => {
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), deadlineMs);
      try {
        return await untilAny([ended, late.signal], async (over) => {
          const body = JSON.stringify(request);
          const response = await fetch(url, {
            method: 'POST',
            headers,
            body,
            signal: over,
            redirect: 'error',
          });
          if (!response.ok) throw await answered(response);
          return await bodyOf(response);
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (closing.aborted) throw new EmbedderUnavailable('closed');
        if (late.signal.aborted) throw new EmbedderUnavailable(`no answer in ${deadlineMs} ms`);
        throw error instanceof EmbedderUnavailable || error instanceof Refusal ? error : cut(error as Error);
      } finally {
        clearTimeout(timer);
      }
    });
}

/** What it says beside its status is not repeated: it may quote the texts, or the key. */
async function answered(response: Response): Promise<Error> {
  await response.body?.cancel();
  const { status } = response;
  const message = `the server answered ${status}`;
  if (REFUSED.includes(status)) return new Refusal(message);
  if (status === 429 || status === 408 || status >= 500) return new Trouble(message, retryAfterOf(response));
  return new EmbedderUnavailable(message);
}

/** In seconds, or as a date (RFC 9110, 10.2.3). */
function retryAfterOf({ headers }: Response): number | undefined {
  const told = headers.get('retry-after');
  if (told === null) return undefined;
  const ms = /^\d+$/.test(told) ? Number(told) * 1_000 : Date.parse(told) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

async function bodyOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > BODY_MAX) throw new EmbedderUnavailable(`the answer is longer than ${BODY_MAX} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Messages of `fetch` quote what it was given; codes do not. */
function cut({ name, cause }: Error): Trouble {
  const { code } = (cause ?? {}) as { code?: string };
  return new Trouble(`the server cannot be reached, or has hung up: ${code ?? name}`);
}
