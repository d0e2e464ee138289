import { Controller, Get, Inject, Req } from '@nestjs/common';
import { type Asked, Front } from './front.js';
import { GetInsight, GetInsights } from './queries/insights.js';
import { namedListTerms, nothing } from './terms.js';

@Controller('insights')
export class InsightsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get()
  insights(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, (caller) => new GetInsights(caller));
  }

  @Get(':name')
  insight(@Req() asked: Asked) {
    return this.front.answer(asked, namedListTerms, (caller, terms) => new GetInsight(caller, terms));
  }
}
