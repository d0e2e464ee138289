import type { TestContext } from 'node:test';
import { connect } from '../client.js';
import type { CompanionError } from '../errors.js';
import type { Companion, ConnectOptions, Status } from '../types.js';
import { type ScriptedEngine, startEngine, until } from './scripted-engine.js';

/** A companion whose errors and statuses a test can look at, ended with its test. */
export type Watched = { companion: Companion; errors: CompanionError[]; statuses: Status[] };

export async function anEngine(t: TestContext, port?: number): Promise<ScriptedEngine> {
  const engine = await startEngine(port);
  t.after(() => engine.close());
  return engine;
}

/** Connected with short pauses. */
export function aCompanion(
  t: TestContext,
  url: ConnectOptions['url'],
  options: Partial<ConnectOptions> = {},
): Watched {
  const watched = { errors: [] as CompanionError[], statuses: [] as Status[] };
  const companion = connect({
    url,
    token: 'token',
    backoff: { baseMs: 5, capMs: 20 },
    onError: (error) => watched.errors.push(error),
    onStatus: (status) => watched.statuses.push(status),
    ...options,
  });
  t.after(() => companion.close());
  return { companion, ...watched };
}

export const isOpen = ({ companion }: Watched): Promise<void> =>
  until('the companion is open', () => companion.status === 'open');

/** A UUID that shows its number. */
export const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const kill = (streak: number) => ({ type: 'player.kill' as const, data: { streak } });

/** The numbers that `kill` put in, in the order in which the engine recorded them. */
export const recorded = (engine: ScriptedEngine): unknown[] =>
  engine.log.map(({ body }) => (body as { data?: { streak?: unknown } }).data?.streak);

export const settledAs = (promise: Promise<unknown>): Promise<CompanionError | undefined> =>
  promise.then(
    () => undefined,
    (error) => error,
  );

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
