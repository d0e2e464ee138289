import { Controller, Get, Inject, Req } from '@nestjs/common';
import { studios } from '../gateway/openapi/operation.js';
import { costs, dialogue, emotions, engagement, overview } from './answers/analytics.js';
import { type Asked, Front } from './front.js';
import { GetCost } from './queries/analytics-cost.js';
import { GetDialogue } from './queries/analytics-dialogue.js';
import { GetFelt } from './queries/analytics-emotions.js';
import { GetEngagement } from './queries/analytics-engagement.js';
import { GetOverview } from './queries/analytics-overview.js';
import { Question } from './question.js';
import { figureTerms } from './terms.js';

@Controller('analytics')
export class AnalyticsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Question({
    summary: 'How is it going?',
    callers: studios,
    terms: figureTerms,
    answer: overview,
    errors: ['not_found'],
  })
  @Get('overview')
  overview(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetOverview(caller, terms));
  }

  @Question({
    summary: 'What do the players feel, and when?',
    callers: studios,
    terms: figureTerms,
    answer: emotions,
    errors: ['not_found'],
  })
  @Get('emotions')
  emotions(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetFelt(caller, terms));
  }

  @Question({
    summary: 'How many play, how long, and do they come back?',
    callers: studios,
    terms: figureTerms,
    answer: engagement,
    errors: ['not_found'],
  })
  @Get('engagement')
  engagement(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetEngagement(caller, terms));
  }

  @Question({
    summary: 'What do the companions say, and how is it liked?',
    callers: studios,
    terms: figureTerms,
    answer: dialogue,
    errors: ['not_found'],
  })
  @Get('dialogue')
  dialogue(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetDialogue(caller, terms));
  }

  @Question({
    summary: 'What did the companions’ lines cost?',
    callers: studios,
    terms: figureTerms,
    answer: costs,
    errors: ['not_found'],
  })
  @Get('cost')
  cost(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetCost(caller, terms));
  }
}
