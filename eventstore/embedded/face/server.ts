import { randomBytes } from 'node:crypto';
import type { Http2Server } from 'node:http2';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Engine } from '../engine/engine.js';
import { gateOf, guard } from './access/guard.js';
import { type Users, usersOf } from './access/users.js';
import { openFront, type Tls } from './front.js';
import { gossipService } from './gossip.js';
import { httpServer } from './http.js';
import { monitoringService } from './monitoring.js';
import { operationsService } from './operations.js';
import { persistentService } from './persistent/service.js';
import { serverFeaturesService } from './server-features.js';
import type { Node, Service } from './service.js';
import { measured } from './stats.js';
import { streamsService } from './streams/service.js';
import { usersService } from './users.js';

/** The services of the node, in the order in which it names them. What is not here answers UNIMPLEMENTED. */
const serviceFactories = [
  streamsService,
  persistentService,
  gossipService,
  serverFeaturesService,
  usersService,
  operationsService,
  monitoringService,
];

export type FaceOptions = {
  /** 0 or nothing: any free port. */
  port?: number;
  /** 127.0.0.1 by default. */
  host?: string;
  /** With it the node serves over TLS and asks who calls; without it, as at the real server, neither. */
  tls?: Tls;
  /** The password that the standard users begin with. */
  password?: string;
  /** An operator has told the node to end. */
  onShutdown?: () => void;
  onLine?: (line: string) => void;
};

export type Face = {
  port: number;
  /** Takes no new calls, ends the running ones, and resolves when nothing of it is under way. */
  close(): Promise<void>;
};

/** Bytes a client may have under way. */
const WINDOW = 4 * 1024 * 1024;
const MAX_MESSAGE = 17 * 1024 * 1024;
/** The real server's. Whoever leaves it is told. */
export const DEFAULT_PASSWORD = 'changeit';

/** Serves a log, so that the official client cannot tell it from a real server. */
export async function openFace(log: Engine, options: FaceOptions = {}): Promise<Face> {
  const { port = 0, host = '127.0.0.1', tls, onShutdown = () => {}, onLine = () => {} } = options;
  const { engine, stats } = measured(log);
  const users = usersOf(engine);
  const gate = tls && gateOf(engine, users);
  if (tls) await prepareUsers(users, options.password, onLine);
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE,
    'grpc.max_send_message_length': MAX_MESSAGE,
    interceptors: gate ? [guard(gate)] : [],
  });
  const services: Service[] = [];
  let bound = port;
  const node: Node = {
    engine,
    users,
    stats,
    id: randomBytes(16),
    host,
    secure: tls !== undefined,
    port: () => bound,
    services: () => services,
    shutdown: onShutdown,
    say: onLine,
  };
  for (const make of serviceFactories) {
    const service = make(node);
    services.push(service);
    server.addService(service.definition, service.handlers);
  }
  const http = httpServer(node, gate);
  // TLS ends at the front: what comes in by here is plain.
  const grpc = server.createConnectionInjector(ServerCredentials.createInsecure());
  widen(server);
  const front = await openFront(
    { host, port, tls },
    {
      grpc: (socket) => grpc.injectConnection(socket),
      http: (socket) => http.emit('connection', socket),
    },
  );
  bound = front.port;
  return {
    port: bound,
    async close() {
      const closing = services.map((service) => service.close?.());
      server.forceShutdown();
      front.close();
      await Promise.all(closing);
    },
  };
}

async function prepareUsers(users: Users, given: string | undefined, say: (line: string) => void) {
  await users.createStandard(given ?? DEFAULT_PASSWORD);
  if (await users.authenticate('admin', DEFAULT_PASSWORD))
    say('the user admin has the well-known default password: change it before others reach this node');
  else if (given !== undefined && !(await users.authenticate('admin', given)))
    say('this log has its users already: the password given for admin was not used');
}

/**
 * HTTP/2 lets a sender have 64 KiB under way, about one append of a hundred events: a client would wait for the
 * node's event loop after each. grpc-js has no setting for it; without its inner server, it stays as it is.
 */
function widen(server: Server): void {
  const { http2Servers } = server as unknown as { http2Servers?: Map<Http2Server, unknown> };
  for (const inner of http2Servers?.keys() ?? []) {
    inner.on('session', (session) => {
      session.setLocalWindowSize(WINDOW);
      session.settings({ initialWindowSize: WINDOW });
    });
  }
}
