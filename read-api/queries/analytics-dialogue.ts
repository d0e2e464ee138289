import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Rejection } from '../../domain/kernel/rejection.js';
import {
  type LinesSaid,
  linesFailed,
  linesSaid,
  silentActions,
  type TemplateSaid,
  templatesSaid,
} from '../../projections/dialogue-figures.js';
import { type Days, FigureQuery, figuresOf, ratio } from '../figures.js';
import { READ_PARTS, type ReadApiParts } from '../parts.js';

/** What do the companions say, and how is it liked? Days are those of the game's time. */
export class GetDialogue extends FigureQuery {}

export type Dialogue = Days & {
  /** Lines that were said. */
  total: number;
  /** Actions without a line. */
  silent: number;
  /** Share (0 to 1) of the lines that the player had heard within the last twenty; `null` when nothing was said. */
  repetition: number | null;
  /** Shares (0 to 1) of the lines by where they came from; `null` when nothing was said. */
  share: { template: number | null; llm: number | null; cache: number | null };
  /** Lines that were asked for and not written, by why; templates stood in. */
  failures: { reason: string; lines: number }[];
  /** On how many lines each was the player's last reaction. */
  feedback: { likes: number; dislikes: number; mutes: number };
  /** The same for a part of the lines, what was said most first. */
  bySource: LinesSaid['bySource'];
  byPersona: LinesSaid['byPersona'];
  byLang: LinesSaid['byLang'];
  /** The fifty said most. */
  templates: TemplateSaid[];
};

const TEMPLATES = 50;

@QueryHandler(GetDialogue)
export class GetDialogueHandler implements IQueryHandler<GetDialogue> {
  constructor(@Inject(READ_PARTS) private readonly parts: ReadApiParts) {}

  execute(query: GetDialogue): Promise<Dialogue | Rejection> {
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
