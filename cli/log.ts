import { join } from 'node:path';
import { type LogNode, serveLog } from '../eventstore/embedded/serve.js';
import { createLogger, type Logger } from './logger.js';
import { PORT_MESSAGE, readSettings, type Settings, UsageError } from './settings.js';
import { contentOf } from './tls.js';
import { untilTold } from './until-told.js';
import type { Given, Verb } from './verbs.js';

export const log: Verb = {
  help: `
  agl log [--port 2113] [--host 127.0.0.1] [--data DIR] [--tls-cert FILE --tls-key FILE] [--insecure]

  --port N         where it listens; 0: any free port (2113)
  --host ADDRESS   on which address (127.0.0.1)
  --data DIR       the folder of the log (AGL_DATA_DIR/log, where agl start keeps it)
  --tls-cert FILE  certificate chain as PEM: serves over TLS and asks callers for user and password
  --tls-key FILE   its key as PEM
  --insecure       no TLS, and whoever reaches the port may do all; the default on 127.0.0.1 only
  --json           the ready line as JSON

A new log begins with the users admin and ops, whose password is AGL_LOG_ADMIN_PASSWORD (changeit).
Prints \`ready esdb://HOST:PORT?tls=false\` once it serves. Logs are JSON lines on stderr. SIGTERM ends it.
`,
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    data: { type: 'string' },
    'tls-cert': { type: 'string' },
    'tls-key': { type: 'string' },
    insecure: { type: 'boolean' },
  },
  async run(given) {
    const settings = readSettings(process.env);
    const options = logOptions(given, settings);
    const logger = createLogger(settings.LOG_LEVEL);
    // lmdb prints, with its stack, what it also throws.
    console.error = () => {};
    const ending = endingOf(logger);
    const node = await serveLog({ ...options, ...ending });
    process.stdout.write(given.values.json ? `${JSON.stringify(readyOf(node))}\n` : `ready ${node.url}\n`);
    const code = await ending.ended;
    await node.stop();
    return code;
  },
};

/** What ends the node, and with which exit code: a signal, an operator's Shutdown, a disk that fails. */
function endingOf(logger: Logger) {
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  void untilTold().then(() => end(0));
  return {
    ended,
    onLine: (line: string) => logger.warn(line),
    onShutdown: () => end(0),
    onFailure(line: string) {
      logger.error(line);
      end(1);
    },
  };
}

const readyOf = ({ url, port }: LogNode) => ({ ready: url, port, pid: process.pid });

/** @throws UsageError with exit code 2 for what is asked wrongly, 1 for a file that cannot be read. */
export function logOptions({ values, files }: Given, { AGL_DATA_DIR, AGL_LOG_ADMIN_PASSWORD }: Settings) {
  if (files.length > 0) throw new UsageError(`log: ${files[0]} is not expected here`, 2);
  const host = textOf(values.host) ?? '127.0.0.1';
  const tls = tlsOf(values);
  if (tls && values.insecure) throw new UsageError('log: --insecure and --tls-cert exclude each other', 2);
  if (!tls && !values.insecure && host !== '127.0.0.1')
    throw new UsageError(`log: --host ${host} needs --tls-cert and --tls-key, or --insecure`, 2);
  return {
    host,
    tls,
    port: portOf(textOf(values.port) ?? '2113'),
    dir: textOf(values.data) ?? join(AGL_DATA_DIR, 'log'),
    password: AGL_LOG_ADMIN_PASSWORD,
  };
}

function tlsOf(values: Given['values']) {
  const cert = textOf(values['tls-cert']);
  const key = textOf(values['tls-key']);
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined)
    throw new UsageError('log: --tls-cert and --tls-key belong together', 2);
  return { cert: contentOf('log: --tls-cert', cert), key: contentOf('log: --tls-key', key) };
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`log: --port ${PORT_MESSAGE}`, 2);
  return Number(text);
}

const textOf = (value: string | boolean | undefined) => (typeof value === 'string' ? value : undefined);
