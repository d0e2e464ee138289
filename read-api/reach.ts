import type { Caller } from '../domain/access/caller.js';
import { type Rejection, reject } from '../domain/kernel/rejection.js';
import { playerErased } from '../domain/player/player.js';
import { findFresh, freshen } from './freshness.js';
import type { QuestionParts } from './parts.js';
import type { FigureRecords } from './records/figures.js';
import type { GameRecords } from './records/game.js';
import type { PlayerRecords } from './records/player.js';
import type { FigureTerms } from './terms.js';

/** The same answer for what is not there and for what is somebody else's: nobody learns which it is. */
const noSuchPlayer = (): Rejection => reject('not_found', 'no such player');
const noSuchGame = (): Rejection => reject('not_found', 'no such game');

/** What is known of the player, when there is one and this caller may read it. */
export async function reachPlayer(
  parts: QuestionParts,
  caller: Caller,
  id: string,
): Promise<PlayerRecords | Rejection> {
  const found = await findFresh(parts, () => parts.records.player(caller, id));
  return found === 'erased' ? playerErased() : (found ?? noSuchPlayer());
}

export const reachGame = async (
  parts: QuestionParts,
  caller: Caller,
  id: string,
): Promise<GameRecords | Rejection> =>
  (await findFresh(parts, () => parts.records.game(caller, id))) ?? noSuchGame();

export async function reachFigures(
  parts: QuestionParts,
  caller: Caller,
  terms: FigureTerms,
): Promise<FigureRecords | Rejection> {
  if (caller.kind === 'player') return reject('forbidden', 'a player token does not open analytics');
  const look = () => parts.records.figures(caller, terms);
  if (terms.gameId !== undefined) return (await findFresh(parts, look)) ?? noSuchGame();
  await freshen(parts);
  return (await look()) ?? noSuchGame();
}
