import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_FRAME_BYTES } from '../../sdk/protocol.js';
import { bearer } from '../auth/authenticate.js';
import { whoIs } from '../limits/limits.js';
import { Connection, type ConnectionParts } from './connection.js';
import { corkPerTurn } from './cork.js';
import { HEARTBEAT_MS } from './welcome.js';

export type SocketGateway = { close(): Promise<void> };

export type DoorParts = ConnectionParts & {
  /** Whose request it is, also behind proxies that are trusted. */
  addressOf(request: IncomingMessage): string;
  /** Connections of one address at most. */
  connectionsMax: number;
};

/** Serves `/ws` on the engine's HTTP server. Raw `ws`: Nest's adapter costs twice as much a message. */
export function serveSockets(http: Server, parts: DoorParts): SocketGateway {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  const connections = new Set<Connection>();
  const counted = countedBy();
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Nobody else listens to this socket's errors, and an error that nobody hears ends the process.
    socket.on('error', () => undefined);
    if (request.url?.split('?', 1)[0] !== '/ws') return turnAway(socket, '404 Not Found');
    const who = whoIs(parts.addressOf(request));
    const taken = await parts.limits.address(who);
    if (taken?.refused || counted.of(who) >= parts.connectionsMax) return turnAway(socket, TOO_MANY);
    if (socket.destroyed) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const { headers } = request;
      const upgraded = { token: bearer(headers), origin: headers.origin, cork: corkPerTurn(socket) };
      const connection = new Connection(webSocket, parts, upgraded);
      connections.add(connection);
      counted.add(who);
      webSocket.on('close', () => {
        connections.delete(connection);
        counted.remove(who);
      });
    });
  };
  http.on('upgrade', upgrade);
  const heart = setInterval(() => {
    for (const connection of connections) connection.beat();
  }, HEARTBEAT_MS);
  return {
    async close() {
      clearInterval(heart);
      http.off('upgrade', upgrade);
      for (const connection of connections) connection.restart();
      const until = performance.now() + 2_000;
      while (connections.size > 0 && performance.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 10));
      sockets.close();
    },
  };
}

const TOO_MANY = '429 Too Many Requests\r\nRetry-After: 1';

const turnAway = (socket: Duplex, status: string): void =>
  void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);

function countedBy() {
  const counts = new Map<string, number>();
  const of = (who: string) => counts.get(who) ?? 0;
  return {
    of,
    add: (who: string) => void counts.set(who, of(who) + 1),
    remove: (who: string) => void (of(who) > 1 ? counts.set(who, of(who) - 1) : counts.delete(who)),
  };
}
