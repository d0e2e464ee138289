import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { environment } from './processes.js';

export type Call = { args: string[]; env?: Record<string, string> };
/** Like what `run` answers. */
export type Said = { code: number | null; out: string; err: string };

const CHILD = fileURLToPath(new URL('./run-in-turn.js', import.meta.url));

/**
 * Verbs one after the other in one process: loading the engine's code is most of what a small verb costs. For what a
 * verb says and does; that a process ends with its code is tried out with `run`.
 */
export async function runInTurn(
  calls: readonly (Call | string[])[],
  env: Record<string, string>,
  withinMs = 180_000,
): Promise<(Said & { args: string[] })[]> {
  const given = JSON.stringify(calls.map((call) => (Array.isArray(call) ? { args: call } : call)));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [CHILD, given], {
    env: environment(env),
    cwd: '/',
    timeout: withinMs,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  });
  // Past what was kept: the engine's own log, or a library's complaint.
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as (Said & { args: string[] })[];
}
