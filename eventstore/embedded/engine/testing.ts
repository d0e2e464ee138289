import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from './engine.js';
import { dataOf, idOf, type StoredRecord, streamOf, typeOf } from './record.js';
import type { Expectation, ProposedEvent } from './types.js';

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

export const append = (engine: Engine, stream: string, expected: Expectation, events: ProposedEvent[]) =>
  engine.append({ stream, expected, events });
export const many = (n: number) => Array.from({ length: n }, (_, i) => proposed({ i }));
export const revisions = (
  engine: Engine,
  stream: string,
  options: { from?: number | 'end'; backwards?: boolean; max?: number } = {},
) => {
  const slice = engine.readStream({ stream, from: 0, max: 1000, ...options });
  return slice.status === 'ok' ? slice.records.map((record) => record.revision) : slice.status;
};
export const positions = (engine: Engine, from: number, backwards = false, max = 1000) =>
  engine.readAll({ from, backwards, max }).map((record) => record.position);
export const metadata = (engine: Engine, stream: string, data: unknown) =>
  append(engine, `$$${stream}`, 'any', [proposed(data, idBytes(), '$metadata')]);
