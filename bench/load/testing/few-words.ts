import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type Told = { type: string; id: string };
export type Answer = (frame: Told, nth: number, socket: WebSocket) => void;

/** A gateway of few words: it greets, then answers each frame as the test says. */
export async function gatewayOfFewWords(answer: Answer): Promise<{ url: string; close(): void }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  let nth = 0;
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString()) as Told;
      if (frame.type === 'hello') socket.send('{"type":"welcome"}');
      else answer(frame, nth++, socket);
    }),
  );
  await new Promise((resolve) => server.once('listening', resolve));
  const close = () => {
    for (const client of server.clients) client.terminate();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
