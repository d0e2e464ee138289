import { messageOf } from './errors.js';
import { ABNORMAL, openSocket, type Socket, type Transport } from './socket.js';
import { timerMs } from './timing.js';

/** Why a connection is over. `code` is that of the close frame; 1006 when there was none. `retryAfterMs`: not before. */
export type LinkEnd = { code: number; why: string; retryAfterMs?: number | undefined };

export type LinkPorts = {
  url: string;
  transport: Transport;
  /** The first frame. */
  hello: string;
  /** Without a welcome by then the connection is given up. */
  connectTimeoutMs: number;
  frame(data: unknown): void;
  /** Called exactly once; after it no more frames come. */
  ended(end: LinkEnd): void;
};

/** One connection, from opening to its end. */
export type Link = {
  readonly ports: LinkPorts;
  socket: Socket | undefined;
  over: boolean;
  /** Milliseconds of `performance.now()`. */
  lastSeen: number;
  lastPing: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

const PING = JSON.stringify({ type: 'ping' });
/** Heartbeats closer together than this would be a flood, whatever the engine says. */
const SHORTEST_HEARTBEAT_MS = 20;

export function openLink(ports: LinkPorts): Link {
  const link: Link = { ports, socket: undefined, over: false, lastSeen: 0, lastPing: -1, timer: undefined };
  link.timer = setTimeout(
    () => endLink(link, { code: ABNORMAL, why: `no welcome within ${ports.connectTimeoutMs} ms` }),
    timerMs(ports.connectTimeoutMs),
  );
  openSocket(ports.url, ports.transport).then(
    (socket) => attach(link, socket),
    (error) => endLink(link, { code: ABNORMAL, why: messageOf(error) }),
  );
  return link;
}

function attach(link: Link, socket: Socket): void {
  link.socket = socket;
  if (link.over) {
    letGo(socket, 1000);
    return;
  }
  let trouble = '';
  socket.onopen = () => socket.send(link.ports.hello);
  socket.onerror = ({ message }) => {
    trouble = message ? `: ${message}` : '';
  };
  socket.onclose = ({ code, reason }) =>
    endLink(link, { code, why: `the connection ended (${code}${reason ? ` ${reason}` : ''})${trouble}` });
  socket.onmessage = ({ data }) => {
    link.lastSeen = performance.now();
    link.ports.frame(data);
  };
}

/** Nothing happens on a link that is over: what was to be sent is sent again on the next one. */
export function sendText(link: Link, text: string): void {
  if (!link.over) link.socket?.send(text);
}

/** Welcomed: from now on silence of two heartbeats means that the other side is gone. */
export function startHeartbeat(link: Link, heartbeatMs: number): void {
  clearTimeout(link.timer);
  if (link.over) return;
  const every = Math.max(SHORTEST_HEARTBEAT_MS, heartbeatMs);
  link.timer = setInterval(() => beat(link, every), timerMs(every));
}

function beat(link: Link, every: number): void {
  const now = performance.now();
  // Browsers slow the timers of hidden pages and stop them in sleep: silence counts only after a ping. A
  // timer may also fire a moment early, hence the slack.
  const unanswered = link.lastPing > link.lastSeen;
  const silence = now - link.lastSeen;
  if (unanswered && silence >= 2 * every - every / 10) {
    endLink(link, { code: ABNORMAL, why: `nothing heard for ${Math.round(silence)} ms` });
    return;
  }
  link.lastPing = now;
  sendText(link, PING);
}

/** Ends the connection and says so at once, whatever the other side does. */
export function endLink(link: Link, end: LinkEnd): void {
  if (link.over) return;
  link.over = true;
  clearTimeout(link.timer);
  if (link.socket) letGo(link.socket, end.code);
  link.ports.ended(end);
}

/** How long a closing handshake may take before the connection is cut. */
const CLOSING_MS = 500;
const CLOSED = 3;

function letGo(socket: Socket, code: number): void {
  socket.onopen = null;
  socket.onmessage = null;
  // `ws` throws errors that nobody listens to.
  socket.onerror = () => undefined;
  socket.onclose = null;
  if (socket.readyState === CLOSED) return;
  const timer = setTimeout(() => socket.terminate?.(), CLOSING_MS);
  socket.onclose = () => clearTimeout(timer);
  if (code === ABNORMAL && socket.terminate) socket.terminate();
  else socket.close(1000);
}
