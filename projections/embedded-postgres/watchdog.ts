/**
 * Stands between the engine and the Postgres server as the server's parent: when the engine is gone, however it
 * went (its end of the stdin pipe closes), the server is stopped. As parent it can never hit another process
 * that was given the server's pid.
 *
 * Arguments: the cluster's folder (so that others can tell whom this watchdog serves), the command as JSON.
 */
import { spawn } from 'node:child_process';
import { type Command, serverEnv } from './server-user.js';

const { file, args, ...user } = JSON.parse(process.argv[3] ?? '') as Command;
const server = spawn(file, args, {
  ...user,
  cwd: '/',
  env: serverEnv(),
  stdio: ['ignore', 'ignore', 'inherit'],
});

let stopping = false;
/** SIGINT: roll back what is open, write a checkpoint. SIGQUIT: stop at once, recover at the next start. */
function stopServer(): void {
  if (stopping) return;
  stopping = true;
  server.kill('SIGINT');
  setTimeout(() => server.kill('SIGQUIT'), 10_000);
}

server.once('error', () => process.exit(1));
server.once('exit', (code) => process.exit(code ?? 1));
process.stdin.on('end', stopServer).on('close', stopServer).on('error', stopServer).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopServer);
