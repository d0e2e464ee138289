import type { PlayerId } from '../kernel/ids.js';
import { type Caller, mayReach } from './caller.js';

/** The id of a player who was found to be within reach of whoever asks: nothing is done to a player by any other. */
export type ReachedPlayer = PlayerId & { readonly __reached: true };

/** A game that was found to be the one of whoever asks: nothing is changed in any other. */
export type OwnedGame = { readonly id: string; readonly clientId: string; readonly __owned: true };

/** `null`: it is somebody else's. */
export const reach = (
  caller: Caller,
  id: string,
  player: { clientId: string; gameId: string },
): ReachedPlayer | null => (mayReach(caller, { ...player, playerId: id }) ? (id as ReachedPlayer) : null);

/** Whoever plays reaches themself. */
export const themself = ({ playerId }: Extract<Caller, { kind: 'player' }>): ReachedPlayer =>
  playerId as ReachedPlayer;

/** The same of a game: a player has none. */
export const own = (caller: Caller, id: string, { clientId }: { clientId: string }): OwnedGame | null =>
  caller.kind !== 'player' && mayReach(caller, { clientId, gameId: id })
    ? ({ id, clientId } as OwnedGame)
    : null;

/** For the verbs of whoever runs the engine, who reaches all. Nobody gets this far by a door. */
export const asOperator = {
  player: (id: string) => id as ReachedPlayer,
  game: (game: Pick<OwnedGame, 'id' | 'clientId'>) => game as OwnedGame,
};
