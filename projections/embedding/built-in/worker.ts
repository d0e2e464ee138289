import { parentPort } from 'node:worker_threads';
import { openVectors } from './vectors.js';

/** What goes to the thread, and what comes back: vectors of the first of them, one after the other. */
export type Order = { texts: string[] };
export type Delivery = { vectors: Float32Array };
/** What the thread is warned of: whoever started it knows how that is told. */
export type Warned = { warned: { name: string; message: string; stack?: string } };

// Node itself prints plain text, whatever is in it.
process.removeAllListeners('warning');
process.on('warning', ({ name, message, stack }) => {
  parentPort?.postMessage({ warned: { name, message, ...(stack && { stack }) } } satisfies Warned);
});

const opening = openVectors();

parentPort?.on('message', async ({ texts }: Order) => {
  const embed = await opening;
  const made = await embed(texts);
  const vectors = new Float32Array(made.reduce((sum, { length }) => sum + length, 0));
  made.forEach((vector, at) => void vectors.set(vector, at * vector.length));
  parentPort?.postMessage({ vectors } satisfies Delivery, [vectors.buffer as ArrayBuffer]);
});
