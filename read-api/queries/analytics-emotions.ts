import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import type { Emotions } from '../answers/analytics.js';
import { FigureQuery, figuresOf, ratio, sumOf } from '../figures.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';

/** What do the players feel, and when? Hours are those of the game's time, in UTC. */
export class GetFelt extends FigureQuery {}

@QueryHandler(GetFelt)
export class GetFeltHandler implements IQueryHandler<GetFelt> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetFelt): Promise<Emotions | Rejection> {
    return figuresOf(this.parts, query, async (figures) => {
      const [hours, labels] = await Promise.all([figures.hoursOfEmotion(), figures.emotionLabels()]);
      const felt = sumOf(labels, (one) => one.felt);
      return { felt, hours, labels: labels.map((one) => ({ ...one, share: ratio(one.felt, felt) ?? 0 })) };
    });
  }
}
