import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describeProcess } from '../embedded-postgres/postmaster.js';

export const HELPER = fileURLToPath(new URL('./run-embedded.js', import.meta.url));
const folders: string[] = [];

export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'agl-embedded-'));
  folders.push(dir);
  return dir;
}

after(() => Promise.all(folders.map((dir) => rm(dir, { recursive: true, force: true }))));

export async function ask(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export async function until<T>(
  what: string,
  look: () => Promise<T | false | null>,
  withinMs = 60_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    const found = await look().catch(() => false as const);
    if (found) return found as T;
    await sleep(30);
  }
  throw new Error(`waited in vain: ${what}`);
}

export type Helper = { process: ChildProcess; said: string };

/** Starts the helper process, by default as we are, and waits for its one line. */
export async function helper(
  dir: string,
  how: { command?: string[]; env?: NodeJS.ProcessEnv; uid?: number } = {},
) {
  const [file, ...args] = [...(how.command ?? []), process.execPath, HELPER, dir];
  const user = how.uid === undefined ? {} : { uid: how.uid, gid: how.uid };
  const child = spawn(file!, args, {
    ...user,
    env: how.env ?? process.env,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((resolve) => {
    createInterface({ input: child.stdout! })
      .once('line', resolve)
      .once('close', () => resolve('nothing'));
  });
  return { process: child, said } satisfies Helper;
}

export const urlOf = ({ said }: Helper) => {
  assert.match(said, /^up postgres:/);
  return said.slice(3);
};

export async function quit({ process: child }: Helper): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdin!.end();
  await closed;
}

export const ended = (pid: number) =>
  until(`process ${pid} ends`, async () => (await describeProcess(pid)) === null);
