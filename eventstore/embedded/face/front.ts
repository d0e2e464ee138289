import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A certificate chain and its key, as PEM. */
export type Tls = { cert: Buffer; key: Buffer };

export type Doors = { grpc(socket: Socket): void; http(socket: Socket): void };

/**
 * One port for two protocols, as at the real server: a connection that begins as HTTP/2 does (`PRI * HTTP/2.0`)
 * goes to gRPC, any other to HTTP/1. Looked at once, at its beginning.
 */
export type Front = { port: number; close(): void };

type Place = { host: string; port: number; tls?: Tls };

/** How long a connection may say nothing before it is known what it is. */
const SILENCE = 10_000;

export async function openFront({ host, port, tls }: Place, doors: Doors): Promise<Front> {
  const sockets = new Set<Socket>();
  const take = (socket: Socket) => {
    sockets.add(socket.once('close', () => void sockets.delete(socket)));
    socket.setNoDelay(true);
    show(socket, doors);
  };
  const server = tls ? createTlsServer({ ...tls, ALPNCallback: choose }) : createServer();
  server.on(tls ? 'secureConnection' : 'connection', take);
  const bound = await listen(server, host, port);
  return {
    port: bound,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Clients of gRPC offer HTTP/2 only; curl and browsers both, and what they ask for is not gRPC. */
const choose = ({ protocols }: { protocols: string[] }) =>
  ['http/1.1', 'h2'].find((protocol) => protocols.includes(protocol));

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      // A connection that could not be taken is no reason to end.
      server.on('error', () => {});
      resolve((server.address() as { port: number }).port);
    });
  });
}

const HTTP_2 = 'PRI';

function show(socket: Socket, doors: Doors): void {
  const end = () => socket.destroy();
  const look = () => {
    const head: Buffer | null = socket.read(HTTP_2.length);
    if (head === null) return;
    socket.off('readable', look).off('error', end).off('timeout', end).off('end', end).setTimeout(0);
    socket.unshift(head);
    if (head.toString('latin1') === HTTP_2) doors.grpc(socket);
    else doors.http(socket);
  };
  socket.on('readable', look).on('error', end).on('timeout', end).on('end', end).setTimeout(SILENCE);
}
