import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { ProjectionStatus } from '../../projections/status.js';
import { type QuestionParts, READ_PARTS, type ReactorStatus } from '../parts.js';

/** How far are the read models, and what reacts to the log? */
export class GetProjections {
  readonly reads: readonly string[] = [];
}

@QueryHandler(GetProjections)
export class GetProjectionsHandler implements IQueryHandler<GetProjections> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  async execute(): Promise<{ items: ProjectionStatus[]; reactors: ReactorStatus[] }> {
    const [items, reactors] = await Promise.all([this.parts.projections.status(), this.parts.reactors()]);
    return { items, reactors };
  }
}
