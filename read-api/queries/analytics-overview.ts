import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import { activeDays, activePlayers, type Cohort, retentionOf } from '../../projections/activity.js';
import { linesSaid, silentActions } from '../../projections/dialogue-figures.js';
import { emotionLabels } from '../../projections/emotion-hours.js';
import { daysIn, type Scope } from '../../projections/scope.js';
import { sessionDays } from '../../projections/sessions.js';
import { eventsThisMonth } from '../../projections/usage.js';
import type { Overview } from '../answers/analytics.js';
import { FigureQuery, figuresOf, ratio, sumOf } from '../figures.js';
import { READ_PARTS, type ReadApiParts } from '../parts.js';
import { today } from '../terms.js';

/** How is it going? Days are those of the game's time, in UTC; the quota's month is of the engine's clock. */
export class GetOverview extends FigureQuery {}

const TOP = 5;

@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  execute(query: GetOverview): Promise<Overview | Rejection> {
    return figuresOf(this.parts, query, async (scope) => {
      const [played, said, quota] = await Promise.all([
        this.played(scope),
        this.felt(scope),
        this.quota(scope.clientId),
      ]);
      return { ...played, ...said, quota };
    });
  }

  private async played(scope: Scope) {
    const { pool } = this.parts;
    const [players, days, sessions, cohorts] = await Promise.all([
      activePlayers(pool, scope),
      activeDays(pool, scope),
      sessionDays(pool, scope),
      retentionOf(pool, scope, today()),
    ]);
    return {
      players,
      sessions: sumOf(sessions, (day) => day.sessions),
      events: sumOf(days, (day) => day.events),
      dau: ratio(
        sumOf(days, (day) => day.active),
        daysIn(scope),
      )!,
      retention: { d1: cameBack(cohorts, 'd1'), d7: cameBack(cohorts, 'd7'), d30: cameBack(cohorts, 'd30') },
    };
  }

  private async felt(scope: Scope) {
    const { pool } = this.parts;
    const [labels, { all }, silent] = await Promise.all([
      emotionLabels(pool, scope),
      linesSaid(pool, scope),
      silentActions(pool, scope),
    ]);
    const total = sumOf(labels, ({ felt }) => felt);
    const topEmotions = labels
      .slice(0, TOP)
      .map(({ label, felt }) => ({ label, felt, share: ratio(felt, total)! }));
    return { actions: all.said + silent, spoken: all.said, topEmotions };
  }

  private async quota(clientId: string | undefined) {
    const [used, limit] = await Promise.all([
      eventsThisMonth(this.parts.pool, clientId ?? null),
      clientId === undefined ? null : this.parts.quota(clientId),
    ]);
    return { ...(limit !== null && { limit }), used };
  }
}

/** Of those cohorts whose day is over: the others would count as gone. */
function cameBack(cohorts: readonly Cohort[], age: 'd1' | 'd7' | 'd30'): number | null {
  const known = cohorts.filter((cohort) => cohort[age] !== null);
  return ratio(
    sumOf(known, (cohort) => cohort[age]!),
    sumOf(known, ({ size }) => size),
  );
}
