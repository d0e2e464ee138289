import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ArchiveError, type ArchiveFile, flushFolder } from './manifest.js';

export type Written = Pick<ArchiveFile, 'file' | 'rows' | 'bytes' | 'sha256'>;

/** JSON has neither of these two in it: what Postgres copies is the JSON as it is, a row a line. */
const PLAIN = "(format csv, delimiter e'\\x01', quote e'\\x02')";
const NEWLINE = 10;

type Place = { dir: string; name: string };

/** The rows of a query into a file in a folder. */
export const writeRowsFile = (client: PoolClient, query: string, place: Place): Promise<Written> =>
  writeRows(client.query(copyTo(`copy (select row_to_json(r) from (${query}) r) to stdout ${PLAIN}`)), place);

/**
 * Rows, each with its line's end, into a file in a folder, which takes its name when it is on the disk and was read back.
 * The name holds a digest, so that it is never the name of something else.
 */
export async function writeRows(rows: AsyncIterable<Buffer>, { dir, name }: Place): Promise<Written> {
  const part = join(dir, `${name}.part`);
  try {
    const counted = counter();
    const digest = createHash('sha256');
    await pipeline(
      rows,
      counted.pass,
      createGzip(),
      passing((piece) => digest.update(piece)),
      createWriteStream(part, { mode: 0o600 }),
    );
    await flushFile(part);
    const sha256 = digest.digest('hex');
    const written = {
      file: `${name}-${sha256.slice(0, 16)}.ndjson.gz`,
      rows: counted.lines(),
      bytes: (await stat(part)).size,
      sha256,
    };
    await checkRowsFile(part, written);
    await rename(part, join(dir, written.file));
    await flushFolder(dir);
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** @throws ArchiveError that names the file when it is not as it was written. */
export async function checkRowsFile(
  place: string,
  { rows, sha256 }: Pick<ArchiveFile, 'rows' | 'sha256'>,
): Promise<void> {
  const digest = createHash('sha256');
  const counted = counter();
  try {
    const whole = passing((piece) => digest.update(piece));
    await pipeline(createReadStream(place), whole, createGunzip(), counted.pass, swallow);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ArchiveError(`there is no file ${place}`);
    throw new ArchiveError(`${place} is damaged: ${message}`);
  }
  if (digest.digest('hex') !== sha256)
    throw new ArchiveError(`${place} is damaged: its sha256 is not that of the manifest`);
  if (counted.lines() !== rows)
    throw new ArchiveError(`${place} is damaged: it has ${counted.lines()} rows and not ${rows}`);
}

/** Its lines, some at a time. */
export async function* linesOf(place: string, atATime: number): AsyncGenerator<string[]> {
  let lines: string[] = [];
  let begun = '';
  const unpacked = createGunzip();
  // What goes wrong on the way comes out at its end.
  const read = pipeline(createReadStream(place), unpacked).catch(() => {});
  const text: AsyncIterable<string> = unpacked.setEncoding('utf8');
  for await (const piece of text) {
    // Not by `readline`, for which a line ends in other places as well: JSON may hold U+2028.
    const [first = '', ...others] = piece.split('\n');
    begun += first;
    for (const other of others) {
      lines.push(begun);
      begun = other;
    }
    if (lines.length < atATime) continue;
    yield lines;
    lines = [];
  }
  await read;
  if (lines.length > 0) yield lines;
}

type Pass = (pieces: AsyncIterable<Buffer>) => AsyncGenerator<Buffer>;

const passing = (look: (piece: Buffer) => void): Pass =>
  async function* pass(pieces) {
    for await (const piece of pieces) {
      look(piece);
      yield piece;
    }
  };

function counter(): { pass: Pass; lines(): number } {
  let lines = 0;
  const pass = passing((piece) => {
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines++;
  });
  return { pass, lines: () => lines };
}

async function swallow(pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of pieces);
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
