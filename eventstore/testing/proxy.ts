import { connect, createServer, type Socket } from 'node:net';

export type Proxy = {
  port: number;
  /** From now on the server hears everything and nobody hears the server. */
  mute(): void;
  /** Connections are cut; later ones are whole again. */
  cut(): void;
  close(): void;
};

/** A wire to a local port that loses answers, or breaks, when told. */
export async function openProxy(to: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let muted = false;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (bytes) => muted || near.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    muted = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    mute() {
      muted = true;
    },
    cut,
    close() {
      cut();
      server.close();
    },
  };
}
