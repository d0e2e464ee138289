import { z } from 'zod';
import { DEFAULT_MODEL, type ModelId, modelIds } from './prices.js';

/** For whom a game is: what a companion may say in it. */
export const ageRatings = ['everyone', 'teen', 'mature'] as const;
export type AgeRating = (typeof ageRatings)[number];

/** What a game says of its companions' voices, in its `config.voice`. */
export type VoiceSettings = {
  /** Whether lines may be written by a model at all. */
  llm: boolean;
  /** `null`: the engine's. */
  model: ModelId | null;
  /** What all its players' lines may cost in a day (UTC), in US dollars. */
  gameDayUsd: number;
  /** What one player's lines may cost in a day. */
  playerDayUsd: number;
  ageRating: AgeRating;
  /** Actions carry what a voice needs to speak them. */
  tts: boolean;
  /** A look back is written at the end of each session. */
  recap: boolean;
};

const usd = z.number().min(0).max(100_000);

/** @source the game's own configuration, as it was sent. */
const schema = z.strictObject({
  llm: z.boolean().default(true),
  model: z.enum(modelIds).nullable().default(null),
  gameDayUsd: usd.default(5),
  playerDayUsd: usd.default(0.02),
  ageRating: z.enum(ageRatings).default('everyone'),
  tts: z.boolean().default(false),
  recap: z.boolean().default(false),
});

export const defaultVoice: VoiceSettings = schema.parse({});

/** What is wrong with a game's settings of voice; nothing when it says none, or all is well. */
export function voiceProblem(
  config: Readonly<Record<string, unknown>>,
): { field: string; message: string } | null {
  const parsed = schema.safeParse(config.voice ?? {});
  if (parsed.success) return null;
  const issue = parsed.error.issues[0]!;
  return { field: ['config', 'voice', ...issue.path].join('.'), message: issue.message };
}

/** Those of a configuration that was accepted. */
export function voiceIn(config: Readonly<Record<string, unknown>>): VoiceSettings {
  const parsed = schema.safeParse(config.voice ?? {});
  return parsed.success ? parsed.data : defaultVoice;
}

export const modelFor = (voice: VoiceSettings, engine: ModelId = DEFAULT_MODEL): ModelId =>
  voice.model ?? engine;
