import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { toJson } from './json.js';
import type { Row, Table } from './projection.js';

/** Rows as `COPY` takes them, in pieces. */
export type Lines = { pieces: readonly Buffer[]; bytes: number };

/** Long enough to be worth a write, short enough for a socket. */
const PIECE_BYTES = 64 * 1024;
/** What a UTF-16 unit of a text takes at most. */
const UNIT_BYTES = 3;

/** Rows become lines as they come: their bytes are kept, and not the rows. */
export type LineMaking = Lines & { take(row: Row): void; end(): void };

export function startLines(table: Table): LineMaking {
  const lineOf = lineMaker(table);
  const pieces: Buffer[] = [];
  let piece = Buffer.alloc(0);
  let written = 0;
  const lines = {
    pieces,
    bytes: 0,
    take(row: Row) {
      const line = lineOf(row);
      const room = line.length * UNIT_BYTES;
      if (room > piece.length - written) {
        lines.end();
        piece = Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, room));
      }
      const bytes = piece.write(line, written);
      written += bytes;
      lines.bytes += bytes;
    },
    end() {
      if (written > 0) pieces.push(piece.subarray(0, written));
      piece = piece.subarray(written);
      written = 0;
    },
  };
  return lines;
}

/** The fastest way into a table, by `COPY` in its text format. All rows are new, or it throws. */
export async function copyLines(
  client: PoolClient,
  { place, table }: { place: string; table: Table },
  { pieces }: Lines,
): Promise<void> {
  const columns = Object.keys(table.columns);
  const stream = client.query(copyFrom(`copy ${place} (${columns.join(', ')}) from stdin`));
  const done = finished(stream);
  // The reason comes with `done`, also to whoever waits for room; a connection may complain once more.
  done.catch(() => {});
  stream.on('error', () => {});
  for (const piece of pieces) {
    if (stream.destroyed) break;
    if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), done]).catch(() => {});
  }
  stream.end();
  await done;
}

type Written = (value: unknown) => string;

/** A row as a line: fields between tabs, NULL as `\N`. */
export function lineMaker({ columns }: Table): (row: Row) => string {
  const fields = Object.entries(columns).map(([column, type]) => ({ column, written: writtenAs(type) }));
  return (row) => {
    let line = '';
    let between = '';
    for (const { column, written } of fields) {
      const value = row[column];
      line += between + (value === undefined || value === null ? '\\N' : written(value));
      between = '\t';
    }
    return `${line}\n`;
  };
}

function writtenAs(type: string): Written {
  if (type.startsWith('jsonb'))
    return (value) => {
      const json = toJson(value);
      // Nothing else of what is special is ever in it as it is.
      return json.includes('\\') ? escaped(json) : json;
    };
  if (type.startsWith('text')) return (value) => escaped(String(value));
  return String;
}

const SPECIAL = /[\\\t\n\r\0]/;
const escapes: Record<string, string> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  // What Postgres' texts may not hold.
  '\0': '\uFFFD',
};
const EACH_SPECIAL = new RegExp(SPECIAL, 'g');

// Nearly no text has any: looking is cheaper than replacing.
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (found) => escapes[found]!) : text;
