import { spawn } from 'node:child_process';
import { cp, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { findBinaries } from '../embedded-postgres/binaries.js';
import { ensureCluster, SUPERUSER } from '../embedded-postgres/cluster.js';
import { serverArgs } from '../embedded-postgres/server.js';
import { type Command, serverEnv, serverUser } from '../embedded-postgres/server-user.js';
import { folder } from './processes.js';

const WATCHDOG = fileURLToPath(new URL('../embedded-postgres/watchdog.js', import.meta.url));
const REPLICATES = ['-c', 'wal_level=replica', '-c', 'max_wal_senders=4', '-c', 'wal_keep_size=256MB'];

export type Replicated = {
  primary: string;
  replica: string;
  stopReplica(): Promise<void>;
  startReplica(): Promise<void>;
  stop(): Promise<void>;
};

/** Two real servers: the second is made from a copy of the first one's folder, and streams what it writes. */
export async function replicated([port, second]: [number, number]): Promise<Replicated> {
  const binaries = await findBinaries();
  const [dir, copy] = [await folder(), await folder()];
  const user = await serverUser(`${dir}/data`, binaries.postgres);
  const { data, password } = await ensureCluster(dir, binaries, user);
  const urlOf = (on: number) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${on}/postgres`;
  const command = (of: string, on: number, more: string[] = []) =>
    user.run(binaries.postgres, [...serverArgs(of, on), ...REPLICATES, ...more]);
  const primary = await launch(data, command(data, port));
  await copyOf(urlOf(port), data, join(copy, 'data'));
  await user.own(copy);
  const follows = `primary_conninfo=host=127.0.0.1 port=${port} user=${SUPERUSER} password=${password}`;
  const standBy = () => launch(join(copy, 'data'), command(join(copy, 'data'), second, ['-c', follows]));
  let replica = await standBy();
  return {
    primary: urlOf(port),
    replica: urlOf(second),
    stopReplica: () => replica(),
    startReplica: async () => {
      replica = await standBy();
    },
    stop: async () => {
      await replica();
      await primary();
    },
  };
}

async function copyOf(url: string, from: string, to: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("select pg_backup_start('copy', true)");
  const own = ['postmaster.pid', 'postmaster.opts'];
  await cp(from, to, { recursive: true, filter: (path) => !own.includes(basename(path)) });
  const { rows } = await client.query('select labelfile from pg_backup_stop()');
  await client.end();
  await writeFile(join(to, 'backup_label'), rows[0].labelfile);
  await writeFile(join(to, 'standby.signal'), '');
  await rm(join(to, 'current_logfiles'), { force: true });
}

/** Ends with this process, whatever becomes of it. Returns the stop. */
async function launch(data: string, command: Command): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [WATCHDOG, data, JSON.stringify(command)], {
    env: serverEnv(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    void exited.then(() => reject(new Error(said)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      said += `${line}\n`;
      if (/ready to accept (read-only )?connections/.test(line)) resolve();
    });
  });
  return async () => {
    child.stdin.end();
    await exited;
  };
}
