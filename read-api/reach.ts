import { type Caller, mayReach } from '../domain/access/caller.js';
import { Rejection, reject } from '../domain/kernel/rejection.js';
import { type GameRow, gameById } from '../projections/games.js';
import { type PlayerRow, playerById } from '../projections/players.js';
import type { Scope } from '../projections/scope.js';
import { findFresh, freshen } from './freshness.js';
import type { ReadApiParts } from './parts.js';
import type { FigureTerms } from './terms.js';

/** The same answer for what is not there and for what is somebody else's: nobody learns which it is. */
export const noSuchPlayer = (): Rejection => reject('not_found', 'no such player');
export const noSuchGame = (): Rejection => reject('not_found', 'no such game');

/** The player, when there is one and this caller may read it. */
export async function reachPlayer(
  parts: ReadApiParts,
  caller: Caller,
  id: string,
): Promise<PlayerRow | Rejection> {
  const player = await findFresh(parts, () => playerById(parts.pool, id));
  return player && mayReach(caller, { ...player, playerId: id }) ? player : noSuchPlayer();
}

/** The game, when there is one and this caller may read it. */
export async function reachGame(
  parts: ReadApiParts,
  caller: Caller,
  id: string,
): Promise<GameRow | Rejection> {
  const game = await findFresh(parts, () => gameById(parts.pool, id));
  return game && mayReach(caller, { clientId: game.clientId, gameId: id }) ? game : noSuchGame();
}

/** Whose figures this caller may ask for: of a game it may read, else of all that is its own, deleted games too. */
export async function reachFigures(
  parts: ReadApiParts,
  caller: Caller,
  { gameId, ...days }: FigureTerms,
): Promise<Scope | Rejection> {
  if (caller.kind === 'player') return reject('forbidden', 'a player token does not open analytics');
  if (gameId !== undefined) {
    const game = await reachGame(parts, caller, gameId);
    return game instanceof Rejection ? game : { clientId: game.clientId, gameId, ...days };
  }
  await freshen(parts);
  return caller.kind === 'admin' ? days : { clientId: caller.clientId, ...days };
}
