import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/**
 * Lowers the priority of the calling thread: under more load than the machine can bear, what derives from the
 * log may lag, what games wait for may not. Linux gives each thread a priority; elsewhere nothing happens.
 */
export function yieldToOthers(): void {
  if (process.platform !== 'linux') return;
  try {
    const [, , thread] = readlinkSync('/proc/thread-self').split('/');
    setPriority(Number(thread), 10);
  } catch {
    // A system that does not let us is one on which it is not needed.
  }
}
