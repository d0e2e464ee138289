import { Controller, Get, Inject, Req } from '@nestjs/common';
import { type Asked, Front } from './front.js';
import { GetCost } from './queries/analytics-cost.js';
import { GetDialogue } from './queries/analytics-dialogue.js';
import { GetFelt } from './queries/analytics-emotions.js';
import { GetEngagement } from './queries/analytics-engagement.js';
import { GetOverview } from './queries/analytics-overview.js';
import { figureTerms } from './terms.js';

@Controller('analytics')
export class AnalyticsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get('overview')
  overview(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetOverview(caller, terms));
  }

  @Get('emotions')
  emotions(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetFelt(caller, terms));
  }

  @Get('engagement')
  engagement(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetEngagement(caller, terms));
  }

  @Get('dialogue')
  dialogue(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetDialogue(caller, terms));
  }

  @Get('cost')
  cost(@Req() asked: Asked) {
    return this.front.answer(asked, figureTerms, (caller, terms) => new GetCost(caller, terms));
  }
}
