import { z } from 'zod';
import { emotionLabels } from '../../domain/emotion/emotion.js';
import { chatMessageReceived } from '../../domain/events/stored/chat-message-received.js';
import { storedUsage } from '../../domain/events/stored/parts.js';
import { emotion, id, position, recalledUse, time } from '../../gateway/openapi/parts.js';
import { dialogue, opened } from './players.js';

const template = z
  .object({
    id,
    text: z.string().optional(),
    on: z.string().optional(),
    feels: z.array(z.string()).readonly().optional(),
    of: z.string().optional().describe('whose it is: `library`, or a character of the game'),
  })
  .describe('the line that was said, as people wrote it; of what is `coming`, the one if none comes');
export type TemplateView = z.infer<typeof template>;

const usd = z.number().describe('US dollars');
const byModel = z.object({
  promptHash: z.string().optional(),
  model: z.string().optional(),
  tokens: z.object(storedUsage.shape).optional(),
  usd: usd.optional(),
  reservedUsd: usd.optional(),
  latencyMs: z.number().optional(),
  batch: z.boolean().optional(),
});
export type ByModel = z.infer<typeof byModel>;

const asked = z.object({
  scene: z.string(),
  persona: z.string(),
  character: z.string().optional(),
  because: z.string().optional(),
});
export type AskedView = z.infer<typeof asked>;

const line = z.object({
  status: z
    .enum(['template', 'written', 'failed', 'coming'])
    .describe('`template`: said as people wrote it; `coming`: asked for, and not there yet'),
  dialogue: dialogue.optional(),
  template: template.optional(),
  asked: asked.optional(),
  byModel: byModel.optional(),
  reason: z.string().optional().describe('why no line was written'),
  tone: z.string().optional(),
});
export type LineView = z.infer<typeof line>;

const condition = z
  .tuple([z.string(), z.string(), z.union([z.number(), z.boolean(), z.string()])])
  .readonly()
  .describe('a fact, `at least`, `less than` or `is`, and a value');
const rule = z
  .object({
    id,
    because: z.string(),
    on: z.string(),
    when: z.array(condition).readonly().optional(),
    feel: z.enum(emotionLabels),
    intensity: z.number(),
    confidence: z.number(),
    settings: z.string().optional().describe('the mark of the game’s settings that it is of'),
  })
  .describe('as it stood then; absent when neither the engine nor the game has it any more');
export type RuleView = z.infer<typeof rule>;

const felt = emotion.extend({ rule: rule.optional() });
export type FeltView = z.infer<typeof felt>;

const received = z.object({
  id,
  type: z.string().describe('that of the game’s event, or `chat_message`'),
  at: time,
  recordedAt: time,
  position,
  correlationId: z.string(),
});
const played = received.extend({
  data: z.record(z.string(), z.unknown()),
  context: z.record(z.string(), z.unknown()),
});
const wrote = received.extend({
  lang: z.string().optional(),
  tone: chatMessageReceived.shape.shape.tone,
  moderated: z.object({ kind: z.string(), answer: z.string() }).optional(),
});
const frame = z.union([played, z.intersection(wrote, opened)]);
export type FrameView = z.infer<typeof frame>;

const memory = recalledUse.extend({
  sentence: z.string().optional().describe('absent: it is forgotten, or cannot be had'),
});
export type MemoryView = z.infer<typeof memory>;

/** From what was said down to what was received: why a companion did what it did. */
export const why = z.object({
  actionId: id,
  playerId: id,
  gameId: id,
  action: z.string(),
  occasion: z.string(),
  at: time,
  recordedAt: time,
  position,
  line: line.nullable().describe('null: it was a gesture alone'),
  memories: z.array(memory),
  emotion: felt,
  answers: z.array(z.object({ id, type: z.string(), position })).describe('the events that it answers'),
  frame: frame.nullable().describe('as it was received; null: the log does not have it any more'),
});
export type Why = z.infer<typeof why>;
