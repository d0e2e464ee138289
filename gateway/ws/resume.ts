import { parsePosition } from '../../domain/kernel/position.js';
import type { EventLog } from '../../eventstore/log.js';
import type { Show } from './show.js';

export type Missed = {
  acts: { text: string; revision: number }[];
  /** The revision up to which the client has seen all; never beyond the stream, whatever it claims. */
  seen: number;
};

/**
 * Every act of a player's companion after a position, in order; `null` when it is no position. Read
 * backwards: usually few are missing.
 */
export async function missedSince(
  { log, show }: { log: EventLog; show: Show },
  stream: string,
  resume: string,
): Promise<Missed | null> {
  const since = parsePosition(resume);
  if (!since) return null;
  const acts: Missed['acts'] = [];
  let newest = -1;
  for await (const event of log.readStream(stream, { backwards: true })) {
    newest = Math.max(newest, event.revision);
    if (event.revision <= since.revision) break;
    if (event.position !== null && event.position <= since.position) break;
    const text = await show(event);
    if (text) acts.push({ text, revision: event.revision });
  }
  return { acts: acts.reverse(), seen: Math.min(since.revision, newest) };
}
