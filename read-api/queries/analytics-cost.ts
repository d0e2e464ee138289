import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import {
  type CostTally,
  costliestPlayers,
  costsOf,
  forecastOf,
  playerDaysOf,
} from '../../projections/cost-figures.js';
import type { Cost } from '../answers/analytics.js';
import { everyDay, FigureQuery, figuresOf } from '../figures.js';
import { READ_PARTS, type ReadApiParts } from '../parts.js';
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
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  execute(query: GetCost): Promise<Cost | Rejection> {
    const { pool } = this.parts;
    return figuresOf(this.parts, query, async (scope) => {
      const [{ all, days, ...by }, players, playerDays, forecast] = await Promise.all([
        costsOf(pool, scope),
        costliestPlayers(pool, scope, PLAYERS),
        playerDaysOf(pool, scope),
        forecastOf(pool, scope, today()),
      ]);
      const { lines, usd } = all;
      const perLine = lines === 0 ? null : usd / lines;
      const every = everyDay(scope, days, NONE);
      return { lines, usd, perLine, days: every, ...by, players, playerDays, forecast };
    });
  }
}
