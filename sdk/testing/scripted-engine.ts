import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type ClientFrame, type CompanionAction, clientFrame, type ServerFrame } from '../protocol.js';

/** A small engine for the SDK's tests: a real server on a real socket whose every answer a test can script. */
export type ScriptedEngine = {
  readonly url: string;
  /** The first frame of each connection. */
  readonly hellos: Extract<ClientFrame, { type: 'hello' }>[];
  /** Every other frame but pings, in order of arrival. */
  readonly frames: SentFrame[];
  /** What is durable: each id once, in order of its first arrival. */
  readonly log: Recorded[];
  readonly connections: Set<Connection>;
  /** What to do with a frame; `record` unless scripted. */
  answer: (frame: SentFrame, connection: Connection) => void;
  /** What to do with a hello; `welcome` unless scripted. */
  greet: (hello: ScriptedEngine['hellos'][number], connection: Connection) => void;
  /** Answers pings; switch off to play dead. */
  alive: boolean;
  heartbeatMs: number;
  close(): Promise<void>;
};

export type Recorded = { id: string; body: unknown };
export type SentFrame = Exclude<ClientFrame, { type: 'hello' | 'ping' }>;
export type Connection = {
  readonly engine: ScriptedEngine;
  readonly socket: WebSocket;
  send(frame: ServerFrame | Record<string, unknown> | string): void;
  /** Stores what is new of the frame, in order, and acknowledges it. */
  record(frame: SentFrame): void;
  /** The storing alone: true when all of it was there already. */
  store(frame: SentFrame): boolean;
  welcome(): void;
};

export async function startEngine(port = 0): Promise<ScriptedEngine> {
  const server = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false });
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const engine: ScriptedEngine = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`,
    hellos: [],
    frames: [],
    log: [],
    connections: new Set(),
    answer: (frame, connection) => connection.record(frame),
    greet: (_, connection) => connection.welcome(),
    alive: true,
    heartbeatMs: 25_000,
    close: () => stop(server, engine),
  };
  server.on('connection', (socket) => accept(engine, socket));
  return engine;
}

function stop(server: WebSocketServer, engine: ScriptedEngine): Promise<void> {
  for (const { socket } of engine.connections) socket.terminate();
  return new Promise((resolve) => server.close(() => resolve()));
}

function accept(engine: ScriptedEngine, socket: WebSocket): void {
  const connection: Connection = {
    engine,
    socket,
    send: (frame) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    store: (frame) => store(engine, frame),
    record: (frame) => {
      const duplicate = store(engine, frame);
      connection.send({
        type: 'ack',
        id: frame.id,
        position: position(engine),
        ...(duplicate && { duplicate }),
      });
    },
    welcome: () => connection.send(welcomeOf(engine)),
  };
  engine.connections.add(connection);
  socket.on('close', () => engine.connections.delete(connection));
  socket.on('message', (data) => {
    if (!engine.alive) return;
    const frame = clientFrame.parse(JSON.parse(data.toString()));
    if (frame.type === 'ping') return connection.send({ type: 'pong' });
    if (frame.type === 'hello') {
      engine.hellos.push(frame);
      return engine.greet(frame, connection);
    }
    engine.frames.push(frame);
    engine.answer(frame, connection);
  });
}

const position = (engine: ScriptedEngine) => `${engine.log.length}:0`;

const welcomeOf = (engine: ScriptedEngine): ServerFrame => ({
  type: 'welcome',
  protocol: 1,
  playerId: 'p1',
  sessionId: 's1',
  persona: 'cheerful',
  lang: 'zh',
  position: position(engine),
  heartbeatMs: engine.heartbeatMs,
});

/** The events of a frame, whatever its kind. */
export const eventsOf = (frame: SentFrame): Recorded[] =>
  frame.type === 'game_events'
    ? frame.events.map(({ id, ...body }) => ({ id, body }))
    : [{ id: frame.id, body: frame.type === 'game_event' ? frame.event : frame }];

function store(engine: ScriptedEngine, frame: SentFrame): boolean {
  const known = new Set(engine.log.map(({ id }) => id));
  const fresh = eventsOf(frame).filter(({ id }) => !known.has(id));
  engine.log.push(...fresh);
  return fresh.length === 0;
}

export const anAction = (actionId: string, at: string, causedBy = 'e'): CompanionAction => ({
  type: 'companion_action',
  actionId,
  position: at,
  playerId: 'p1',
  causedBy,
  emotion: {
    label: 'excited',
    intensity: 0.9,
    valence: 0.8,
    arousal: 0.8,
    dominance: 0.5,
    confidence: 0.95,
    source: 'rule',
    ruleId: 'r1',
  },
  action: 'cheer',
  dialogue: { text: '太强了！！！', lang: 'zh', source: 'template', templateId: 't1' },
});

/** Resolves as soon as the condition holds; rejects, naming it, when it does not come true in time. */
export async function until(what: string, holds: () => boolean, withinMs = 60_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`did not come true within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
