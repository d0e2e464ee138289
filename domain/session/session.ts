import type { GameEventType } from '../events/game-event.js';
import { derivedId } from '../kernel/ids.js';

/** One time of play of one player, by the game's clock: plain JSON. Times are milliseconds since 1970. */
export type Session = {
  /** Derived from the event that began it. */
  id: string;
  startedAt: number;
  /** Of its newest event. */
  lastAt: number;
  /** The game said so. */
  ended: boolean;
  events: number;
  kills: number;
  deaths: number;
  victories: number;
  defeats: number;
};

/** Who does nothing for so long has gone: what comes then is another session. */
export const SESSION_GAP_MS = 30 * 60_000;

export type Played = { id: string; type: GameEventType; at: string };

/** The session that an event belongs to, with it. An event told late counts in the one at hand and moves no time. */
export function sessionAfter(event: Played, before: Session | null): Session {
  const at = Date.parse(event.at);
  const session = before !== null && goesOn(event, at, before) ? before : begun(event, at);
  return {
    id: session.id,
    startedAt: session.startedAt,
    lastAt: Math.max(session.lastAt, at),
    ended: session.ended || event.type === 'session.end',
    events: session.events + 1,
    kills: session.kills + Number(event.type === 'player.kill'),
    deaths: session.deaths + Number(event.type === 'player.death'),
    victories: session.victories + Number(event.type === 'player.victory'),
    defeats: session.defeats + Number(event.type === 'player.defeat'),
  };
}

function goesOn({ type }: Played, at: number, session: Session): boolean {
  if (at < session.lastAt) return true;
  return !session.ended && type !== 'session.start' && at - session.lastAt <= SESSION_GAP_MS;
}

const begun = ({ id }: Played, at: number): Session => ({
  id: derivedId(id, 'session'),
  startedAt: at,
  lastAt: at,
  ended: false,
  events: 0,
  kills: 0,
  deaths: 0,
  victories: 0,
  defeats: 0,
});
