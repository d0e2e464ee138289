/** Reads logs whole in a process of its own, for the tests of damage: a process that lmdb may end. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Engine, openEngine } from './engine.js';
import { FILE } from './trees.js';
import { verifyLog } from './verify.js';

export type ToReader = { dir: string; streams: string[] };
/** `sum` is one of all that was read; `error` the first that was said; `verified` what `verifyLog` said of it. */
export type FromReader = { sum?: string; error?: string; kind?: string; verified: string };

function sumOf(engine: Engine, streams: string[]): string {
  const sum = createHash('sha256');
  for (const backwards of [false, true]) {
    let from = backwards ? engine.head() + 1 : 0;
    for (;;) {
      const records = engine.readAll({ from, backwards, max: 100 });
      for (const { bytes } of records) sum.update(bytes);
      if (records.length === 0) break;
      from = records.at(-1)!.position + (backwards ? 0 : 1);
    }
    for (const stream of streams) {
      const slice = engine.readStream({ stream, from: backwards ? 'end' : 0, backwards, max: 10_000 });
      sum.update(`${stream} ${slice.status}`);
      if (slice.status === 'ok') for (const { bytes } of slice.records) sum.update(bytes);
    }
  }
  return sum.digest('hex');
}

async function read({ dir, streams }: ToReader): Promise<FromReader> {
  const answer: FromReader = { verified: '' };
  try {
    const engine = await openEngine({ dir });
    try {
      answer.sum = sumOf(engine, streams);
    } finally {
      await engine.close();
    }
  } catch (error) {
    answer.error = (error as Error).message;
    answer.kind = (error as { kind?: string }).kind ?? (error as Error).name;
  }
  answer.verified = await verifyLog(join(dir, FILE)).then(
    () => 'sound',
    (error: Error) => error.message,
  );
  return answer;
}

console.error = () => {};
process.on('message', (message: ToReader) => {
  void read(message).then((answer) => process.send!(answer));
});
