import { z } from 'zod';
import { patterns } from '../../domain/emotion/findings.js';
import { languages } from '../../domain/kernel/language.js';
import { emotion, id, position, recalledUse, time } from '../../gateway/openapi/parts.js';
import { answerOf } from '../../gateway/openapi/same.js';
import type { FeltItem, FindingItem } from '../../projections/emotions.js';
import type { TimelineItem } from '../../projections/game-events.js';
import { listOf, pageOf } from './list.js';

export const player = z
  .object({
    id,
    gameId: id,
    clientId: id,
    externalId: z
      .string()
      .optional()
      .describe(
        'the game’s own name for the person; absent for the operator, and when the person was erased',
      ),
    displayName: z.string().optional(),
    persona: z.string(),
    lang: z.string(),
  })
  .meta({ id: 'Player' });
export type PlayerView = z.infer<typeof player>;
export const playersPage = pageOf(player);

export const timeline = pageOf(
  answerOf<TimelineItem>()(
    z
      .object({
        id,
        type: z.string(),
        at: time,
        recordedAt: time,
        position,
        data: z.unknown(),
        context: z.unknown(),
      })
      .meta({ id: 'TimelineItem' }),
  ),
);

const feltItem = answerOf<FeltItem>()(
  emotion.extend({ eventId: id, at: time, position }).meta({ id: 'FeltItem' }),
);
export const emotionsPage = pageOf(feltItem);
/** Before the first event: how everybody feels to begin with, without an event. */
export const feeling = z.union([feltItem, emotion.extend({ at: time })]);
export type FeelingView = z.infer<typeof feeling>;

export const findings = listOf(
  answerOf<FindingItem>()(
    z.object({ pattern: z.enum(patterns), from: time, until: time.nullable().describe('null: it goes on') }),
  ),
);

/** A person's text; without it, why: whoever asks may not have it opened, or the key that opened it is gone. */
export const opened = z.union([
  z.object({ text: z.string() }),
  z.object({ sealed: z.literal(true) }),
  z.object({ erased: z.literal(true) }),
]);
export type Opened = z.infer<typeof opened>;

/** A line as it is answered. */
export const dialogue = z
  .intersection(
    z.object({ lang: z.enum(languages), source: z.string(), templateId: z.string().optional() }),
    opened,
  )
  .meta({ id: 'Dialogue' });
export type Dialogue = z.infer<typeof dialogue>;

/** The fields of the pushed frame, with its times. */
export const actions = pageOf(
  z
    .object({
      id,
      actionId: id,
      playerId: id,
      causedBy: id,
      at: time,
      recordedAt: time,
      position,
      emotion,
      action: z.string(),
      occasion: z.string(),
      dialogue: dialogue.optional(),
      recalled: z.array(recalledUse).optional().describe('the memories that the line was given'),
      lineFollows: z.literal(true).optional().describe('a line was asked for, and is still being written'),
    })
    .meta({ id: 'Action' }),
);

/** Of a line that was said. */
export const sound = z.string().meta({ wire: { type: 'string', format: 'binary' } });
