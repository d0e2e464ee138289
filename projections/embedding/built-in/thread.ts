import { Worker } from 'node:worker_threads';
import { EmbedderUnavailable } from '../embedder.js';
import type { Delivery, Order, Warned } from './worker.js';

export type Thread = {
  /** One at a time; of the first texts, one at least. @throws EmbedderUnavailable when the thread dies or hangs; the next call starts another. */
  work(texts: string[]): Promise<Float32Array>;
  stop(): Promise<void>;
};

export type ThreadParts = { program?: URL; deadlineMs?: number };

/** Starting is in it, on a machine that is busy with other things. */
const DEADLINE_MS = 60_000;
const PROGRAM = new URL('./worker.js', import.meta.url);

/** Started by the first who asks. While it has nothing to do it keeps no process alive. */
export function lazyThread({ program = PROGRAM, deadlineMs = DEADLINE_MS }: ThreadParts = {}): Thread {
  let worker: Worker | undefined;
  const running = (): Worker => {
    if (worker) return worker;
    const started = new Worker(program, { env: {}, name: 'embedder' });
    const gone = () => {
      if (worker === started) worker = undefined;
    };
    // Whoever waits hears of it too; without a listener it would end the process.
    started.on('error', gone).once('exit', gone).on('message', passOn);
    worker = started;
    return started;
  };
  return {
    async work(texts) {
      const mine = running();
      mine.ref();
      try {
        return await delivered(mine, texts, deadlineMs);
      } catch (error) {
        worker = undefined;
        void mine.terminate();
        throw error;
      } finally {
        mine.unref();
      }
    },
    async stop() {
      await worker?.terminate();
    },
  };
}

/** A warning of the thread is one of whoever started it. */
function passOn(said: Delivery | Warned): void {
  if ('warned' in said) process.emitWarning(Object.assign(new Error(), said.warned));
}

function delivered(worker: Worker, texts: string[], deadlineMs: number): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      settle(() => reject(new EmbedderUnavailable(`the built-in embedder ${why}`)));
    const late = setTimeout(() => fail(`gave no answer in ${deadlineMs} ms`), deadlineMs);
    const onMessage = (said: Delivery | Warned) => {
      if ('vectors' in said) settle(() => resolve(said.vectors));
    };
    const onError = ({ name }: Error) => fail(`died of ${name}`);
    const onExit = () => fail('has ended');
    const settle = (how: () => void) => {
      clearTimeout(late);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      how();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage({ texts } satisfies Order);
  });
}
