import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { temporaryFolder } from '../eventstore/embedded/engine/testing.js';
import { type Cell, csv, parquet, writeTable, wrongTableFile } from './table-file.js';

/** A reader of RFC 4180 that knows nothing of the writer. */
function readCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: (string | null)[] = [];
  for (const [, quoted, plain, end] of text.matchAll(pattern)) {
    record.push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain === '' ? null : plain!);
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  assert.equal(record.length, 0);
  return records;
}

const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '"', ',', 'a\r\nb', '太强了 🎉', '\n'),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

describe('a table as a file', () => {
  it('of CSV is read back as it was, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (pairs) => {
        const rows = pairs.map(([a, b]) => ({ a, 'b, "c"': b }));
        const text = csv({ columns: ['a', 'b, "c"'], rows });
        const expected = pairs.map((pair) => pair.map((value) => (value === null ? null : String(value))));
        assert.deepEqual(readCsv(text), [['a', 'b, "c"'], ...expected]);
      }),
    );
    assert.equal(csv({ columns: ['a', 'b'], rows: [{ a: 1 }, { b: 'x' }] }), 'a,b\r\n1,\r\n,x\r\n');
  });

  it('of Parquet is read back with the kind of each column', async () => {
    const rows: Record<string, Cell>[] = [
      { name: '太强了', whole: 9_007_199_254_740_991, share: 0.5, won: true, never: null },
      { name: null, whole: -1, share: 2, won: null, never: null },
      { name: '', whole: null, share: null, won: false, never: null },
    ];
    const bytes = parquet({ columns: ['name', 'whole', 'share', 'won', 'never'], rows });
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const read = await parquetReadObjects({ file });
    const whole = ({ whole }: Record<string, Cell>) => (whole === null ? null : BigInt(whole as number));
    assert.deepEqual(
      read.map((row) => ({ ...row })),
      rows.map((row) => ({ ...row, whole: whole(row) })),
    );
    assert.throws(
      () => parquet({ columns: ['a'], rows: [{ a: 1 }, { a: 'x' }] }),
      /column a holds a number and a string/,
    );
    assert.throws(() => parquet({ columns: [], rows: [] }), /no rows/);
  });

  it('is there whole or not at all, and nothing is left beside it', async (t) => {
    const dir = temporaryFolder(t);
    const file = join(dir, 'x.ndjson');
    writeFileSync(file, 'before');
    await writeTable(file, { columns: ['a'], rows: [{ a: 1 }, { a: null }] });
    assert.equal(readFileSync(file, 'utf8'), '{"a":1}\n{"a":null}\n');
    const mixed = { columns: ['a'], rows: [{ a: 1 }, { a: 'x' }] };
    await assert.rejects(writeTable(join(dir, 'x.parquet'), mixed));
    await assert.rejects(writeTable(join(dir, 'gone', 'x.csv'), mixed));
    assert.deepEqual(readdirSync(dir), ['x.ndjson']);
    assert.match(wrongTableFile('x.xlsx')!, /is to end in \.csv, \.ndjson, \.parquet, not x\.xlsx/);
    assert.match(wrongTableFile(join(dir, 'gone', 'x.csv'))!, /gone is no folder/);
    assert.equal(wrongTableFile(file), undefined);
    rmSync(file);
  });
});
