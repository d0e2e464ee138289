import { Controller, Delete, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Operation, operator, whoIsKnown } from '../gateway/openapi/operation.js';
import { discarded, parkedPage, projectionList, rebuildAsked, retried, skipped } from './answers/operator.js';
import { type Asked, Front } from './front.js';
import { DiscardRebuild, RebuildProjection, RetryParked, SkipParked } from './operator/projections.js';
import { GetParked } from './queries/parked.js';
import { GetProjections } from './queries/projections.js';
import { Question } from './question.js';
import { namedListTerms, nothing, parkedEventTerms, projectionTerms } from './terms.js';

@Controller('projections')
export class ProjectionsController {
  constructor(@Inject(Front) private readonly front: Front) {}

  @Question({
    summary: 'How far are the read models, and what reacts to the log?',
    callers: whoIsKnown,
    terms: nothing,
    answer: projectionList,
  })
  @Get()
  projections(@Req() asked: Asked) {
    return this.front.answer(asked, nothing, () => new GetProjections());
  }

  @Operation({
    summary: 'Has a read model built anew, beside the one that is read',
    callers: operator,
    params: [projectionTerms],
    answer: rebuildAsked,
    errors: ['not_found'],
  })
  @Post(':name/rebuild')
  @HttpCode(202)
  rebuild(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      projectionTerms,
      (caller, { name }) => new RebuildProjection(caller, name),
    );
  }

  @Operation({
    summary: 'Gives up what was begun of a read model',
    callers: operator,
    params: [projectionTerms],
    answer: discarded,
    errors: ['not_found', 'conflict'],
  })
  @Delete(':name/rebuild')
  discard(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      projectionTerms,
      (caller, { name }) => new DiscardRebuild(caller, name),
    );
  }

  @Question({
    summary: 'What has this read model put aside, and why?',
    callers: operator,
    terms: namedListTerms,
    answer: parkedPage,
    errors: ['not_found'],
  })
  @Get(':name/parked')
  parked(@Req() asked: Asked) {
    return this.front.answer(asked, namedListTerms, (caller, terms) => new GetParked(caller, terms));
  }

  @Operation({
    summary: 'Has all that is put aside taken once more',
    callers: operator,
    params: [projectionTerms],
    answer: retried,
    errors: ['not_found'],
  })
  @Post(':name/parked/retry')
  @HttpCode(202)
  retryAll(@Req() asked: Asked) {
    return this.front.carryOut(asked, projectionTerms, (caller, { name }) => new RetryParked(caller, name));
  }

  @Operation({
    summary: 'Has one event that is put aside taken once more',
    callers: operator,
    params: [parkedEventTerms],
    answer: retried,
    errors: ['not_found'],
  })
  @Post(':name/parked/:position/retry')
  @HttpCode(202)
  retry(@Req() asked: Asked) {
    return this.front.carryOut(
      asked,
      parkedEventTerms,
      (caller, { name, position }) => new RetryParked(caller, name, position),
    );
  }

  @Operation({
    summary: 'Passes an event over for good',
    callers: operator,
    params: [parkedEventTerms],
    answer: skipped,
    errors: ['not_found'],
  })
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
