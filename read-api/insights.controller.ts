import { Controller, Get, Inject, Req } from '@nestjs/common';
import { studios } from '../gateway/openapi/operation.js';
import { insightAnswer, insightList } from './answers/operator.js';
import { type Asked, Front } from './front.js';
import { GetInsight, GetInsights } from './queries/insights.js';
import { Question } from './question.js';
import { namedListTerms, nothing } from './terms.js';

@Controller('insights')
export class InsightsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Question({
    summary: 'Which questions of analysts go on being answered?',
    callers: studios,
    terms: nothing,
    answer: insightList,
  })
  @Get()
  insights(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, (caller) => new GetInsights(caller));
  }

  @Question({
    summary: 'How is this one answered?',
    callers: studios,
    terms: namedListTerms,
    answer: insightAnswer,
    errors: ['not_found'],
  })
  @Get(':name')
  insight(@Req() asked: Asked) {
    return this.front.answer(asked, namedListTerms, (caller, terms) => new GetInsight(caller, terms));
  }
}
