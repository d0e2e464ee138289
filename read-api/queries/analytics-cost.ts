import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import { type CostTally, costsOf } from '../../projections/cost.js';
import { type Days, everyDay, FigureQuery, figuresOf } from '../figures.js';
import { READ_PARTS, type ReadApiParts } from '../parts.js';

/** What did the companions' lines cost? Days are those of the engine's clock. */
export class GetCost extends FigureQuery {}

export type Cost = Days & {
  /** Lines that were said. */
  lines: number;
  /** US dollars, here and below. */
  usd: number;
  /** US dollars a line; `null` when nothing was said. */
  perLine: number | null;
  /** Every day of the range: lines, calls of a model, its tokens, US dollars. */
  days: ({ day: string } & CostTally)[];
  bySource: ({ source: string } & CostTally)[];
};

const NONE: CostTally = { lines: 0, calls: 0, inputTokens: 0, outputTokens: 0, usd: 0 };

@QueryHandler(GetCost)
export class GetCostHandler implements IQueryHandler<GetCost> {
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  execute(query: GetCost): Promise<Cost | Rejection> {
    return figuresOf(this.parts, query, async (scope) => {
      const { all, days, bySource } = await costsOf(this.parts.pool, scope);
      const { lines, usd } = all;
      const perLine = lines === 0 ? null : usd / lines;
      return { lines, usd, perLine, days: everyDay(scope, days, NONE), bySource };
    });
  }
}
