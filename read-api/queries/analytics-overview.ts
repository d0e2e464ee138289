import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import type { Cohort } from '../../projections/activity.js';
import { daysIn } from '../../projections/scope.js';
import type { Overview } from '../answers/analytics.js';
import { FigureQuery, figuresOf, ratio, sumOf } from '../figures.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import type { FigureRecords } from '../records/figures.js';
import { today } from '../terms.js';

/** How is it going? Days are those of the game's time, in UTC; the quota's month is of the engine's clock. */
export class GetOverview extends FigureQuery {}

const TOP = 5;

@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetOverview): Promise<Overview | Rejection> {
    return figuresOf(this.parts, query, async (figures) => {
      const [played, said, quota] = await Promise.all([
        this.played(figures),
        this.felt(figures),
        this.quota(figures),
      ]);
      return { ...played, ...said, quota };
    });
  }

  private async played(figures: FigureRecords) {
    const [players, days, sessions, cohorts] = await Promise.all([
      figures.activePlayers(),
      figures.activeDays(),
      figures.sessionDays(),
      figures.retention(today()),
    ]);
    return {
      players,
      sessions: sumOf(sessions, (day) => day.sessions),
      events: sumOf(days, (day) => day.events),
      dau: ratio(
        sumOf(days, (day) => day.active),
        daysIn(figures.days),
      )!,
      retention: { d1: cameBack(cohorts, 'd1'), d7: cameBack(cohorts, 'd7'), d30: cameBack(cohorts, 'd30') },
    };
  }

  private async felt(figures: FigureRecords) {
    const [labels, { all }, silent] = await Promise.all([
      figures.emotionLabels(),
      figures.linesSaid(),
      figures.silentActions(),
    ]);
    const total = sumOf(labels, ({ felt }) => felt);
    const topEmotions = labels
      .slice(0, TOP)
      .map(({ label, felt }) => ({ label, felt, share: ratio(felt, total)! }));
    return { actions: all.said + silent, spoken: all.said, topEmotions };
  }

  private async quota({ clientId, eventsThisMonth }: FigureRecords) {
    const [used, limit] = await Promise.all([
      eventsThisMonth(),
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
