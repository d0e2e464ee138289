import type { GameEvent } from '../../domain/events/game-event.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { ImportedMatch } from '../imports/index.js';
import { type Api, call } from './account.js';

const WEEK_MS = 7 * 24 * 3_600_000;
const minute = 60_000;

type Player = { id: string; gameId: string };
type Told = Pick<GameEvent, 'id' | 'type' | 'at' | 'data'>;

/**
 * A companion that has only just met its player has nothing to remember: so the player of the built-in match has played
 * the same hero a week before. False where that was told already.
 * @throws Error with the engine's own words.
 */
export async function livedTheWeekBefore(
  api: Api,
  { id, gameId }: Player,
  match: ImportedMatch,
): Promise<boolean> {
  const events = weekBefore(match, id);
  const { position, accepted } = await call<{ position: string; accepted: number }>(api, '/events', {
    ...{ gameId, playerId: id, events },
  });
  if (accepted === 0) return false;
  // When this is answered, it is remembered; a machine with much else to do goes on without.
  await call(api, `/players/${id}/memories?limit=1&after=${encodeURIComponent(position)}`).catch(() => null);
  return true;
}

function weekBefore({ startedAt, players }: ImportedMatch, playerId: string): Told[] {
  const start = players[0]!.events.find(
    ({ kind, ...event }) => 'type' in event && event.type === 'match.start',
  );
  const { hero, map } = start && 'data' in start ? start.data : {};
  const began = Date.parse(startedAt) - WEEK_MS;
  const told = (type: GameEvent['type'], after: number, data: GameEvent['data'] = {}) => ({
    id: derivedId(playerId, `the week before: ${type}`),
    type,
    at: new Date(began + after * minute).toISOString(),
    data: { ...(hero && { hero }), ...(map && { map }), ...data },
  });
  return [
    told('session.start', 0),
    told('match.start', 1),
    told('player.multi_kill', 17, { killCount: 5 }),
    told('player.victory', 28, { killCount: 18, deathCount: 3, assistCount: 9, mvp: true }),
    told('match.end', 28.1),
    told('session.end', 29),
  ];
}
