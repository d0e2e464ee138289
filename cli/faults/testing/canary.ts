import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { ask as over } from '../../../projections/testing/processes.js';

/** Bytes that the engine wrote, and where. */
export type Written = { place: string; bytes: Buffer };

/** A text in every form in which it may have been written, whatever stood before and after it. */
function formsOf(text: string): [form: string, bytes: Buffer][] {
  const plain = Buffer.from(text, 'utf8');
  const forms: [string, Buffer][] = [
    ['plain', plain],
    ['hex', Buffer.from(plain.toString('hex'))],
    ['HEX', Buffer.from(plain.toString('hex').toUpperCase())],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['URL', Buffer.from(encodeURIComponent(text))],
    [
      'JSON',
      Buffer.from(
        JSON.stringify(text)
          .slice(1, -1)
          .replace(/[^ -~]/g, escaped),
      ),
    ],
  ];
  for (const encoding of ['base64', 'base64url'] as const)
    for (const before of [0, 1, 2]) {
      const whole = Buffer.concat([Buffer.alloc(before), plain]).toString(encoding);
      const from = Math.ceil((before * 8) / 6);
      const to = Math.floor(((before + plain.length) * 8) / 6);
      forms.push([`${encoding} ${before}`, Buffer.from(whole.slice(from, to))]);
    }
  return forms;
}

const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Which of the texts are in what was written; nothing else of it is told. */
export function leaksIn(written: readonly Written[], texts: Readonly<Record<string, string>>): string[] {
  const sought = Object.entries(texts).map(([name, text]) => ({ name, forms: formsOf(text) }));
  return written.flatMap(({ place, bytes }) =>
    sought.flatMap(({ name, forms }) =>
      forms.flatMap(([form, of]) => (bytes.includes(of) ? [`${name} (${form}) in ${place}`] : [])),
    ),
  );
}

/** Every file of a folder, whatever it is. Those that go meanwhile are not there. */
export function filesOf(dir: string): Written[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const place = join(parentPath, name);
    try {
      return [{ place, bytes: readFileSync(place) }];
    } catch {
      return [];
    }
  });
}

export type DumpedRow = { table: string; row: string };

/** All rows of all tables of a database as text: also what is compressed in its files. */
export async function dumpOf(database: string): Promise<DumpedRow[]> {
  const tables = await over(
    database,
    `select n.nspname || '.' || quote_ident(c.relname) as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const dumped: DumpedRow[] = [];
  for (const { place } of tables)
    for (const { row } of await over(database, `select t::text as row from ${place} t order by 1`))
      dumped.push({ table: String(place), row: String(row) });
  return dumped;
}

/** All that a Redis has, keys and values. */
export async function redisOf(url: string): Promise<Written[]> {
  const redis = new Redis(url);
  try {
    const written: Written[] = [];
    for (const key of await redis.keys('*')) {
      const value =
        (await redis.type(key)) === 'zset' ? await redis.zrange(key, '0', '-1') : await redis.dump(key);
      written.push({ place: `Redis ${key}`, bytes: Buffer.from(`${key}\n${String(value)}`) });
    }
    return written;
  } finally {
    redis.disconnect();
  }
}
