import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { fourBytes, idKey, REVISION, revisionKey, sixBytes, TOMBSTONE } from './keys.js';
import { idOf, type StoredRecord, streamOf } from './record.js';
import { openStore } from './store.js';
import { FILE, openTrees } from './trees.js';
import { WAL_FILE } from './wal.js';

/** Makes a log as one of the first formats would have it, where all of the index is in trees by event. */
export async function makeOld(dir: string, format: 1 | 2): Promise<void> {
  const store = openStore(dir);
  const streams = store.streamsAfter('', 1_000_000);
  const records: { no: number; record: StoredRecord }[] = [];
  for (let position = 1; position <= store.lastPosition(); position++) {
    const record = store.find(position);
    if (record !== undefined) records.push({ no: store.streamNo(streamOf(record)), record });
  }
  await store.close();
  const binary = { encoding: 'binary', keyEncoding: 'binary' } as const;
  const root = open<Buffer, Buffer>({ path: join(dir, FILE), ...binary, maxDbs: 12 });
  const tree = (name: string) => root.openDB<Buffer, Buffer>({ name, ...binary });
  const [names, index, meta] = [tree('names'), tree('index'), tree('meta')];
  root.transactionSync(() => {
    for (const key of [...index.getKeys({})]) if (key[4]! >= REVISION) index.remove(key);
    for (const { name, no } of streams) names.put(Buffer.from(name), fourBytes(no));
    for (const { no, record } of records) {
      const { revision, position } = record;
      index.put(revisionKey(no, revision < 0 ? TOMBSTONE : revision), sixBytes(position));
      if (revision >= 0) index.put(idKey(no, idOf(record)), sixBytes(revision));
    }
    meta.put(Buffer.from('format'), Buffer.from(String(format)));
    meta.remove(Buffer.from('state'));
    meta.remove(Buffer.from('id'));
  });
  for (const name of ['ids', 'filters', 'tail', ...(format === 1 ? ['gaps'] : [])]) tree(name).dropSync();
  await root.close();
  rmSync(join(dir, WAL_FILE));
}

/** As the format before would have it, which had no write-ahead file. */
export async function makeFormat3(dir: string): Promise<void> {
  const trees = openTrees(join(dir, FILE), { what: 'the log' });
  trees.meta.putSync(Buffer.from('format'), Buffer.from('3'));
  trees.meta.removeSync(Buffer.from('id'));
  await trees.root.close();
  rmSync(join(dir, WAL_FILE));
}
