import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Command, complaint, serverEnv } from './server-user.js';

const WATCHDOG = fileURLToPath(new URL('./watchdog.js', import.meta.url));
/** A server that recovers after a crash says so every ten seconds; one that says nothing this long hangs. */
const SILENT_MS = 60_000;

/** The settings that differ from the server's own, and why. */
const settings = {
  listen_addresses: '127.0.0.1',
  // No socket files in folders that other users can write to.
  unix_socket_directories: '',
  max_connections: '120',
  // A question over all months of a table locks each of its partitions.
  max_locks_per_transaction: '256',
  // Many small questions over many partitions: compiling and helpers cost more than they give.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // What many players' companions feel and remember is replaced with every event: it is to stay in memory.
  shared_buffers: '512MB',
  // After each checkpoint whatever is touched first goes into the log as a whole page.
  checkpoint_timeout: '15min',
  max_wal_size: '2GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // What goes wrong in the server itself. Statements hold what players said, so none is ever printed.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export type Server = { process: ChildProcess; exited: Promise<void>; stop(): Promise<void> };

export const serverArgs = (data: string, port: number): string[] => [
  ...['-D', data, '-p', String(port)],
  ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/** Resolves when the server takes connections; rejects with the one line that says why it does not. */
export function launchServer(
  data: string,
  command: Command,
  onLine: (line: string) => void,
): Promise<Server> {
  const child = spawn(process.execPath, [WATCHDOG, data, JSON.stringify(command)], {
    // Its own process group: Ctrl-C in a terminal is for the engine, which stops the server last.
    detached: true,
    env: serverEnv(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin!.on('error', () => {});
  // Not `close`: a server that outlives a killed watchdog holds the other end of its stderr.
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.stdin!.end();
    await exited;
  };
  return new Promise((resolve, reject) => {
    let said = '';
    const giveUp = () => {
      void stop();
      reject(new Error(`the server said nothing for ${SILENT_MS / 1000} s`));
    };
    let silence = setTimeout(giveUp, SILENT_MS);
    createInterface({ input: child.stderr! }).on('line', (line) => {
      if (!line.includes('LOG: ')) onLine(line);
      clearTimeout(silence);
      if (said === 'ready') return;
      if (line.includes('ready to accept connections')) {
        said = 'ready';
        resolve({ process: child, exited, stop });
        return;
      }
      said += `${line}\n`;
      silence = setTimeout(giveUp, SILENT_MS);
    });
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(silence);
      reject(new Error(complaint(said) || 'the server ended without a word'));
    });
  });
}
