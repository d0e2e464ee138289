import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_FRAME_BYTES } from '../../sdk/protocol.js';
import { bearer } from '../auth/authenticate.js';
import { Connection, type ConnectionParts, HEARTBEAT_MS } from './connection.js';
import { corkPerTurn } from './cork.js';

export type SocketGateway = { close(): Promise<void> };

/** Serves `/ws` on the engine's HTTP server. Raw `ws`: Nest's adapter costs twice as much a message. */
export function serveSockets(http: Server, parts: ConnectionParts): SocketGateway {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    clientTracking: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  const connections = new Set<Connection>();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.split('?', 1)[0] !== '/ws') {
      // Nobody else listens to this socket's errors, and an error that nobody hears ends the process.
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const upgraded = { token: bearer(request.headers), cork: corkPerTurn(socket) };
      const connection = new Connection(webSocket, parts, upgraded);
      connections.add(connection);
      webSocket.on('close', () => connections.delete(connection));
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
