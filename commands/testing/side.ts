import { createHash, randomUUID } from 'node:crypto';
import type { EventLog } from '../../eventstore/log.js';
import { openWriteSide, type WriteSideParts } from '../context.js';
import { createSealer, type PersonKeys } from '../person-keys/sealer.js';

/** Person keys in a map: gone with it. */
export function keysInMemory(): PersonKeys & { kept: Map<string, Buffer> } {
  const kept = new Map<string, Buffer>();
  const destroyed = new Set<string>();
  return {
    kept,
    find: async (subject) => kept.get(subject) ?? null,
    async destroy(subject) {
      destroyed.add(subject);
      return kept.delete(subject);
    },
    async keep(subject, wrapped) {
      if (destroyed.has(subject)) return null;
      if (!kept.has(subject)) kept.set(subject, wrapped);
      return kept.get(subject)!;
    },
  };
}

export const masterKey = Buffer.alloc(32, 7);

/** The write side over a log, with everything else in memory. */
export const writeSideOver = (
  log: EventLog,
  more: Pick<WriteSideParts, 'quotaBy' | 'watch' | 'tracing'> = {},
) =>
  openWriteSide({
    ...more,
    log,
    sealer: createSealer(masterKey, keysInMemory()),
    pseudonym: (purpose, text) =>
      createHash('sha256').update(`${purpose}\n${text}`).digest('hex').slice(0, 32),
    now: () => new Date(),
  });

/** A game event as the gateway hands it on. `at`: seconds after a match began. */
export const aGameEvent = (type: string, at = 0, data: Record<string, unknown> = {}) => ({
  id: randomUUID() as string,
  type: type as 'player.kill',
  at: new Date(Date.UTC(2026, 0, 1) + at * 1_000).toISOString(),
  data,
  context: {},
});
