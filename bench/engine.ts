import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { call } from '../cli/demo/account.js';

/** `npm start`, in a process of its own, on embedded parts. */
export type Engine = {
  url: string;
  adminKey: string;
  pid: number;
  /** Where it can be looked into; empty where it was not started with `--inspect`. */
  inspector: string;
  /** From spawning the process to its `ready` line. */
  readyMs: number;
  stop(): Promise<void>;
};

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));
/** As the package starts it: `node`, arguments for Node itself, the file and its own. */
const { scripts } = createRequire(import.meta.url)('../../package.json') as { scripts: { start: string } };
const START = scripts.start.split(' ').map((part) => (part === 'dist/main.js' ? MAIN : part));
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;

/** `settings` beside those of a bench; `node`: arguments for Node itself. */
type Otherwise = { settings?: Record<string, string>; node?: string[] };

/** @throws Error with the last line of what the engine complained about. */
export async function startEngine(
  dataDir: string,
  { settings = {}, node = [] }: Otherwise = {},
): Promise<Engine> {
  const from = performance.now();
  const adminKey = randomBytes(24).toString('hex');
  const child = spawn(process.execPath, [...node, ...START.slice(1)], {
    env: { ...environment(dataDir), AGL_ADMIN_KEY: adminKey, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { url: '', inspector: '' };
  await ready(child, said);
  const readyMs = performance.now() - from;
  return { ...said, adminKey, readyMs, pid: child.pid!, stop: () => stop(child) };
}

/** Settings of the person who runs the bench would make it another engine. */
function environment(dataDir: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_OPTIONS } = process.env;
  const kept = Object.entries({ PATH, HOME, TMPDIR, NODE_OPTIONS }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...Object.fromEntries(kept), AGL_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' };
}

async function ready(child: ChildProcess, said: { url: string; inspector: string }): Promise<void> {
  let complaint = '';
  createInterface({ input: child.stderr! }).on('line', (line) => {
    complaint = line;
    said.inspector ||= /^Debugger listening on (ws:\S+)/.exec(line)?.[1] ?? '';
  });
  const late = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
  try {
    await new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout! }).on('line', (line) => {
        if (!line.startsWith('ready ')) return;
        said.url = line.slice('ready '.length);
        resolve();
      });
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        reject(new Error(`the engine did not get ready (${signal ?? `code ${code}`}): ${complaint}`)),
      );
    });
  } finally {
    clearTimeout(late);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(late);
}

export type Guests = { apiKey: string; tokens: string[] };

/** Under way at a time. */
const ADMITTED_AT_ONCE = 16;

/** A client with a game and its players, let in over HTTP like any stranger's; with no end to what they may send. */
export async function admit({ url, adminKey }: Engine, players: number): Promise<Guests> {
  const { clientId, apiKey } = await call<{ clientId: string; apiKey: string }>({ url }, '/auth/register', {
    name: 'Bench',
    email: `bench-${process.pid}-${Date.now()}@example.com`,
    password: 'measured, not guessed',
  });
  const tier = { tier: 'free', quota: Number.MAX_SAFE_INTEGER };
  await call({ url, apiKey: adminKey }, `/clients/${clientId}`, tier, 'PATCH');
  const api = { url, apiKey };
  const { id: gameId } = await call<{ id: string }>(api, '/games', { name: 'Bench' });
  const tokens: string[] = [];
  let next = 0;
  const admitOneByOne = async () => {
    for (let at = next++; at < players; at = next++) {
      const player = { externalId: `bench-${at}`, lang: at % 2 === 0 ? 'zh' : 'en' };
      const { id: playerId } = await call<{ id: string }>(api, `/games/${gameId}/players`, player);
      const { token } = await call<{ token: string }>(api, '/auth/player-tokens', { gameId, playerId });
      tokens[at] = token;
    }
  };
  await Promise.all(Array.from({ length: ADMITTED_AT_ONCE }, admitOneByOne));
  return { apiKey, tokens };
}

type Projections = { items: { position: number; lag: { positions: number | null } }[] };

const SETTLE_WITHIN_MS = 180_000;
const STILL_MS = 400;

/**
 * Until the engine has felt and read all it was sent, so that the next measurement does not pay for the last.
 * @returns how long that took, in ms.
 */
export async function settled(url: string, apiKey: string): Promise<number> {
  const from = performance.now();
  let reached = -1;
  let since = from;
  while (performance.now() - from < SETTLE_WITHIN_MS) {
    const { items } = await call<Projections>({ url, apiKey }, '/projections');
    const least = Math.min(...items.map(({ position }) => position));
    const behind = items.some(({ lag }) => lag.positions !== 0);
    if (behind || least !== reached) [reached, since] = [least, performance.now()];
    else if (performance.now() - since >= STILL_MS) return Math.max(0, since - from);
    await sleep(100);
  }
  throw new Error(`the engine was still busy after ${SETTLE_WITHIN_MS} ms`);
}
