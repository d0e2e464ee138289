import { parentPort } from 'node:worker_threads';
import { hashedGrams } from '../built-in/grams.js';
import type { Order } from '../built-in/worker.js';
import { BUILT_IN_DIMENSION } from '../embedder.built-in.js';

/** In the place of the real thread: does what its texts say, `die`, `end` or `hang`; of all others the first three have vectors. */
parentPort?.on('message', ({ texts }: Order) => {
  if (texts.includes('die')) throw new TypeError(texts.join());
  if (texts.includes('end')) process.exit(0);
  while (texts.includes('hang'));
  const vectors = Float32Array.from(
    texts.slice(0, 3).flatMap((text) => [...hashedGrams(text, BUILT_IN_DIMENSION)]),
  );
  parentPort?.postMessage({ vectors });
});
