import { z } from 'zod';
import { emotionLabels } from '../../domain/emotion/emotion.js';
import { id, time } from '../../gateway/openapi/parts.js';
import { answerOf } from '../../gateway/openapi/same.js';
import type { ActiveDay, Cohort } from '../../projections/activity.js';
import type { CostTally, PlayerCost, PlayerDays } from '../../projections/cost-figures.js';
import type { LinesSaid, TemplateSaid } from '../../projections/dialogue-figures.js';
import type { EmotionHour, FeltTally } from '../../projections/emotion-hours.js';
import type { Forecast } from '../../projections/forecast.js';
import { day, share } from './list.js';

const count = z.int().min(0);
/** `null`: of nothing. */
const shareOf = share.nullable();
/** The days (UTC, both inclusive) that an answer is about. */
const days = z.object({ from: day, to: day });
export type Days = z.infer<typeof days>;

const retention = z.object({ d1: shareOf, d7: shareOf, d30: shareOf });
const label = z.enum(emotionLabels);

export const overview = days.extend({
  players: count.describe('who played in these days, each once'),
  sessions: count.describe('that began in these days'),
  events: count.describe('of games'),
  actions: count.describe('what companions did, with a line or without'),
  spoken: count.describe('actions with a line'),
  dau: z.number().describe('players who played on a day, averaged over all days of the range'),
  retention: retention.describe(
    'shares of the players new in these days who came back; null: it cannot be known yet',
  ),
  topEmotions: z.array(z.object({ label, felt: count, share })).describe('the five felt most often'),
  quota: z
    .object({ limit: z.number().optional(), used: count })
    .describe('events in this month of all the client’s games, and how many the client may send'),
});
export type Overview = z.infer<typeof overview>;

const tally = answerOf<FeltTally>()(
  z.object({ felt: count, intensity: share, valence: z.number().min(-1).max(1) }),
);
const hour = answerOf<EmotionHour>()(tally.extend({ hour: time, labels: z.partialRecord(label, count) }));
export const emotions = days.extend({
  felt: count.describe('events that were felt'),
  hours: z.array(hour).describe('in which anything was felt'),
  labels: z.array(tally.extend({ label, share })).describe('the emotion felt most often first'),
});
export type Emotions = z.infer<typeof emotions>;

const active = answerOf<ActiveDay>()(
  z.object({ day, active: count, new: count.describe('who had never played before'), events: count }),
);
const cohort = answerOf<Cohort>()(
  z
    .object({ cohort: day, size: count, d1: count.nullable(), d7: count.nullable(), d30: count.nullable() })
    .describe('who first played on a day, and how many played so many days later; null: not over'),
);
export const engagement = days.extend({
  days: z.array(active.extend({ sessions: count, minutes: z.number() })).describe('every day of the range'),
  retention: z.array(cohort),
});
export type Engagement = z.infer<typeof engagement>;

const lineTally = answerOf<LinesSaid['all']>()(
  z.object({ said: count, repeats: count, likes: count, dislikes: count, mutes: count }),
);
const template = answerOf<TemplateSaid>()(
  lineTally.extend({ templateId: id, persona: z.string(), lang: z.string(), occasion: z.string() }),
);
export const dialogue = days.extend({
  total: count.describe('lines that were said'),
  silent: count.describe('actions without a line'),
  repetition: shareOf.describe('of the lines that the player had heard within the last twenty'),
  share: z
    .object({ template: shareOf, llm: shareOf, cache: shareOf })
    .describe('of the lines by where they came from'),
  failures: z
    .array(z.object({ reason: z.string(), lines: count }))
    .describe('lines that were asked for and not written, by why'),
  feedback: z
    .object({ likes: count, dislikes: count, mutes: count })
    .describe('on how many lines each was the player’s last reaction'),
  bySource: z.array(lineTally.extend({ source: z.string() })),
  byPersona: z.array(lineTally.extend({ persona: z.string() })),
  byLang: z.array(lineTally.extend({ lang: z.string() })),
  templates: z.array(template).describe('the fifty said most'),
});
export type DialogueFigures = z.infer<typeof dialogue>;

const usd = z.number().describe('US dollars');
const cost = answerOf<CostTally>()(
  z.object({
    lines: count,
    calls: count,
    inputTokens: count.describe('that no cache knew'),
    cacheWriteTokens: count,
    cacheReadTokens: count,
    outputTokens: count,
    usd,
  }),
);
const costly = answerOf<PlayerCost>()(z.object({ playerId: id, lines: count, calls: count, usd }));
const playerDays = answerOf<PlayerDays>()(
  z.object({ count, meanUsd: usd.nullable(), p99Usd: usd.nullable() }),
);
const forecast = answerOf<Forecast>()(
  z.object({
    month: z.string().describe('YYYY-MM'),
    spentUsd: usd,
    perDayUsd: usd.nullable().describe('what each of the days left is taken to cost; null: nothing to go by'),
    daysLeft: count,
    usd,
  }),
);
export const costs = days.extend({
  lines: count.describe('that were said'),
  usd,
  perLine: usd.nullable(),
  days: z.array(cost.extend({ day })).describe('every day of the range'),
  bySource: z.array(cost.extend({ source: z.string() })),
  byGame: z.array(cost.extend({ gameId: id })),
  byScene: z.array(cost.extend({ scene: z.string() })),
  byModel: z.array(cost.extend({ model: z.string() })),
  players: z.array(costly).describe('the fifty whose lines cost most'),
  playerDays,
  forecast: forecast.describe('of the month that is now, whatever the range'),
});
export type Cost = z.infer<typeof costs>;
