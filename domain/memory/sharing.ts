import type { Elsewhere } from './memory.js';
import { memoryIn } from './settings.js';

/** A player, as far as it counts for who shares what is remembered. */
export type Sharer = Elsewhere & {
  clientId: string;
  /** The same for the same person in every game of the client; `null`: nobody can tell. */
  person: string | null;
  /** Of the game, as it is now. */
  config: Readonly<Record<string, unknown>>;
};

/** Whether what the one lived through comes to mind beside the other: one person, in two games of a client that share now. */
export const shareMemory = (one: Sharer, other: Sharer): boolean =>
  one.gameId !== other.gameId &&
  one.clientId === other.clientId &&
  one.person !== null &&
  one.person === other.person &&
  [one, other].every(({ config }) => memoryIn(config).share);
