import type { WriteSide } from '../../commands/context.js';
import type { OwnedGame } from '../../commands/games/handlers.js';
import { type Caller, mayReach } from '../../domain/access/caller.js';
import { gameId, playerId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { type Player, playerErased } from '../../domain/player/player.js';

/** Another client's game answers as one that does not exist. */
export async function ownedGame(
  { games }: Pick<WriteSide, 'games'>,
  caller: Caller,
  id: string,
): Promise<OwnedGame | Rejection> {
  const game = await games.state(streamOf.game(gameId(id)));
  const reached = caller.kind !== 'player' && mayReach(caller, game);
  return game.exists && reached ? { id, clientId: game.clientId } : reject('not_found', 'no such game');
}

/** A player of a game that is there, whom this caller may reach; another's answers as one that does not exist. */
export async function reachedPlayer(
  side: Pick<WriteSide, 'players' | 'games'>,
  caller: Caller,
  id: string,
): Promise<Player | Rejection> {
  const known = await reachedOrErased(side, caller, id);
  return known instanceof Rejection || !known.erased ? known : playerErased();
}

/** The same, also of a player who was erased. */
export async function reachedOrErased(
  { players, games }: Pick<WriteSide, 'players' | 'games'>,
  caller: Caller,
  id: string,
): Promise<Player | Rejection> {
  const player = await players.state(streamOf.player(playerId(id)));
  const game = await games.state(streamOf.game(gameId(player.gameId)));
  const reached = player.registered && game.exists && mayReach(caller, { ...player, playerId: id });
  return reached ? player : reject('not_found', 'no such player');
}
