import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';

export type Cell = string | number | boolean | null;
export type Table = { columns: readonly string[]; rows: readonly { readonly [column: string]: Cell }[] };

/** The files a table can be written to, by how their names end. */
const formats: Record<string, (table: Table) => string | Uint8Array> = {
  '.csv': csv,
  '.ndjson': ({ rows }) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  '.parquet': parquet,
};

/** What is wrong with the name of a file to be written, if anything is. */
export function wrongTableFile(file: string): string | undefined {
  if (!Object.hasOwn(formats, extname(file)))
    return `the file is to end in ${Object.keys(formats).join(', ')}, not ${file}`;
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
    return undefined;
  } catch {
    return `${dirname(resolve(file))} is no folder that can be written to`;
  }
}

/** Whole or not at all: it takes its name when it is written to the end. */
export async function writeTable(file: string, table: Table): Promise<void> {
  const content = formats[extname(file)]!(table);
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(unfinished, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** RFC 4180, in UTF-8. What is not known is nothing at all, an empty text is `""`. */
export function csv({ columns, rows }: Table): string {
  const line = (cells: readonly (Cell | undefined)[]) => `${cells.map(field).join(',')}\r\n`;
  const lines = rows.map((row) => line(columns.map((column) => row[column])));
  return columns.length === 0 ? '' : line(columns) + lines.join('');
}

function field(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  const text = String(cell);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @throws Error when there are no columns, or one holds values of several kinds. */
export function parquet({ columns, rows }: Table): Uint8Array {
  if (columns.length === 0) throw new Error('no rows, so no columns: a parquet file needs some');
  const columnData = columns.map((name) =>
    columnOf(
      name,
      rows.map((row) => row[name] ?? null),
    ),
  );
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function columnOf(name: string, data: Cell[]) {
  const kinds = [...new Set(data.flatMap((cell) => (cell === null ? [] : typeof cell)))];
  if (kinds.length > 1)
    throw new Error(`column ${name} holds a ${kinds.join(' and a ')}: parquet wants one kind`);
  if (kinds[0] === 'boolean') return { name, data, type: 'BOOLEAN' as const };
  if (kinds[0] !== 'number') return { name, data, type: 'STRING' as const };
  if (!data.every((cell) => cell === null || Number.isSafeInteger(cell)))
    return { name, data, type: 'DOUBLE' as const };
  return { name, data: data.map((cell) => (cell === null ? null : BigInt(cell))), type: 'INT64' as const };
}
