import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { playerId, streamOf } from '../../domain/kernel/ids.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { PlayerRow } from '../../projections/players.js';
import type { PlayerView } from '../answers/players.js';
import { mayOpen } from '../opening.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';

/** Who is this player? */
export class GetPlayer {
  readonly reads = ['players'];

  constructor(
    readonly caller: Caller,
    readonly id: string,
  ) {}
}

@QueryHandler(GetPlayer)
export class GetPlayerHandler implements IQueryHandler<GetPlayer> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, id }: GetPlayer): Promise<PlayerView | Rejection> {
    const player = await reachPlayer(this.parts, caller, id);
    return player instanceof Rejection ? player : playerView(this.parts, caller, player.row);
  }
}

/** What names the person is opened for those whose player it is, not for the operator of the engine. */
export async function playerView(parts: QuestionParts, caller: Caller, row: PlayerRow): Promise<PlayerView> {
  const { id, gameId, clientId, persona, lang } = row;
  const subject = streamOf.player(playerId(id));
  const open = async (sealed: string | null) =>
    sealed === null || !mayOpen(caller) ? null : parts.openSealed(subject, sealed);
  const [externalId, displayName] = await Promise.all([open(row.externalId), open(row.displayName)]);
  return {
    id,
    gameId,
    clientId,
    ...(externalId !== null && { externalId }),
    ...(displayName !== null && { displayName }),
    persona,
    lang,
  };
}
