import { readFileSync } from 'node:fs';
import { readCertificate, type Searched } from '../commands/erasing/certificate.js';
import { ErasePlayer, ErasePlayerHandler } from '../commands/erasing/erase-player.js';
import { asOperator } from '../domain/access/reached.js';
import { Rejection } from '../domain/kernel/rejection.js';
import { attach } from './attach.js';
import { createLogger } from './logger.js';
import { readSettings, UsageError } from './settings.js';
import { columns } from './terminal/index.js';
import type { Given, Verb } from './verbs.js';

export const erase: Verb = {
  help: `
  agl erase PLAYER [--json]
  agl erase --verify FILE [--by KEY] [--json]

  PLAYER       the engine's own id of the player. What the person wrote and is called is unreadable from then on, wherever
               it is; what was derived of the player goes, and the player cannot come back. Prints the certificate.
               Again prints the same one
  --verify F   whether a certificate is as it was signed; tells by which key, and asks nobody
  --by KEY     with --verify: the public key that it is to be signed by, as another certificate of the engine tells it
  --json       the certificate as JSON, the form in which it can be verified

Works beside a running engine on the same data folder, and without one.
`,
  options: { verify: { type: 'string' }, by: { type: 'string' } },
  run: ({ values, files }) => {
    if (values.verify !== undefined) return verify(String(values.verify), { values, files });
    const [player, ...more] = files;
    if (player === undefined || more.length > 0) throw new UsageError('erase: name one PLAYER', 2);
    return erasePlayer(player, values.json === true);
  },
};

/** Models of vectors may be far away; what is not done by then is done later all the same. */
const WITHIN_MS = 60_000;

async function erasePlayer(player: string, json: boolean): Promise<number> {
  const settings = readSettings({ LOG_LEVEL: 'warn', ...process.env });
  const attached = await attach(settings, createLogger(settings.LOG_LEVEL));
  try {
    const outcome = await new ErasePlayerHandler(attached.side).execute(
      new ErasePlayer(asOperator.player(player), WITHIN_MS),
    );
    if (outcome instanceof Rejection) throw new UsageError(`erase: ${outcome.message}`);
    if (outcome === null)
      throw new UsageError(
        'erase: it is promised, and not carried out yet: some part is away; ask again later',
      );
    print(outcome, json);
    return 0;
  } finally {
    await attached.close();
  }
}

function verify(file: string, { values, files }: Given): Promise<number> {
  if (files.length > 0) throw new UsageError(`erase: --verify takes one FILE, not also ${files[0]}`, 2);
  const certificate = readCertificate(inFile(file));
  if (!certificate) throw new UsageError(`erase: ${file} is no certificate that is as it was signed`);
  const { playerId, position, erasedAt, publicKey } = certificate;
  if (values.by !== undefined && values.by !== publicKey)
    throw new UsageError(`erase: ${file} is signed by another key: ${publicKey}`);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ valid: true, publicKey, playerId, position, erasedAt })}\n`
      : `player ${playerId} was erased at ${erasedAt}; it is as it was signed, by ${publicKey}\n`,
  );
  return Promise.resolve(0);
}

function inFile(file: string): unknown {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as { certificate?: unknown };
    // As HTTP answers it, or alone.
    return read.certificate ?? read;
  } catch (error) {
    throw new UsageError(`erase: ${file} cannot be read: ${(error as Error).message.split('\n')[0]}`);
  }
}

function print(certificate: Record<string, unknown>, json: boolean): void {
  if (json) return void process.stdout.write(`${JSON.stringify(certificate, null, 2)}\n`);
  const { playerId, erasedAt, searched } = certificate as { searched: Searched[] } & Record<string, unknown>;
  const rows = searched.map(({ store, found, removed, left }) => [
    store,
    ...[found, removed, left].map(String),
  ]);
  const why = searched.flatMap(({ store, why }) => (why ? [`${store}: ${why}`] : []));
  const told = [...columns(['store', 'found', 'removed', 'left'], rows), ...why];
  process.stdout.write(`${told.join('\n')}\nplayer ${playerId} was erased at ${erasedAt}\n`);
}
