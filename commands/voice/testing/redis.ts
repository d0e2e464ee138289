import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TestRedis = {
  url: string;
  port: number;
  signal(name: NodeJS.Signals): void;
  /** Nothing is said to anybody. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** A real Redis in a temporary folder; `null` where none is installed. `port`: one it had before. */
export async function startRedis(port?: number): Promise<TestRedis | null> {
  const dir = await mkdtemp(join(tmpdir(), 'agl-redis-'));
  for (let tries = 0; ; tries++) {
    const at = port ?? (await freePort());
    const started = await listening(at, dir);
    if (started === 'absent') {
      await rm(dir, { recursive: true, force: true });
      return null;
    }
    if (started !== 'ended') return serving(started, at, dir);
    // Somebody else was faster to take the port.
    if (tries === 5) throw new Error(`redis-server does not start on port ${at}`);
  }
}

function serving(child: ChildProcess, port: number, dir: string): TestRedis {
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const end = async (signal: NodeJS.Signals) => {
    process.off('exit', kill);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    await rm(dir, { recursive: true, force: true });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    signal: (name) => void child.kill(name),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function listening(port: number, dir: string): Promise<ChildProcess | 'absent' | 'ended'> {
  const settings = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', dir };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (piece: Buffer) => {
      said = (said + piece).slice(-4_000);
      if (said.includes('eady to accept connections')) resolve(child);
    });
    child.once('exit', () => resolve('ended'));
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve('absent') : reject(error),
    );
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
