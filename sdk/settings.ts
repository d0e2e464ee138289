import type { Transport } from './socket.js';
import type { ConnectOptions } from './types.js';

export type Settings = ConnectOptions & {
  urls: readonly string[];
  transport: 'auto' | Transport;
  maxPending: number;
  maxInFlight: number;
  batchMs: number;
  connectTimeoutMs: number;
  ackTimeoutMs: number;
  baseMs: number;
  capMs: number;
  stableMs: number;
};

/** The options with their defaults. @throws TypeError naming the option that cannot be used. */
export function settingsOf(options: ConnectOptions): Settings {
  const urls = (Array.isArray(options.url) ? options.url : [options.url]) as string[];
  if (urls.length === 0) throw new TypeError('url must name at least one address');
  urls.forEach(checkUrl);
  if (typeof options.token !== 'string' && typeof options.token !== 'function')
    throw new TypeError('token must be a string, or a function that gives one');
  const { backoff = {} } = options;
  return {
    ...options,
    urls,
    transport: oneOf('transport', ['auto', 'websocket', 'http'], options.transport ?? 'auto'),
    maxPending: atLeast('maxPending', 1, options.maxPending ?? 10_000),
    maxInFlight: atLeast('maxInFlight', 1, options.maxInFlight ?? 1),
    batchMs: atLeast('batchMs', 0, options.batchMs ?? 0),
    connectTimeoutMs: atLeast('connectTimeoutMs', 1, options.connectTimeoutMs ?? 10_000),
    ackTimeoutMs: atLeast('ackTimeoutMs', 1, options.ackTimeoutMs ?? 30_000),
    baseMs: atLeast('backoff.baseMs', 0, backoff.baseMs ?? 500),
    capMs: atLeast('backoff.capMs', 0, backoff.capMs ?? 30_000),
    stableMs: atLeast('backoff.stableMs', 0, backoff.stableMs ?? 10_000),
  };
}

function checkUrl(url: unknown): void {
  const parsed = typeof url === 'string' ? parse(url) : undefined;
  if (parsed?.protocol !== 'ws:' && parsed?.protocol !== 'wss:')
    throw new TypeError(`url must be like ws://HOST:PORT/ws or wss://HOST/ws, got ${JSON.stringify(url)}`);
  // A WebSocket refuses to be opened with a fragment; better said here than in a reconnecting loop.
  if (parsed.hash !== '') throw new TypeError(`url must not have a #fragment, got ${JSON.stringify(url)}`);
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function atLeast(name: string, least: number, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
  throw new TypeError(`${name} must be a number of at least ${least}, got ${String(value)}`);
}

function oneOf<T extends string>(name: string, choices: readonly T[], value: T): T {
  if (choices.includes(value)) return value;
  throw new TypeError(`${name} must be one of ${choices.join(', ')}, got ${String(value)}`);
}
