import { formatPosition } from '../../domain/kernel/position.js';
import { isNotMade } from '../../projections/database.js';
import type { FrameView, Why } from '../answers/why.js';
import { type Opening, openedWith, openingFor } from '../opening.js';
import type { LoggedEvent, QuestionParts } from '../parts.js';
import type { PlayerRecords } from '../records/player.js';
import { feltView } from './felt.js';
import { type FoundAct, findAct } from './found.js';
import { lineView } from './line.js';
import { memoriesView } from './memories.js';

export type WhyParts = Pick<QuestionParts, 'openSealed'>;
export type WhyTerms = {
  actionId: string;
  /** Whether what a person wrote, and is called, is opened. */
  open: boolean;
};

/** Out of the log, so also when the month is in the archive; `null` when this player's companion never did so. */
export async function whyOf(
  parts: WhyParts,
  player: PlayerRecords,
  { actionId, open }: WhyTerms,
): Promise<Why | null> {
  const place = await placeOf(player, actionId);
  const found = await findAct(player.history, { actionId, revision: place?.revision });
  if (!found) return null;
  const opening = openingFor(parts, player.row, open);
  const { id, gameId } = player.row;
  const [line, memories, emotion, frame] = await Promise.all([
    lineView(found, { opening, gameHistory: player.gameHistory }),
    memoriesView({ memoriesOf: player.memories, openedOf: openedWith(parts, open), playerId: id }, found),
    feltView(found, player.gameHistory),
    frameView(found, opening),
  ]);
  const { action, occasion, at } = found.acted.data;
  const { cause } = found;
  return {
    actionId,
    playerId: id,
    gameId,
    action,
    occasion,
    at,
    ...placed(found.acted),
    line,
    memories,
    emotion,
    answers: cause ? [{ id: cause.id, type: cause.type, position: placed(cause).position }] : [],
    frame,
  };
}

/** The read model may be away for good: the log alone is enough. */
const placeOf = (player: PlayerRecords, actionId: string) =>
  player.placeOfAction(actionId).catch((error) => {
    if (isNotMade(error)) return null;
    throw error;
  });

const placed = ({ position, revision, metadata }: Omit<LoggedEvent, 'type' | 'data'>) => ({
  recordedAt: metadata.recordedAt,
  position: formatPosition(position ?? 0, revision),
});

async function frameView({ cause, moderated }: FoundAct, opening: Opening): Promise<FrameView | null> {
  if (!cause) return null;
  const { id, metadata } = cause;
  const about = { ...placed(cause), correlationId: metadata.$correlationId };
  if (cause.type === 'GameEventRecorded') {
    const { type, at, data, context } = cause.data;
    return { id, type, at, ...about, data, context };
  }
  const { at, text, lang, tone } = cause.data;
  return {
    id,
    type: 'chat_message',
    at,
    ...about,
    ...(await opening.opened(text)),
    ...(lang && { lang }),
    ...(tone && { tone }),
    ...(moderated && { moderated: { kind: moderated.data.kind, answer: moderated.data.answer } }),
  };
}
