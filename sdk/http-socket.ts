import { messageOf } from './errors.js';
import { closeCodes } from './protocol.js';
import { ABNORMAL, type Socket } from './socket.js';

const OPEN = 1;
const CLOSED = 3;
const TRY_AGAIN_LATER = 1013;
const PONG = JSON.stringify({ type: 'pong' });

/**
 * The same frames where no WebSocket gets through: each is posted, one after the other, and what the companion does comes as
 * server-sent events. To whoever uses it, it is a socket.
 */
export class HttpSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  readyState = 0;
  private readonly base: string;
  private readonly aborting = new AbortController();
  private authorization = '';
  /** No frame overtakes another. */
  private turn: Promise<void> = Promise.resolve();

  /** `url`: of the WebSocket, `ws(s)://HOST/ws`. */
  constructor(url: string) {
    const { protocol, host, pathname } = new URL(url);
    const path = pathname.replace(/\/ws$/, '');
    this.base = `${protocol === 'wss:' ? 'https' : 'http'}://${host}${path}/players/me`;
    // After whoever opens it has begun to listen.
    setTimeout(() => {
      if (this.readyState !== 0) return;
      this.readyState = OPEN;
      this.onopen?.();
    }, 0);
  }

  send(text: string): void {
    const frame = JSON.parse(text) as { type: string; id?: string; token?: string; resume?: string };
    if (frame.type === 'hello') void this.listen(frame);
    // The stream has a beat of its own.
    else if (frame.type !== 'ping') this.turn = this.turn.then(() => this.post(text, frame.id));
  }

  close(code = 1000, reason = ''): void {
    this.end(code, reason);
  }

  terminate(): void {
    this.end(ABNORMAL, '');
  }

  private async listen({ token, resume }: { token?: string; resume?: string }): Promise<void> {
    this.authorization = `Bearer ${token}`;
    try {
      const query = resume === undefined ? '' : `?from=${encodeURIComponent(resume)}`;
      const response = await this.fetch(`actions/stream${query}`, { accept: 'text/event-stream' });
      if (!response.ok) return await this.refused(response);
      await this.hear(response.body!);
      // Whoever ends it in order, ends it for all: that instance stops, or a proxy has had enough.
      this.end(closeCodes.restarting, 'the stream ended');
    } catch (error) {
      this.end(ABNORMAL, messageOf(error));
    }
  }

  private async hear(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    for (let text = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (text + decoder.decode(value, { stream: true })).split('\n\n');
      text = parts.pop()!;
      for (const part of parts) this.onmessage?.({ data: frameIn(part) ?? PONG });
    }
  }

  private async post(text: string, id: string | undefined): Promise<void> {
    if (this.readyState !== OPEN) return;
    try {
      const response = await this.fetch('frames', { 'content-type': 'application/json' }, text);
      const answer = (await response.json()) as Record<string, unknown>;
      if (response.status === 401) return this.end(closeCodes.unauthorized, String(answer.detail));
      this.onmessage?.({ data: JSON.stringify(response.ok ? answer : errorFrame(answer, id)) });
    } catch (error) {
      this.end(ABNORMAL, messageOf(error));
    }
  }

  private fetch(path: string, headers: Record<string, string>, body?: string): Promise<Response> {
    return fetch(`${this.base}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, authorization: this.authorization },
      ...(body !== undefined && { body }),
      signal: this.aborting.signal,
    });
  }

  private async refused(response: Response): Promise<void> {
    const problem = (await response.json()) as Record<string, unknown>;
    this.onmessage?.({ data: JSON.stringify(errorFrame(problem)) });
    const isFinal = response.status === 401 || response.status === 404;
    this.end(isFinal ? closeCodes.unauthorized : TRY_AGAIN_LATER, String(problem.detail));
  }

  private end(code: number, reason: string): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.aborting.abort();
    this.onclose?.({ code, reason });
  }
}

/** The data of an event, which is one line here; none in what only keeps the connection alive. */
const frameIn = (event: string): string | undefined => /^data: (.*)$/m.exec(event)?.[1];

/** A problem document as the frame that a socket would have brought. */
const errorFrame = ({ code, detail, field, retryAfterMs }: Record<string, unknown>, id?: string) => ({
  ...{ type: 'error', code, message: detail },
  ...(id !== undefined && { id }),
  ...(field !== undefined && { field }),
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});
