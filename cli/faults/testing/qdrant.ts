import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort, until } from './processes.js';

const PROGRAM = fileURLToPath(new URL('../../../projections/vectors/testing/run-qdrant.js', import.meta.url));

/** The local server of Qdrant's routes at one address, as a process that is started and killed on command. */
export type QdrantProcess = {
  url: string;
  /** With what it held when it was killed; `empty`: with nothing. */
  start(how?: { empty?: boolean }): Promise<void>;
  kill(): Promise<void>;
  /** What the collection holds that is read: key and mark of each point, in an order of their own. */
  points(): Promise<string[]>;
  collections(): Promise<string[]>;
  close(): Promise<void>;
};

export async function openQdrant(journal: string): Promise<QdrantProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const ask = async (path: string, body?: object) => {
    const method = body ? 'POST' : 'GET';
    const response = await fetch(`${url}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    // biome-ignore lint/suspicious/noExplicitAny: what came over the wire
    return ((await response.json()) as any).result;
  };
  const kill = async () => {
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    child = null;
  };
  return {
    url,
    async start({ empty = false } = {}) {
      if (empty) rmSync(journal, { force: true });
      child = spawn(process.execPath, [PROGRAM, String(port), journal], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      child.stdout!.on('data', (text) => {
        said += text;
      });
      await until(() => said.startsWith('up '), 'the server of vectors is up');
    },
    kill,
    async points() {
      const payload = { limit: 1_000, with_payload: ['playerId', 'key', 'mark'] };
      const found = await ask('/collections/memory_vectors/points/scroll', payload);
      const points = (found?.points ?? []) as { payload: { playerId: string; key: string; mark: string } }[];
      return points.map(({ payload: { playerId, key, mark } }) => `${playerId} ${key} ${mark}`).sort();
    },
    collections: async () =>
      (await ask('/collections')).collections.map(({ name }: { name: string }) => name),
    close: kill,
  };
}
