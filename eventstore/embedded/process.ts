/**
 * The embedded node as a process of its own: `process.js DIR PORT`, forked with an IPC channel. It tells its
 * parent `ready` or `failed`, and ends when the parent says `stop`, or is gone.
 */
import { serveLog } from './serve.js';

export type FromNode = { ready: { port: number } } | { failed: string } | { line: string };
export type ToNode = 'stop';

const [dir = '', port = '0'] = process.argv.slice(2);

async function main(): Promise<void> {
  // lmdb prints, with its stack, what it also throws; what this process has to say goes through `tell`.
  console.error = () => {};
  // The parent governs: an interrupt typed at a terminal reaches both at once, and it is for the parent to stop.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const node = await serveLog({
    dir,
    port: Number(port),
    owner: process.ppid,
    onFailure: (line) => tell({ line }, () => process.exit(1)),
    onShutdown: () => void end(),
    onLine: (line) => tell({ line }),
  });
  const end = async () => {
    await node.stop();
    process.exit(0);
  };
  process.on('message', (message: ToNode) => {
    if (message === 'stop') void end();
  });
  process.on('disconnect', () => void end());
  if (process.connected) tell({ ready: { port: node.port } });
  else await end();
}

function tell(message: FromNode, then: () => void = () => {}): void {
  if (process.connected) process.send!(message, then);
  else then();
}

main().catch((error: Error) => tell({ failed: oneLine(error) }, () => process.exit(1)));

const oneLine = (error: Error) => error.message.split('\n')[0]!;
