import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import type { CostTally } from '../../projections/cost-figures.js';
import type { Cost } from '../answers/analytics.js';
import { everyDay, FigureQuery, figuresOf } from '../figures.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { today } from '../terms.js';

/** What did the companions' lines cost? Days are those of the engine's clock. */
export class GetCost extends FigureQuery {}

const NONE: CostTally = {
  lines: 0,
  calls: 0,
  inputTokens: 0,
  cacheWriteTokens: 0,
  cacheReadTokens: 0,
  outputTokens: 0,
  usd: 0,
};

const PLAYERS = 50;

@QueryHandler(GetCost)
export class GetCostHandler implements IQueryHandler<GetCost> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetCost): Promise<Cost | Rejection> {
    return figuresOf(this.parts, query, async (figures) => {
      const [{ all, days, ...by }, players, playerDays, forecast] = await Promise.all([
        figures.costs(),
        figures.costliestPlayers(PLAYERS),
        figures.playerDays(),
        figures.forecast(today()),
      ]);
      const { lines, usd } = all;
      const perLine = lines === 0 ? null : usd / lines;
      const every = everyDay(figures.days, days, NONE);
      return { lines, usd, perLine, days: every, ...by, players, playerDays, forecast };
    });
  }
}
