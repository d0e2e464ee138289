/** What a browser's WebSocket and that of `ws` have in common, as far as it is used here. */
export type Socket = {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Only `ws` has it: ends the connection without waiting for the other side. */
  terminate?(): void;
};

/** The code of an end without a closing frame. */
export const ABNORMAL = 1006;

export type Transport = 'websocket' | 'http';

export async function openSocket(url: string, transport: Transport): Promise<Socket> {
  if (transport === 'websocket') return openWebSocket(url);
  const { HttpSocket } = await import('./http-socket.js');
  return new HttpSocket(url);
}

/** Browsers, workers, Deno, Bun and Node from 22 have a WebSocket of their own; Node 20 takes that of `ws`. */
async function openWebSocket(url: string): Promise<Socket> {
  if (typeof globalThis.WebSocket === 'function') return new WebSocket(url) as unknown as Socket;
  const { WebSocket: FromWs } = await import('ws');
  return new FromWs(url, { perMessageDeflate: false }) as unknown as Socket;
}
