import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FromNode } from './process.js';

export type EmbeddedNodeOptions = {
  /** The folder of the log; made when it is not there. */
  dir: string;
  /** 0 or nothing: any free port. Always on 127.0.0.1. */
  port?: number;
  /** Called with one line whenever the node fails, ends or comes up again by itself. */
  onLine?: (line: string) => void;
};

export type EmbeddedNode = {
  /** A connection string for the official client: `esdb://127.0.0.1:PORT?tls=false`. */
  url: string;
  /** The process that serves at this moment; while it is being restarted, the one before. */
  pid(): number;
  /** Finishes what is under way and frees the folder. */
  stop(): Promise<void>;
};

const FIRST_BACKOFF = 50;
const LAST_BACKOFF = 2000;
/** How long a node may take to finish before it is killed. */
const STOP_PATIENCE = 10_000;

/**
 * Starts an embedded node in a process of its own, and starts it again on the same port when it dies.
 * @throws Error with one clear line: the folder is in use, cannot be written, is full, or of a newer format.
 */
export async function startEmbeddedNode(options: EmbeddedNodeOptions): Promise<EmbeddedNode> {
  const say = options.onLine ?? (() => {});
  let child = await launch(options.dir, options.port ?? 0, say);
  let stopping = false;
  let trouble = '';
  const { port } = child;
  const supervise = async (): Promise<void> => {
    for (let backoff = FIRST_BACKOFF; !stopping; backoff = Math.min(backoff * 2, LAST_BACKOFF)) {
      const since = performance.now();
      const how = await child.ended;
      if (stopping) return;
      if (trouble === '') say(`the embedded event store ended (${how}): starting it again`);
      if (performance.now() - since > LAST_BACKOFF) backoff = FIRST_BACKOFF;
      child = await relaunch(child, backoff);
    }
  };
  const relaunch = async (dead: Launched, backoff: number): Promise<Launched> => {
    await sleep(backoff);
    if (stopping) return dead;
    try {
      const next = await launch(options.dir, port, say);
      say('the embedded event store is up again');
      trouble = '';
      return next;
    } catch (error) {
      // What hinders it is said once, however often it is tried.
      const { message } = error as Error;
      if (message !== trouble) say(message);
      trouble = message;
      return dead;
    }
  };
  const supervised = supervise();
  return {
    url: `esdb://127.0.0.1:${port}?tls=false`,
    pid: () => child.process.pid!,
    async stop() {
      stopping = true;
      await stopChild(child);
      await supervised;
      await stopChild(child);
    },
  };
}

type Launched = { process: ChildProcess; port: number; ended: Promise<string> };

function launch(dir: string, port: number, say: (line: string) => void): Promise<Launched> {
  const script = fileURLToPath(new URL('./process.js', import.meta.url));
  const child = fork(script, [dir, String(port)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n')) if (line !== '') say(line);
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message: FromNode) => {
      if ('ready' in message) resolve({ process: child, port: message.ready.port, ended });
      else if ('failed' in message) reject(new Error(message.failed));
      else say(message.line);
    });
    void ended.then((how) =>
      reject(new Error(`the embedded event store on ${dir} did not start (${how}): its log may be damaged`)),
    );
  });
}

async function stopChild({ process: child, ended }: Launched): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (child.connected) child.send('stop', () => {});
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
  await ended;
  clearTimeout(late);
}
