import { z } from 'zod';

/**
 * The wire: every frame between a game and the engine, both ways. This file is its one truth; both sides
 * import it. JSON text frames over WebSocket, one object each, at most 64 KiB.
 */

export const PROTOCOL = 1;
export const MAX_FRAME_BYTES = 64 * 1024;
export const MAX_EVENT_BYTES = 16 * 1024;
export const MAX_EVENTS_PER_FRAME = 500;

/** Close codes of the socket beyond the standard ones. */
export const closeCodes = {
  badFrames: 4400,
  unauthorized: 4401,
  tooLarge: 1009,
  restarting: 1012,
} as const;

export const errorCodes = [
  'bad_frame',
  'bad_event',
  'unknown_type',
  'too_large',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'quota_exceeded',
  'conflict',
  'not_found',
  'erased',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const builtInEventTypes = [
  'player.kill',
  'player.multi_kill',
  'player.death',
  'player.assist',
  'player.first_blood',
  'player.victory',
  'player.defeat',
  'player.achievement',
  'player.level_up',
  'player.objective',
  'player.damage_taken',
  'player.loot',
  'player.quest_completed',
  'player.save_loaded',
  'player.idle',
  'session.start',
  'session.end',
  'match.start',
  'match.end',
] as const;

const custom = /^custom\.[A-Za-z0-9_.-]{1,64}$/;
const known = new Set<string>(builtInEventTypes);
export type GameEventType = (typeof builtInEventTypes)[number] | `custom.${string}`;
export const isGameEventType = (type: string): type is GameEventType => known.has(type) || custom.test(type);

export const languageSchema = z.enum(['zh', 'en']);
/** A built-in persona, or a character of the game's own. */
export const personaSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'must be a short name of small letters');
export const builtInPersonaSchema = z.enum(['cheerful', 'cool', 'cute']);

const uuid = z.guid();
const count = z.int().min(0).max(1_000_000);
const label = z.string().max(200);

/** The fields of `data` the engine reads are typed; a game may add its own beside them. */
export const eventData = z.looseObject({
  killCount: count.optional(),
  deathCount: count.optional(),
  assistCount: count.optional(),
  mvp: z.boolean().optional(),
  weapon: label.optional(),
  hero: label.optional(),
  map: label.optional(),
  matchId: label.optional(),
  personalRecord: z.boolean().optional(),
  rarity: z.enum(['common', 'uncommon', 'rare', 'epic', 'legendary']).optional(),
  name: label.optional(),
  level: count.optional(),
  headshot: z.boolean().optional(),
  damage: z.number().optional(),
  score: z.number().optional(),
  enemyScore: z.number().optional(),
  rival: label.optional(),
  mode: label.optional(),
  savedAt: z.iso.datetime({ offset: true }).optional(),
  branch: label.optional(),
});

/** One thing that happened in a game. `at` is the game's own time; without it, the moment of arrival. */
export const gameEventSchema = z.object({
  type: z.string().max(80),
  at: z.iso.datetime({ offset: true }).optional(),
  data: eventData.optional(),
  context: z.record(z.string(), z.unknown()).optional(),
});
export type GameEventInput = z.infer<typeof gameEventSchema> & { type: GameEventType };

export const gameEventWithId = gameEventSchema.extend({ id: uuid });

/** W3C Trace Context of the frame's sender; what is no such thing counts nothing. */
const traceparent = z.string().max(128).optional();

export const clientFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocol: z.literal(PROTOCOL),
    token: z.string().max(4096).optional(),
    resume: z.string().max(64).optional(),
  }),
  z.object({ type: z.literal('game_event'), id: uuid, event: gameEventSchema, traceparent }),
  z.object({
    type: z.literal('game_events'),
    id: uuid,
    events: z.array(gameEventWithId).min(1).max(MAX_EVENTS_PER_FRAME),
    traceparent,
  }),
  z.object({
    type: z.literal('chat_message'),
    id: uuid,
    text: z.string().min(1).max(2000),
    lang: languageSchema.optional(),
    /** The answer is wanted as it grows, in `dialogue` frames. */
    stream: z.boolean().optional(),
    traceparent,
  }),
  z.object({
    type: z.literal('feedback'),
    id: uuid,
    actionId: uuid,
    reaction: z.enum(['like', 'dislike', 'mute']),
    felt: z.string().max(40).optional(),
    traceparent,
  }),
  z.object({ type: z.literal('ping') }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

export const emotionSchema = z.object({
  label: z.string(),
  intensity: z.number(),
  valence: z.number(),
  arousal: z.number(),
  dominance: z.number(),
  confidence: z.number(),
  source: z.enum(['rule', 'model', 'carried']),
  ruleId: z.string().optional(),
});

export const companionActionSchema = z.object({
  type: z.literal('companion_action'),
  actionId: z.string(),
  position: z.string(),
  playerId: z.string(),
  causedBy: z.string(),
  emotion: emotionSchema,
  action: z.string(),
  dialogue: z
    .object({
      text: z.string(),
      lang: languageSchema,
      source: z.enum(['template', 'llm', 'cache']),
      templateId: z.string().optional(),
    })
    .optional(),
  recalled: z.array(z.object({ memoryId: z.string(), score: z.number() })).optional(),
  /** Its line is being written: the same action comes again, with it, within some seconds; a look back may take a day. */
  lineFollows: z.literal(true).optional(),
  /** For games that want their companions to speak aloud. */
  speech: z
    .object({
      ssml: z.string(),
      visemes: z.array(z.object({ at: z.number(), viseme: z.string() })),
      durationMs: z.number(),
    })
    .optional(),
});
export type CompanionAction = z.infer<typeof companionActionSchema>;

/** A line that is being written, piece by piece; the action that carries the whole line follows. */
export const dialogueSchema = z.object({
  type: z.literal('dialogue'),
  actionId: z.string(),
  causedBy: z.string(),
  /** What is new of it. */
  delta: z.string().optional(),
  /** What came so far is not said after all. */
  retracted: z.literal(true).optional(),
});
export type DialogueFrame = z.infer<typeof dialogueSchema>;

export const serverFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    protocol: z.literal(PROTOCOL),
    playerId: z.string(),
    sessionId: z.string(),
    persona: personaSchema,
    lang: languageSchema,
    position: z.string(),
    heartbeatMs: z.number(),
  }),
  z.object({
    type: z.literal('ack'),
    id: z.string(),
    position: z.string(),
    duplicate: z.literal(true).optional(),
  }),
  z.object({
    type: z.literal('error'),
    id: z.string().optional(),
    code: z.enum(errorCodes),
    message: z.string(),
    retryAfterMs: z.number().optional(),
    field: z.string().optional(),
  }),
  companionActionSchema,
  dialogueSchema,
  z.object({ type: z.literal('pong') }),
]);
export type ServerFrame = z.infer<typeof serverFrame>;
export type ServerFrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
