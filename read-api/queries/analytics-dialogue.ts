import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import { linesFailed, linesSaid, silentActions, templatesSaid } from '../../projections/dialogue-figures.js';
import type { DialogueFigures } from '../answers/analytics.js';
import { FigureQuery, figuresOf, ratio } from '../figures.js';
import { READ_PARTS, type ReadApiParts } from '../parts.js';

/** What do the companions say, and how is it liked? Days are those of the game's time. */
export class GetDialogue extends FigureQuery {}

const TEMPLATES = 50;

@QueryHandler(GetDialogue)
export class GetDialogueHandler implements IQueryHandler<GetDialogue> {
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  execute(query: GetDialogue): Promise<DialogueFigures | Rejection> {
    const { pool } = this.parts;
    return figuresOf(this.parts, query, async (scope) => {
      const [said, silent, failures, templates] = await Promise.all([
        linesSaid(pool, scope),
        silentActions(pool, scope),
        linesFailed(pool, scope),
        templatesSaid(pool, scope, TEMPLATES),
      ]);
      const { all, ...by } = said;
      const { likes, dislikes, mutes } = all;
      const share = (of: string) =>
        ratio(by.bySource.find(({ source }) => source === of)?.said ?? 0, all.said);
      return {
        total: all.said,
        silent,
        repetition: ratio(all.repeats, all.said),
        share: { template: share('template'), llm: share('llm'), cache: share('cache') },
        failures,
        feedback: { likes, dislikes, mutes },
        ...by,
        templates,
      };
    });
  }
}
