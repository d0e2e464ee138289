import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import type { Why } from '../answers/why.js';
import { mayOpen } from '../opening.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';
import type { ActionTerms } from '../terms.js';
import { whyOf } from '../why/why.js';

/** Why did this player's companion do that? */
export class GetWhy {
  readonly reads = ['players', 'companion_actions'];

  constructor(
    readonly caller: Caller,
    readonly terms: ActionTerms,
  ) {}
}

@QueryHandler(GetWhy)
export class GetWhyHandler implements IQueryHandler<GetWhy> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetWhy): Promise<Why | Rejection> {
    const player = await reachPlayer(this.parts, caller, terms.id);
    if (player instanceof Rejection) return player;
    const why = await whyOf(this.parts, player, { actionId: terms.actionId, open: mayOpen(caller) });
    return why ?? reject('not_found', 'no such action');
  }
}
