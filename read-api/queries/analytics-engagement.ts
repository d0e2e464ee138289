import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import type { Engagement } from '../answers/analytics.js';
import { everyDay, FigureQuery, figuresOf } from '../figures.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { today } from '../terms.js';

/** How many play, how long, and do they come back? Days are those of the game's time, in UTC. */
export class GetEngagement extends FigureQuery {}

@QueryHandler(GetEngagement)
export class GetEngagementHandler implements IQueryHandler<GetEngagement> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetEngagement): Promise<Engagement | Rejection> {
    return figuresOf(this.parts, query, async (figures) => {
      const [active, played, retention] = await Promise.all([
        figures.activeDays(),
        figures.sessionDays(),
        figures.retention(today()),
      ]);
      const sessions = everyDay(figures.days, played, { sessions: 0, seconds: 0 });
      const days = everyDay(figures.days, active, { active: 0, new: 0, events: 0 }).map((day, nth) => ({
        ...day,
        sessions: sessions[nth]!.sessions,
        minutes: Math.round(sessions[nth]!.seconds / 6) / 10,
      }));
      return { days, retention };
    });
  }
}
