import { once } from 'node:events';
import WebSocket from 'ws';

/** The kinds of frames a load meets, told by the first letters of their type. */
export type Kind = 'ack' | 'companion_action' | 'error' | 'other';

const ACK = Buffer.from('{"type":"ack"');
const ERROR = Buffer.from('{"type":"error"');
const ACTION = Buffer.from('{"type":"companion_action"');
const startsWith = (bytes: Buffer, start: Buffer) =>
  bytes.compare(start, 0, start.length, 0, start.length) === 0;

/** Without parsing: a load must be cheaper than what it measures. */
export function kindOf(bytes: Buffer): Kind {
  if (startsWith(bytes, ACK)) return 'ack';
  if (startsWith(bytes, ACTION)) return 'companion_action';
  return startsWith(bytes, ERROR) ? 'error' : 'other';
}

/** Sockets of these players, greeted. @throws when one is not welcome. */
export async function enter(url: string, tokens: readonly string[]): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  // One after the other in small groups: a crowd at the door is another measurement.
  for (let at = 0; at < tokens.length; at += 10) {
    sockets.push(...(await Promise.all(tokens.slice(at, at + 10).map((token) => enterOne(url, token)))));
  }
  return sockets;
}

async function enterOne(url: string, token: string): Promise<WebSocket> {
  const socket = await connect(`${url.replace('http', 'ws')}/ws`);
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, token }));
  const [answer] = (await once(socket, 'message')) as [Buffer];
  const { type, message } = JSON.parse(answer.toString()) as { type: string; message?: string };
  if (type !== 'welcome') throw new Error(`the gateway answered ${type}: ${message}`);
  return socket;
}

export async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await once(socket, 'open');
  return socket;
}

export function closeAll(sockets: readonly WebSocket[]): void {
  for (const socket of sockets) {
    socket.removeAllListeners();
    socket.on('error', () => undefined);
    socket.close();
  }
}
