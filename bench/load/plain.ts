import { randomBytes } from 'node:crypto';

/** Plain events for the log alone: always the same 340 bytes of type, data and metadata. */
export const TYPE = 'Measured';
const EVENT_BYTES = 340;
export const metadata = { of: 'bench' };
const rest =
  EVENT_BYTES - TYPE.length - JSON.stringify(metadata).length - JSON.stringify({ text: '' }).length;
export const data = { text: 'x'.repeat(rest) };

export const streamNames = (count: number) => {
  const run = randomBytes(8).toString('hex');
  return Array.from({ length: count }, (_, nth) => `measured-${run}-${nth}`);
};

/** Asks the clock and the processor once more: what happened since the last time. */
export function stopwatch() {
  const from = performance.now();
  const cpu = process.cpuUsage();
  return {
    seconds: () => (performance.now() - from) / 1000,
    cpuUs: () => {
      const { user, system } = process.cpuUsage(cpu);
      return user + system;
    },
  };
}
