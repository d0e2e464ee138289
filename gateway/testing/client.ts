import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { type ServerFrame, type ServerFrameOf, serverFrame } from '../../sdk/protocol.js';
import type { TestEngine } from './engine.js';

export type Answer = { status: number; type: string; body: Record<string, unknown> };

type Request = { method?: string; body?: unknown; text?: string; headers?: Record<string, string> };

/** One HTTP call; `text` is sent as it is. */
export async function call(engine: { url: string }, path: string, request: Request = {}): Promise<Answer> {
  const { method = request.body === undefined && request.text === undefined ? 'GET' : 'POST' } = request;
  const sent = request.text ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
  const answer = await fetch(`${engine.url}${path}`, {
    method,
    headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...request.headers },
    ...(sent !== undefined && { body: sent }),
  });
  const text = await answer.text();
  const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body };
}

export type Studio = { clientId: string; apiKey: string; key: { 'x-api-key': string }; email: string };

export async function aStudio(engine: TestEngine): Promise<Studio> {
  const email = `${randomUUID()}@example.com`;
  const account = { name: 'Studio', email, password: 'correct horse' };
  const { body } = await call(engine, '/auth/register', { body: account });
  const { clientId, apiKey } = body as { clientId: string; apiKey: string };
  return { clientId, apiKey, key: { 'x-api-key': apiKey }, email };
}

export async function aGame(engine: TestEngine, studio: Studio): Promise<string> {
  const { body } = await call(engine, '/games', { body: { name: 'Game' }, headers: studio.key });
  return body.id as string;
}

export type TestPlayer = { gameId: string; playerId: string; token: string };

export async function aPlayer(engine: TestEngine, studio: Studio, gameId: string): Promise<TestPlayer> {
  const headers = studio.key;
  const registration = { externalId: randomUUID(), persona: 'cool', lang: 'en' };
  const player = await call(engine, `/games/${gameId}/players`, { body: registration, headers });
  const playerId = player.body.id as string;
  const token = await call(engine, '/auth/player-tokens', { body: { gameId, playerId }, headers });
  return { gameId, playerId, token: token.body.token as string };
}

/** A socket that keeps what it hears, every frame checked against the protocol. */
export class TestSocket {
  readonly frames: ServerFrame[] = [];
  closed: { code: number; reason: string } | null = null;
  private readonly heard: (() => void)[] = [];

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.frames.push(serverFrame.parse(JSON.parse(data.toString())));
      this.tell();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.tell();
    });
    socket.on('error', () => undefined);
  }

  static async open(engine: { url: string }, headers: Record<string, string> = {}): Promise<TestSocket> {
    const socket = new WebSocket(`${engine.url.replace('http', 'ws')}/ws`, { headers });
    const opened = new TestSocket(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return opened;
  }

  /** Connected and welcomed. */
  static async enter(engine: { url: string }, token: string, resume?: string): Promise<TestSocket> {
    const entered = await TestSocket.open(engine);
    entered.send({ type: 'hello', protocol: 1, token, ...(resume !== undefined && { resume }) });
    await entered.next('welcome');
    return entered;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  of<T extends ServerFrame['type']>(type: T): ServerFrameOf<T>[] {
    return this.frames.filter((frame): frame is ServerFrameOf<T> => frame.type === type);
  }

  /** The first frame of this type that satisfies, now or soon. */
  async next<T extends ServerFrame['type']>(
    type: T,
    fits: (frame: ServerFrameOf<T>) => boolean = () => true,
  ): Promise<ServerFrameOf<T>> {
    return this.wait(() => this.of(type).find(fits), type);
  }

  /** The answer to a frame, after sending it. */
  async ask(frame: { id: string }): Promise<ServerFrameOf<'ack'> | ServerFrameOf<'error'>> {
    const before = this.frames.length;
    this.send(frame);
    return this.wait(() => {
      const found = this.frames.slice(before).find((one) => 'id' in one && one.id === frame.id);
      return found as ServerFrameOf<'ack'> | ServerFrameOf<'error'> | undefined;
    }, `an answer to ${frame.id}`);
  }

  async ended(): Promise<{ code: number; reason: string }> {
    return this.wait(() => this.closed ?? undefined, 'the end');
  }

  async wait<T>(look: () => T | undefined, what: string, patience = 60_000): Promise<T> {
    for (const end = Date.now() + patience; ; ) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${what} did not come: ${JSON.stringify(this.frames.slice(-3))}`);
      await new Promise<void>((resolve) => {
        this.heard.push(resolve);
        setTimeout(resolve, 50);
      });
    }
  }

  close(): void {
    this.socket.terminate();
  }

  private tell(): void {
    for (const resolve of this.heard.splice(0)) resolve();
  }
}

/** A frame of one event. */
export const anEventFrame = (type = 'player.kill', data: object = {}, id: string = randomUUID()) => ({
  type: 'game_event',
  id,
  event: { type, data },
});

/** A WebSocket by hand (RFC 6455), which never answers a closing frame. */
export async function rudeClient(engine: { url: string }) {
  const { hostname, port } = new URL(engine.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.on('data', (data) => {
    heard += data.toString('latin1');
  });
  socket.on('error', () => undefined);
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13';
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: x\r\n${upgrade}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  );
  return {
    heard: () => heard,
    send(frame: object): void {
      const text = Buffer.from(JSON.stringify(frame));
      // One text frame, masked with zeros, its length in two bytes.
      const header = Buffer.from([0x81, 0x80 | 126, text.length >> 8, text.length & 255, 0, 0, 0, 0]);
      socket.write(Buffer.concat([header, text]));
    },
    end: () => socket.destroy(),
  };
}
