import { Controller, Get, Inject, Req } from '@nestjs/common';
import { type Asked, Front } from './front.js';
import { GetProjections } from './queries/projections.js';
import { nothing } from './terms.js';

@Controller('projections')
export class ProjectionsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get()
  projections(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, () => new GetProjections());
  }
}
