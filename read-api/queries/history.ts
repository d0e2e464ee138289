import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection } from '../../domain/kernel/rejection.js';
import type { ActionItem } from '../../projections/companion-actions.js';
import type { FeltItem } from '../../projections/emotions.js';
import type { TimelineItem } from '../../projections/game-events.js';
import type { Page } from '../../projections/page.js';
import { dialogueOf, mayOpen, type Opening, openingFor, type StoredDialogue } from '../opening.js';
import { type QuestionParts, READ_PARTS } from '../parts.js';
import { reachPlayer } from '../reach.js';
import type { PlayerRecords, Which } from '../records/player.js';
import type { HistoryTerms } from '../terms.js';

class HistoryQuery {
  constructor(
    readonly caller: Caller,
    readonly terms: HistoryTerms,
  ) {}
}

/** What happened to this player? */
export class GetTimeline extends HistoryQuery {
  readonly reads = ['players', 'game_events'];
}

@QueryHandler(GetTimeline)
export class GetTimelineHandler implements IQueryHandler<GetTimeline> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetTimeline): Promise<Page<TimelineItem> | Rejection> {
    return historyOf(this.parts, query, (player, which) => player.timeline(which));
  }
}

/** What did this player feel? */
export class GetEmotions extends HistoryQuery {
  readonly reads = ['players', 'emotions'];
}

@QueryHandler(GetEmotions)
export class GetEmotionsHandler implements IQueryHandler<GetEmotions> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetEmotions): Promise<Page<FeltItem> | Rejection> {
    return historyOf(this.parts, query, (player, which) => player.emotions(which));
  }
}

/** What did this player's companion do? */
export class GetActions extends HistoryQuery {
  readonly reads = ['players', 'companion_actions', 'lines'];
}

@QueryHandler(GetActions)
export class GetActionsHandler implements IQueryHandler<GetActions> {
  constructor(@Inject(READ_PARTS) private readonly parts: QuestionParts) {}

  execute(query: GetActions): Promise<Page<ActionItem> | Rejection> {
    return historyOf(this.parts, query, async (player, which) => {
      const page = await player.actions(which);
      const opening = openingFor(this.parts, player.row, mayOpen(query.caller));
      return { ...page, items: await Promise.all(page.items.map((item) => said(opening, item))) };
    });
  }
}

const said = async (opening: Opening, item: ActionItem): Promise<ActionItem> =>
  item.dialogue === undefined
    ? item
    : { ...item, dialogue: await dialogueOf(opening, item.dialogue as StoredDialogue) };

async function historyOf<T>(
  parts: QuestionParts,
  { caller, terms }: HistoryQuery,
  read: (player: PlayerRecords, which: Which) => Promise<Page<T>>,
): Promise<Page<T> | Rejection> {
  const player = await reachPlayer(parts, caller, terms.id);
  if (player instanceof Rejection) return player;
  // In UTC with milliseconds, earlier times are smaller texts.
  const upTo = [terms.at, terms.to].filter((time) => time !== undefined).sort()[0];
  const which = {
    limit: terms.limit,
    ...(terms.from && { from: terms.from }),
    ...(upTo && { upTo }),
  };
  return read(player, which);
}
