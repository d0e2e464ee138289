import type { MemoryLog } from '../../../eventstore/testing/memory-log.js';
import { memoryLog } from '../../../eventstore/testing/memory-log.js';
import { gameEvent, registered, stored } from '../../testing/stories.js';

export const penta = (at: string) => gameEvent('player.multi_kill', at, { killCount: 5, hero: 'Jinx' });

export const said = (text: string, at: string) =>
  stored('ChatMessageReceived', { text: `sealed:${text}`, at, lang: 'en', tells: true });

export const forgotten = (keys: string[], memoryIds: string[], at: string) =>
  stored('MemoriesForgotten', { keys, memoryIds, reason: 'asked', at });

/** The time so many minutes after the beginning. */
export const minute = (minutes: number): string =>
  new Date(Date.parse('2026-11-20T10:00:00.000Z') + minutes * 60_000).toISOString();

/** A player `p0` who lives through something of everything; the ids of what is kept are told by `memoryIds`. */
export function aLife(): MemoryLog {
  const log = memoryLog();
  const tell = (...events: ReturnType<typeof stored>[]) => log.tell('player-p0', ...events);
  tell(registered(), penta(minute(1)), penta(minute(2)));
  tell(
    said('my cat is called Momo', minute(3)),
    gameEvent('player.achievement', minute(4), { name: 'Hero' }),
  );
  tell(gameEvent('player.save_loaded', minute(6), { savedAt: minute(2) }), penta(minute(7)));
  return log;
}
