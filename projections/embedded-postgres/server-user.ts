import { execFile, spawn } from 'node:child_process';
import { chown, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A command to spawn, as whom. Plain JSON: the watchdog gets it as an argument. */
export type Command = { file: string; args: string[]; uid?: number; gid?: number };

/** As whom the server runs: Postgres refuses to run as root. */
export type ServerUser = {
  run(file: string, args: string[]): Command;
  /** Gives the server's user what it must own. */
  own(path: string): Promise<void>;
  /** What a "permission denied" means for this user; one line. */
  hint: string;
};

/** Inside, root's files look like the unprivileged user's own: it also gets below a folder of mode 700. */
const NAMESPACE = ['-U', '--map-user=65534', '--map-group=65534'];

const asOurselves: ServerUser = {
  run: (file, args) => ({ file, args }),
  own: async () => {},
  hint: '',
};

const inNamespace: ServerUser = {
  run: (file, args) => ({ file: 'unshare', args: [...NAMESPACE, file, ...args] }),
  own: async () => {},
  hint: '',
};

const asUser = (uid: number, gid: number): ServerUser => ({
  run: (file, args) => ({ file, args, uid, gid }),
  own: (path) => chownAll(path, uid, gid),
  hint: ` (Postgres does not run as root, and user ${uid}, as whom it was started, cannot reach the folder: run the engine as an ordinary user or put its data folder where every user can reach it)`,
});

/** `data` is the folder of the cluster; an existing one belongs to who made it. `probe` is run to try. */
export async function serverUser(data: string, probe: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return asOurselves;
  const made = await stat(data).catch(() => null);
  if (made && made.uid !== 0) return asUser(made.uid, made.gid);
  if (await succeeds('unshare', [...NAMESPACE, probe, '--version'])) return inNamespace;
  const nobody = await nobodyIds();
  return asUser(nobody.uid, nobody.gid);
}

/** The environment of the server: nothing of ours, since PGPORT, PGOPTIONS and their like would change it. */
export const serverEnv = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LC_ALL: 'C',
  ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
});

/** Runs to the end. Resolves to what was printed; rejects with the last line of what was complained. */
export function runCommand(command: Command): Promise<string> {
  const { file, args, ...user } = command;
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...user,
      cwd: '/',
      env: serverEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(complaint(err) || `exit ${code}`)),
    );
  });
}

/** The line of a Postgres program's output that says what went wrong. */
export function complaint(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const worst = lines.filter((line) => /(FATAL|PANIC|error|Permission denied|No space left)/.test(line));
  const chosen = worst.find((line) => /No space left|Permission denied/.test(line)) ?? worst.at(-1);
  return (chosen ?? lines.filter(Boolean).at(-1) ?? '').replace(/^.*?(FATAL|PANIC|error): +/, '');
}

async function chownAll(path: string, uid: number, gid: number): Promise<void> {
  const found = await stat(path).catch(() => null);
  // What it owns at the top it owns below: not every file at every start.
  if (!found || found.uid === uid) return;
  await chown(path, uid, gid);
  if (!found.isDirectory()) return;
  for (const name of await readdir(path)) await chownAll(join(path, name), uid, gid);
}

async function nobodyIds(): Promise<{ uid: number; gid: number }> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const found = /^nobody:[^:]*:(-?\d+):(-?\d+)/m.exec(users);
  return found ? { uid: Number(found[1]) >>> 0, gid: Number(found[2]) >>> 0 } : { uid: 65534, gid: 65534 };
}

const succeeds = (file: string, args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    execFile(file, args, (error) => resolve(error === null));
  });
