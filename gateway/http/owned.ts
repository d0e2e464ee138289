import type { WriteSide } from '../../commands/context.js';
import type { OwnedGame } from '../../commands/games/handlers.js';
import { type Caller, mayReach } from '../../domain/access/caller.js';
import { gameId, streamOf } from '../../domain/kernel/ids.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';

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
