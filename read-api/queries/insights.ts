import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { type KeptInsight, keptInsights, keptRows } from '../../projections/insight/kept.js';
import type { InsightAnswer } from '../answers/operator.js';
import { READ_PARTS, type ReadApiParts } from '../parts.js';
import { reachGame } from '../reach.js';
import type { ListTerms } from '../terms.js';

/** Which questions of analysts go on being answered? */
export class GetInsights {
  readonly reads: readonly string[] = [];
  constructor(readonly caller: Caller) {}
}

@QueryHandler(GetInsights)
export class GetInsightsHandler implements IQueryHandler<GetInsights> {
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  async execute({ caller }: GetInsights): Promise<{ items: KeptInsight[] } | Rejection> {
    if (caller.kind === 'player') return reject('forbidden', 'a player token does not open insights');
    const items: KeptInsight[] = [];
    for (const one of await keptInsights(this.parts.pool))
      if (await mayRead(this.parts, caller, one)) items.push(one);
    return { items };
  }
}

/** How is this one answered? */
export class GetInsight {
  readonly reads: readonly string[] = [];
  constructor(
    readonly caller: Caller,
    readonly terms: ListTerms & { name: string },
  ) {}
}

@QueryHandler(GetInsight)
export class GetInsightHandler implements IQueryHandler<GetInsight> {
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  async execute({ caller, terms }: GetInsight): Promise<InsightAnswer | Rejection> {
    if (caller.kind === 'player') return reject('forbidden', 'a player token does not open insights');
    const { name, from: after, limit } = terms;
    const insight = (await keptInsights(this.parts.pool)).find((one) => one.name === name);
    if (!insight || !(await mayRead(this.parts, caller, insight)))
      return reject('not_found', 'no such insight');
    const items = await keptRows(this.parts.pool, name, { after, limit });
    const next = after + items.length < insight.rows ? { next: String(after + items.length) } : {};
    return { insight, items, ...next };
  }
}

/** One of all games is the operator's; others are read by those whose players they are about. */
async function mayRead(parts: ReadApiParts, caller: Caller, { scope }: KeptInsight): Promise<boolean> {
  if (caller.kind === 'admin') return true;
  if (scope.clientId !== undefined) return scope.clientId === caller.clientId;
  if (scope.gameId === undefined) return false;
  return !((await reachGame(parts, caller, scope.gameId)) instanceof Rejection);
}
