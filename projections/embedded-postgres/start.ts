import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './binaries.js';
import { ensureCluster, SUPERUSER } from './cluster.js';
import { releaseCluster } from './postmaster.js';
import { launchServer, type Server, serverArgs } from './server.js';
import { type ServerUser, serverUser } from './server-user.js';

export type EmbeddedPostgres = {
  /** `postgres://…` of a database of its own, on 127.0.0.1. Stays the same while the engine runs. */
  url: string;
  /** Stops the server; everything committed is on disk. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Holds the cluster and its password; made when missing. */
  dir: string;
  /** Each line in which the server warns or complains; what it says of its daily work is left out. */
  onLine?: (line: string) => void;
};

type Launch = (port: number) => Promise<Server>;

const PORT_TRIES = 5;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Starts the Postgres that comes with the engine, on a free port of 127.0.0.1. When the server dies it is
 * started again on the same port; when the engine dies, however, the server stops by itself.
 * @throws Error in one line: what is wrong with the folder or the server.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dir = resolve(options.dir);
  let user: ServerUser | undefined;
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const binaries = await findBinaries();
    user = await serverUser(`${dir}/data`, binaries.postgres);
    const { data, password } = await ensureCluster(dir, binaries, user);
    const launch: Launch = async (port) => {
      await releaseCluster(data);
      const command = user!.run(binaries.postgres, serverArgs(data, port));
      return launchServer(data, command, options.onLine ?? (() => {}));
    };
    const { server, port } = await launchOnFreePort(launch);
    const stop = supervise(server, () => launch(port));
    return { url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    throw new Error(explain(dir, error as NodeJS.ErrnoException, user));
  }
}

function explain(dir: string, error: NodeJS.ErrnoException, user: ServerUser | undefined): string {
  const denied = /EACCES|Permission denied/.test(error.message) ? (user?.hint ?? '') : '';
  const reason = error.message.split('\n')[0];
  return `the embedded Postgres cannot start in ${dir}: ${reason}${denied}`;
}

/** Between finding a free port and its use another program may take it. */
async function launchOnFreePort(launch: Launch): Promise<{ server: Server; port: number }> {
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    try {
      return { server: await launch(port), port };
    } catch (error) {
      const taken = /could not bind|could not create any TCP/.test((error as Error).message);
      if (!taken || tries === PORT_TRIES) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolvePort(port));
    });
  });
}

/** Starts the server again whenever it ends, until told to stop. Returns the stop. */
function supervise(first: Server, again: () => Promise<Server>): () => Promise<void> {
  const stopped = new AbortController();
  let server: Server | undefined = first;
  const watching = (async () => {
    for (let wait = FIRST_WAIT_MS; ; ) {
      await server?.exited;
      if (stopped.signal.aborted) return;
      await sleep(wait, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted) return;
      server = await again().catch(() => undefined);
      wait = server ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  })();
  return async () => {
    stopped.abort();
    await server?.stop();
    await watching;
    // A stop in the middle of a restart: that server is there only now.
    await server?.stop();
  };
}
