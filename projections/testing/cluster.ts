import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findBinaries } from '../embedded-postgres/binaries.js';
import { ensureCluster } from '../embedded-postgres/cluster.js';
import { serverUser } from '../embedded-postgres/server-user.js';

const kept = fileURLToPath(new URL('../../', import.meta.url));

/** What a killed process wrote is there without it; only a machine that loses its power would miss it. */
const SPARE_THE_DISK = 'fsync = off\nfull_page_writes = off\n';

/**
 * Puts a cluster that holds nothing yet into a folder that has none, for `startEmbeddedPostgres`: copied from one that initdb made
 * once for all tests of this build, which takes it far longer. Where that cannot be, the start makes it as always.
 */
export async function putCluster(dir: string): Promise<void> {
  if (await stat(join(dir, 'data')).catch(() => null)) return;
  const made = await template().catch(() => null);
  if (made === null) return;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await copy(made, dir);
  await appendFile(join(dir, 'data', 'postgresql.auto.conf'), SPARE_THE_DISK);
}

/** A thousand small files: the system's own way takes a fifth of the time, where there is one. */
const copy = (from: string, to: string): Promise<unknown> =>
  promisify(execFile)('cp', ['-R', `${from}/.`, to]).catch(() => cp(from, to, { recursive: true }));

/** Beside the build; named by the binaries, since another Postgres may not take it. */
async function template(): Promise<string> {
  const binaries = await findBinaries();
  const { size, mtimeMs } = await stat(binaries.postgres);
  const path = join(kept, `.cluster-${size}-${Math.floor(mtimeMs)}`);
  if (await stat(path).catch(() => null)) return path;
  const fresh = await mkdtemp(`${path}.new-`);
  try {
    await ensureCluster(fresh, binaries, await serverUser(join(fresh, 'data'), binaries.postgres));
    // Another test file may have been faster.
    await rename(fresh, path).catch(() => rm(fresh, { recursive: true }));
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
  return path;
}
