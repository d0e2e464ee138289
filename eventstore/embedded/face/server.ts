import { randomBytes } from 'node:crypto';
import type { Http2Server } from 'node:http2';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Engine } from '../engine/engine.js';
import { gossipService } from './gossip.js';
import { persistentService } from './persistent/service.js';
import { serverFeaturesService } from './server-features.js';
import type { Node, Service } from './service.js';
import { streamsService } from './streams/service.js';

/** The services of the node, in the order in which it names them. What is not here answers UNIMPLEMENTED. */
const serviceFactories = [streamsService, persistentService, gossipService, serverFeaturesService];

export type Face = {
  port: number;
  /** Takes no new calls, ends the running ones, and resolves when nothing of it is under way. */
  close(): Promise<void>;
};

/** Bytes a client may have under way. */
const WINDOW = 4 * 1024 * 1024;
const MAX_MESSAGE = 17 * 1024 * 1024;

/** Serves a log on 127.0.0.1, so that the official client cannot tell it from a real server. 0: any free port. */
export async function openFace(engine: Engine, port = 0): Promise<Face> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_MESSAGE,
    'grpc.max_send_message_length': MAX_MESSAGE,
  });
  const services: Service[] = [];
  let bound = port;
  const id = randomBytes(16);
  const node: Node = { engine, id, port: () => bound, services: () => services };
  for (const make of serviceFactories) {
    const service = make(node);
    services.push(service);
    server.addService(service.definition, service.handlers);
  }
  bound = await bind(server, port);
  widen(server);
  const close = async () => {
    const closing = services.map((service) => service.close?.());
    server.forceShutdown();
    await Promise.all(closing);
  };
  return { port: bound, close };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
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
