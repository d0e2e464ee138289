import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { FindingItem } from '../../projections/emotions.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';
import type { SpanTerms } from '../terms.js';

/** Which patterns went on in what a player felt: tilt, comeback, flow, boredom? */
export class GetFindings {
  readonly reads = ['players', 'emotions'];

  constructor(
    readonly caller: Caller,
    readonly terms: SpanTerms,
  ) {}
}

const EVER = new Date(0).toISOString();
const NEVER = '9999-12-31T23:59:59.999Z';

@QueryHandler(GetFindings)
export class GetFindingsHandler implements IQueryHandler<GetFindings> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetFindings): Promise<{ items: FindingItem[] } | Rejection> {
    const { id, from = EVER, to = NEVER } = terms;
    const player = await reachPlayer(this.parts, caller, id);
    if (player instanceof Rejection) return player;
    return { items: await player.findings({ from, to }) };
  }
}
