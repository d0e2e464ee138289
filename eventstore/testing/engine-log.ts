import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Engine } from '../embedded/engine/engine.js';
import { dataOf, idOf, metadataOf, type StoredRecord, streamOf, typeOf } from '../embedded/engine/record.js';
import { metastreamOf } from '../embedded/engine/types.js';
import { formatUuid } from '../embedded/face/uuid.js';
import type { LogWithoutGroups } from '../log.contract.js';
import { isWithin, type NewEvent, type PlacedEvent, type ReadStream } from '../log.js';

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const parsed = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString());

const proposed = ({ id, type, data, metadata }: NewEvent) => ({
  id: Buffer.from(id.replaceAll('-', ''), 'hex'),
  type,
  isJson: true,
  data: bytesOf(data),
  metadata: bytesOf(metadata),
});

const placed = (record: StoredRecord): PlacedEvent => ({
  id: formatUuid(idOf(record)),
  stream: streamOf(record),
  revision: record.revision,
  position: record.position,
  type: typeOf(record),
  data: parsed(dataOf(record)),
  metadata: parsed(metadataOf(record)),
});

/** The port over the engine itself, without client and wire: what they promise beyond it is theirs. */
export function engineLog(engine: Engine): LogWithoutGroups {
  return {
    async append(stream, events, expected) {
      const written = await engine.append({ stream, expected, events: events.map(proposed) });
      if (written.outcome === 'written')
        return { ok: true, revision: written.revision, position: written.position };
      if (written.outcome === 'wrong_expected_version')
        return { ok: false, reason: 'wrong_expected_version' };
      throw new Error(written.outcome);
    },
    readStream: (stream, options) => readStream(engine, stream, options),
    async *follow(after, { signal, maxBatch = 512 }) {
      let at = after === 'end' ? engine.head() : after;
      while (!signal.aborted) {
        const records = engine.readAll({ from: at + 1, backwards: false, max: maxBatch });
        at = records.at(-1)?.position ?? at;
        const events = records.filter((record) => !streamOf(record).startsWith('$')).map(placed);
        if (records.length > 0) yield { events, position: at };
        else await committedAfter(engine, at, signal);
        await nextTurn();
      }
    },
    async *read(after, range) {
      let at = after;
      while (at < range.upTo && !range.signal.aborted) {
        const records = engine.readAll({ from: at + 1, backwards: false, max: 512 });
        if (records.length === 0) return;
        at = records[records.length - 1]!.position;
        const events = records
          .filter((record) => !streamOf(record).startsWith('$'))
          .map(placed)
          .filter((event) => isWithin(event, range));
        if (events.length > 0) yield events;
        await nextTurn();
      }
    },
    async keepNewest(stream, count) {
      const metadata = {
        id: crypto.randomUUID(),
        type: '$metadata',
        data: { $maxCount: count },
        metadata: {},
      };
      await engine.append({
        stream: metastreamOf(stream),
        expected: 'any',
        events: [proposed(metadata as unknown as NewEvent)],
      });
    },
    async deleteStream(stream) {
      await engine.deleteStream(stream, 'any');
    },
    head: async () => engine.head(),
    health: () => ({ breaker: 'closed', trouble: null, underWay: 0, waiting: 0 }),
    close: () => engine.close(),
  };
}

async function* readStream(
  engine: Engine,
  stream: string,
  { from, backwards = false, max = Number.POSITIVE_INFINITY }: ReadStream = {},
): AsyncGenerator<PlacedEvent> {
  let next: number | 'end' | undefined = from ?? (backwards ? 'end' : 0);
  for (let left = max; next !== undefined && left > 0; ) {
    const slice = engine.readStream({ stream, from: next, backwards, max: Math.min(left, 100) });
    if (slice.status !== 'ok') return;
    for (const record of slice.records) yield placed(record);
    left -= slice.records.length;
    next = slice.next;
  }
}

async function committedAfter(engine: Engine, position: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const dismiss = engine.onCommit(() => engine.head() > position && done());
    const done = () => {
      dismiss();
      resolve();
    };
    signal.addEventListener('abort', done, { once: true });
    if (engine.head() > position || signal.aborted) done();
  });
}
