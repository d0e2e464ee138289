import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataOf, idOf, type StoredRecord, streamOf, typeOf } from './record.js';
import type { ProposedEvent } from './types.js';

/** A folder of its own for one test, removed at its end. */
export function temporaryFolder(test: { after(clean: () => void): void }): string {
  const dir = mkdtempSync(join(tmpdir(), 'agl-log-'));
  test.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export const idBytes = (uuid: string = randomUUID()) => Buffer.from(uuid.replaceAll('-', ''), 'hex');

export function proposed(data: unknown, id: Uint8Array = idBytes(), type = 'Tested'): ProposedEvent {
  return { id, type, isJson: true, data: Buffer.from(JSON.stringify(data)), metadata: Buffer.alloc(0) };
}

/** What a test compares of a record. */
export const shown = (record: StoredRecord) => ({
  id: idOf(record).toString('hex'),
  stream: streamOf(record),
  revision: record.revision,
  position: record.position,
  type: typeOf(record),
  data: dataOf(record).toString(),
});
