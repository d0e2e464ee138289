import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import { MAX_FRAME_BYTES } from '../../sdk/protocol.js';
import { bearer } from '../auth/authenticate.js';
import { answerOnSocket } from '../http/client-errors.js';
import { countedBy } from '../limits/counted.js';
import { whoIs } from '../limits/limits.js';
import { statusOf } from '../openapi/problem.js';
import { Connection, type ConnectionParts } from './connection.js';
import { corkPerTurn } from './cork.js';
import { startHeart } from './heart.js';
import { HEARTBEAT_MS } from './welcome.js';

export type SocketGateway = {
  /** What is under way is answered, everybody is sent elsewhere (1012). Takes so long at most (ms). */
  close(withinMs?: number): Promise<void>;
};

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
  sockets.on('wsClientError', ({ message }, socket) => turnAway(socket, reject('bad_frame', message)));
  const connections = new Map<Connection, WebSocket>();
  const heart = startHeart(HEARTBEAT_MS);
  let leaving = false;
  const counted = countedBy();
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Nobody else listens to this socket's errors, and an error that nobody hears ends the process.
    socket.on('error', () => undefined);
    if (request.url?.split('?', 1)[0] !== '/ws') return turnAway(socket, NOT_HERE);
    const who = whoIs(parts.addressOf(request));
    const taken = await parts.limits.address(who);
    if (taken?.refused || counted.of(who) >= parts.connectionsMax) return turnAway(socket, TOO_MANY);
    if (socket.destroyed) return;
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const { headers } = request;
      const upgraded = { token: bearer(headers), origin: headers.origin, cork: corkPerTurn(socket) };
      const connection = new Connection(webSocket, parts, upgraded);
      connections.set(connection, webSocket);
      counted.add(who);
      const letBe = heart.add(() => connection.beat());
      webSocket.on('close', () => {
        letBe();
        connections.delete(connection);
        counted.remove(who);
      });
      // Rather than refused: whoever is refused takes it for a network that lets no WebSocket through.
      if (leaving) connection.restart();
    });
  };
  http.on('upgrade', upgrade);
  return {
    async close(withinMs = CLOSED_WITHIN_MS) {
      heart.stop();
      leaving = true;
      for (const connection of connections.keys()) connection.restart();
      const until = performance.now() + withinMs;
      while (connections.size > 0 && performance.now() < until) await sleep(10);
      for (const webSocket of connections.values()) webSocket.terminate();
      sockets.close();
    },
  };
}

/** An append is tried for three seconds: by then every frame has its answer. */
const CLOSED_WITHIN_MS = 5_000;
const NOT_HERE = reject('not_found', 'WebSockets are opened at /ws');
const TOO_MANY = reject('rate_limited', 'too many connections of this address', { retryAfterMs: 1_000 });

const turnAway = (socket: Duplex, rejection: Rejection): void =>
  answerOnSocket(socket, statusOf[rejection.code], rejection);
