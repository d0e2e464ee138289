import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { describeProcess } from './postmaster.js';
import { runCommand, type ServerUser } from './server-user.js';

export const SUPERUSER = 'agl';
const MAJOR = '18';

/** The folders and files of one cluster, all below one folder. */
export type Cluster = { dir: string; data: string; password: string };

/**
 * Makes the cluster where there is none yet: initdb works beside it and the finished one is moved into place,
 * so a start that is killed half-way leaves no half cluster.
 */
export async function ensureCluster(dir: string, binaries: Binaries, user: ServerUser): Promise<Cluster> {
  const data = join(dir, 'data');
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version !== null && version.trim() !== MAJOR) {
    throw new Error(
      `the Postgres cluster in ${data} has version ${version.trim()}; this engine brings ${MAJOR}`,
    );
  }
  const password = await ensurePassword(dir, version !== null);
  await user.own(dir);
  if (version === null) await initialise(dir, binaries, user);
  return { dir, data, password };
}

async function ensurePassword(dir: string, clusterExists: boolean): Promise<string> {
  const file = join(dir, 'password');
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (kept.trim()) return kept.trim();
  if (clusterExists) throw new Error(`the password of the embedded Postgres is missing: ${file}`);
  const password = randomBytes(24).toString('hex');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

async function initialise(dir: string, binaries: Binaries, user: ServerUser): Promise<void> {
  await removeUnfinished(dir);
  const fresh = join(dir, `data.new-${process.pid}`);
  await mkdir(fresh, { mode: 0o700 });
  await chmod(fresh, 0o700);
  await user.own(fresh);
  const command = user.run(binaries.initdb, [
    ...['-D', fresh, '-U', SUPERUSER, '--pwfile', join(dir, 'password'), '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
  ]);
  try {
    await runCommand(command);
    await rename(fresh, join(dir, 'data'));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function removeUnfinished(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const pid = /^data\.new-(\d+)$/.exec(name)?.[1];
    if (!pid || (Number(pid) !== process.pid && (await describeProcess(Number(pid))))) continue;
    await rm(join(dir, name), { recursive: true, force: true });
  }
}
