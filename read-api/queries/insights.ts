import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { type Rejection, reject } from '../../domain/kernel/rejection.js';
import type { KeptInsight } from '../../projections/insight/kept.js';
import type { InsightAnswer } from '../answers/operator.js';
import { findFresh, freshen } from '../freshness.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import type { ListTerms } from '../terms.js';

/** Which questions of analysts go on being answered? */
export class GetInsights {
  readonly reads: readonly string[] = [];
  constructor(readonly caller: Caller) {}
}

@QueryHandler(GetInsights)
export class GetInsightsHandler implements IQueryHandler<GetInsights> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller }: GetInsights): Promise<{ items: KeptInsight[] } | Rejection> {
    if (caller.kind === 'player') return reject('forbidden', 'a player token does not open insights');
    // A game that was made a moment ago is the client's already.
    await freshen(this.parts);
    return { items: await this.parts.records.insights(caller) };
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
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute({ caller, terms }: GetInsight): Promise<InsightAnswer | Rejection> {
    if (caller.kind === 'player') return reject('forbidden', 'a player token does not open insights');
    const { name, from: after, limit } = terms;
    const insight = await findFresh(this.parts, () => this.parts.records.insight(caller, name));
    if (!insight) return reject('not_found', 'no such insight');
    const items = await insight.rows({ after, limit });
    const next = after + items.length < insight.kept.rows ? { next: String(after + items.length) } : {};
    return { insight: insight.kept, items, ...next };
  }
}
