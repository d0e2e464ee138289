import { Controller, Delete, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { type Asked, Front } from './front.js';
import { DiscardRebuild, RebuildProjection, RetryParked, SkipParked } from './operator/projections.js';
import { GetParked } from './queries/parked.js';
import { GetProjections } from './queries/projections.js';
import { namedListTerms, nothing, parkedEventTerms, projectionTerms } from './terms.js';

@Controller('projections')
export class ProjectionsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Get()
  projections(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, () => new GetProjections());
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  rebuild(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      projectionTerms,
      (caller, { name }) => new RebuildProjection(caller, name),
    );
  }

  @Delete(':name/rebuild')
  discard(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      projectionTerms,
      (caller, { name }) => new DiscardRebuild(caller, name),
    );
  }

  @Get(':name/parked')
  parked(@Req() asked: Asked) {
    return this.front.answer(asked, namedListTerms, (caller, terms) => new GetParked(caller, terms));
  }

  @Post(':name/parked/retry')
  @HttpCode(202)
  retryAll(@Req() asked: Asked) {
    return this.front.carryOut(asked, projectionTerms, (caller, { name }) => new RetryParked(caller, name));
  }

  @Post(':name/parked/:position/retry')
  @HttpCode(202)
  retry(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      parkedEventTerms,
      (caller, { name, position }) => new RetryParked(caller, name, position),
    );
  }

  @Post(':name/parked/:position/skip')
  @HttpCode(202)
  skip(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      parkedEventTerms,
      (caller, { name, position }) => new SkipParked(caller, name, position),
    );
  }
}
