import type { WriteSide } from '../../commands/context.js';
import type { Caller } from '../../domain/access/caller.js';
import { type OwnedGame, own, type ReachedPlayer, reach } from '../../domain/access/reached.js';
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
  return (game.exists ? own(caller, id, game) : null) ?? reject('not_found', 'no such game');
}

/** What is known of a player, with the id that commands take. */
export type Reached = Player & { id: ReachedPlayer };

/** A player of a game that is there, whom this caller may reach; another's answers as one that does not exist. */
export async function reachedPlayer(
  side: Pick<WriteSide, 'players' | 'games'>,
  caller: Caller,
  id: string,
): Promise<Reached | Rejection> {
  const known = await reachedOrErased(side, caller, id);
  return known instanceof Rejection || !known.erased ? known : playerErased();
}

/** The same, also of a player who was erased. */
export async function reachedOrErased(
  { players, games }: Pick<WriteSide, 'players' | 'games'>,
  caller: Caller,
  named: string,
): Promise<Reached | Rejection> {
  const player = await players.state(streamOf.player(playerId(named)));
  const game = await games.state(streamOf.game(gameId(player.gameId)));
  const id = player.registered && game.exists ? reach(caller, named, player) : null;
  return id === null ? reject('not_found', 'no such player') : { ...player, id };
}
