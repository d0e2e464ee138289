import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import type { DialogueFigures } from '../answers/analytics.js';
import { FigureQuery, figuresOf, ratio } from '../figures.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';

/** What do the companions say, and how is it liked? Days are those of the game's time. */
export class GetDialogue extends FigureQuery {}

const TEMPLATES = 50;

@QueryHandler(GetDialogue)
export class GetDialogueHandler implements IQueryHandler<GetDialogue> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetDialogue): Promise<DialogueFigures | Rejection> {
    return figuresOf(this.parts, query, async (figures) => {
      const [said, silent, failures, templates] = await Promise.all([
        figures.linesSaid(),
        figures.silentActions(),
        figures.linesFailed(),
        figures.templatesSaid(TEMPLATES),
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
