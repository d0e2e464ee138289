import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import { type ParkedRow, parkedOf } from '../../projections/halted.js';
import { type Page, pageOf } from '../../projections/page.js';
import { forOperator } from '../operator/projections.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import type { ListTerms } from '../terms.js';

/** What has this read model put aside, and why? */
export class GetParked {
  constructor(
    readonly caller: Caller,
    readonly terms: ListTerms & { name: string },
  ) {}
}

@QueryHandler(GetParked)
export class GetParkedHandler implements IQueryHandler<GetParked> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetParked): Promise<Page<ParkedRow> | Rejection> {
    const found = forOperator(this.parts, caller, terms.name);
    if (found instanceof Rejection) return found;
    const { from: after, limit } = terms;
    const rows = await parkedOf(found.pool, terms.name, { after, limit: limit + 1 });
    return pageOf(rows, limit, ({ position }) => String(position));
  }
}
