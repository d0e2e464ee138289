import { parsePosition } from '../../domain/kernel/position.js';
import type { EventLog } from '../../eventstore/log.js';
import { actionFrame } from './push.js';

export type Missed = { text: string; revision: number };

/** Every act of a player's companion after a position, in order. Read backwards: usually few are missing. */
export async function missedSince(log: EventLog, stream: string, resume: string): Promise<Missed[] | null> {
  const since = parsePosition(resume);
  if (!since) return null;
  const missed: Missed[] = [];
  for await (const event of log.readStream(stream, { backwards: true })) {
    if (event.revision <= since.revision) break;
    if (event.position !== null && event.position <= since.position) break;
    const text = actionFrame(event);
    if (text) missed.push({ text, revision: event.revision });
  }
  return missed.reverse();
}
