import { loadMatch } from '../cli/imports/index.js';
import { dataAbsent, recorded } from '../cli/imports/test-data.js';
import type { GameEvent } from '../domain/events/game-event.js';
import { historyOf } from './load/history.js';

/** A game event of a player, and its text as the log keeps it. */
export type Told = { player: string; event: GameEvent; stored: string };
export type Tales = { from: 'recorded matches' | 'simulator'; told: Told[] };

/** What is felt: the recorded matches where they are at hand, else so many of the simulator's. In the order of play. */
export const talesOf = (events: number): Tales =>
  dataAbsent
    ? { from: 'simulator', told: simulated(events) }
    : { from: 'recorded matches', told: Object.values(recorded).flat().flatMap(ofMatch) };

/** As live: the players of a match take turns. */
function ofMatch(path: string): Told[] {
  const all = loadMatch(path).players.flatMap(({ externalId, events }) =>
    events.flatMap((event) => (event.kind === 'chat' ? [] : [toldOf(`${path} ${externalId}`, event)])),
  );
  return all.sort(({ event: one }, { event: other }) => Date.parse(one.at) - Date.parse(other.at));
}

function toldOf(player: string, { id, type, at, data, context }: GameEvent): Told {
  const event = { id, type, at, data, context } as GameEvent;
  const stored = { id, type: 'GameEventRecorded', data: { type, at, data, context } };
  return { player, event, stored: JSON.stringify(stored) };
}

/** Of a history of the simulator, what games told. */
export function simulated(events: number): Told[] {
  const told: Told[] = [];
  for (const { stream, events: some } of historyOf(Number.POSITIVE_INFINITY))
    for (const { id, type, data } of some) {
      if (type !== 'GameEventRecorded') continue;
      told.push(toldOf(stream, { ...(data as unknown as GameEvent), id: id! }));
      if (told.length === events) return told;
    }
  return told;
}
