import { z } from 'zod';
import { emotionLabels, gestures } from '../emotion/emotion.js';
import { languages, personas } from '../kernel/language.js';

/**
 * Every event the log can hold, with the shape of its data. Stored shapes only grow: a field may be
 * added as optional, none is ever renamed, retyped or removed.
 */

/** Text of a person, encrypted with that person's key before it reaches the log. */
export const sealedText = z.string().startsWith('sealed:').brand<'Sealed'>();
export type Sealed = z.infer<typeof sealedText>;

const persona = z.enum(personas);
const lang = z.enum(languages);
const jsonObject = z.record(z.string(), z.unknown());

export const storedEmotion = z.object({
  label: z.enum(emotionLabels),
  intensity: z.number(),
  valence: z.number(),
  arousal: z.number(),
  dominance: z.number(),
  confidence: z.number(),
  source: z.enum(['rule', 'model', 'carried']),
  ruleId: z.string().optional(),
});

export const logEvents = {
  ClientRegistered: z.object({
    name: sealedText,
    email: sealedText,
    /** scrypt, in the form `scrypt:N:r:p:salt:hash`. */
    password: z.string(),
    tier: z.enum(['free', 'standard', 'pro']),
  }),
  ApiKeyIssued: z.object({ keyId: z.string(), sha256: z.string() }),
  ApiKeyRevoked: z.object({ keyId: z.string() }),

  GameCreated: z.object({ clientId: z.string(), name: z.string(), config: jsonObject }),
  GameConfigured: z.object({ name: z.string().optional(), config: jsonObject.optional() }),
  GameDeleted: z.object({}),

  PlayerRegistered: z.object({
    clientId: z.string(),
    gameId: z.string(),
    externalId: sealedText,
    displayName: sealedText.optional(),
    persona,
    lang,
  }),
  PersonaChosen: z.object({
    persona: persona.optional(),
    lang: lang.optional(),
    displayName: sealedText.optional(),
  }),
  GameEventRecorded: z.object({
    type: z.string(),
    at: z.string(),
    data: jsonObject,
    context: jsonObject,
  }),
  ChatMessageReceived: z.object({ text: sealedText, at: z.string(), lang: lang.optional() }),
  CompanionActed: z.object({
    actionId: z.string(),
    causedBy: z.string(),
    /** The game time of the cause. */
    at: z.string(),
    emotion: storedEmotion,
    action: z.enum(gestures),
    occasion: z.string(),
    dialogue: z
      .object({
        text: z.string(),
        lang,
        source: z.enum(['template', 'llm', 'cache']),
        templateId: z.string().optional(),
      })
      .optional(),
  }),
  FeedbackGiven: z.object({
    actionId: z.string(),
    reaction: z.enum(['like', 'dislike', 'mute']),
    felt: z.string().optional(),
  }),
} as const;

export type LogEventType = keyof typeof logEvents;
export type LogEventData<T extends LogEventType> = z.infer<(typeof logEvents)[T]>;

/** An event of the domain: its type and data. Ids, positions and metadata are the log's affair. */
export type LogEvent = { [T in LogEventType]: { type: T; data: LogEventData<T> } }[LogEventType];
export type LogEventOf<T extends LogEventType> = Extract<LogEvent, { type: T }>;

export const isLogEventType = (type: string): type is LogEventType => Object.hasOwn(logEvents, type);
