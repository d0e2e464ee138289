import { type Position, START } from '../eventstore/log.js';
import type { Erased } from './erased.js';
import { type Halted, nothingHalted } from './halted.js';
import type { Model } from './models.js';
import type { Projection, Row } from './projection.js';
import { type Rate, rateMeter } from './rate.js';

/** One read model on its way along the log, in the process that holds its lock. */
export type Track = {
  projection: Projection;
  /** As the database has it. */
  model: Model;
  /** How far it has really got: beyond the stored place where nothing that concerned it came. */
  position: Position;
  /** States in memory, so that a busy player's is not read back for every batch. */
  states: Map<string, Row>;
  /** Those are all there are: what is not among them need not be looked for. */
  knowsAll: boolean;
  halted: Halted;
  erased: Erased;
  /** When the newest event of the last batch was recorded; `null` before the first. */
  recordedAt: string | null;
  rate: Rate;
};

export type Known = { halted?: Halted; erased?: Erased };

export const newTrack = (
  projection: Projection,
  model: Model,
  { halted = nothingHalted(), erased = new Map() }: Known = {},
): Track => ({
  projection,
  model,
  position: model.position,
  states: new Map(),
  knowsAll: model.position === START,
  halted,
  erased,
  recordedAt: null,
  rate: rateMeter(),
});

const STATES_IN_MEMORY = 5_000;

/** The newest last; the oldest leave when there are too many. */
export function remember(track: Track, changed: ReadonlyMap<string, Row>): void {
  const { states } = track;
  for (const [key, row] of changed) {
    states.delete(key);
    states.set(key, row);
  }
  for (const key of states.keys()) {
    if (states.size <= STATES_IN_MEMORY) return;
    states.delete(key);
    track.knowsAll = false;
  }
}

/** After an error: what is remembered may be of a database that is no more. */
export function forget(track: Track): void {
  track.states.clear();
  track.knowsAll = false;
}
