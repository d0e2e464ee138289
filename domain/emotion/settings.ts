import { z } from 'zod';
import { isGameEventType } from '../events/game-event.js';
import { hash64 } from '../kernel/hash64.js';
import { type WeighingSaid, weighingSaid } from '../memory/settings.js';
import { emotionLabels } from './emotion.js';
import { problemsOf } from './rule-check.js';
import { type NumberFact, type OtherFact, type RuleChange, rulesWith } from './rules.js';

/** What a game says of feeling, in its `config.emotion`, and of what weighs how much in memory. */
export type FeelingSettings = {
  /** Its own rules above the built-in ones, or in place of them. */
  rules?: readonly RuleChange[];
  /** The version of the model that is asked where no rule is sure; `none` asks none. */
  model?: string;
  /** Of its `config.memory`: what is felt and what is kept is decided by one mark. */
  memory?: WeighingSaid;
};

const numberFacts: Record<NumberFact, true> = {
  killCount: true,
  damage: true,
  scoreGap: true,
  deathsInRow: true,
  killsInRow: true,
  defeatsInRow: true,
  victoriesInRow: true,
  killsInMatch: true,
  deathsInMatch: true,
  sessionMinutes: true,
};
const otherFacts: Record<OtherFact, true> = {
  mvp: true,
  personalRecord: true,
  headshot: true,
  rarity: true,
  firstTime: true,
};
const keysOf = <K extends string>(of: Record<K, true>) => Object.keys(of) as [K, ...K[]];

const condition = z.union(
  [
    z.tuple([z.enum(keysOf(numberFacts)), z.enum(['at least', 'less than']), z.number()]),
    z.tuple([z.enum(keysOf(otherFacts)), z.literal('is'), z.union([z.boolean(), z.string().max(16)])]),
  ],
  {
    error: () =>
      `must be [fact, 'at least' or 'less than', number] of ${Object.keys(numberFacts).join(', ')}, or [fact, 'is', value] of ${Object.keys(otherFacts).join(', ')}`,
  },
);
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be a short name of small letters');
const part = z.number().min(-1).max(1);

const rule = z.strictObject({
  id,
  on: z.string().refine(isGameEventType, 'must be a type of event, or custom.<name>'),
  when: z.array(condition).max(8).optional(),
  feel: z.enum(emotionLabels),
  intensity: z.number().gt(0).max(1),
  confidence: z.number().min(0).max(1),
  vad: z.tuple([part, part, part]),
  because: z.string().min(1).max(200),
});

/** @source the game's own configuration, as it was sent. */
export const feelingSettings = z.strictObject({
  rules: z
    .array(z.union([rule, z.strictObject({ id, off: z.literal(true) })]))
    .max(200)
    .optional(),
  model: z
    .string()
    .regex(/^[a-z0-9.-]{1,64}$/)
    .optional(),
});

export type SettingsProblem = { field: string; message: string };

/** What is wrong with a game's settings of feeling; nothing when it says none, or all is well. */
export function settingsProblem(config: Readonly<Record<string, unknown>>): SettingsProblem | null {
  if (config.emotion === undefined) return null;
  const parsed = feelingSettings.safeParse(config.emotion);
  if (!parsed.success) {
    const issue = innermost(parsed.error.issues[0]!);
    return { field: ['config', 'emotion', ...issue.path].join('.'), message: issue.message };
  }
  const [message] = problemsOf(rulesWith(settingsIn(config)!.rules ?? []), ownOf(parsed.data));
  return message === undefined ? null : { field: 'config.emotion.rules', message };
}

const ownOf = ({ rules = [] }: z.infer<typeof feelingSettings>) => new Set(rules.map((change) => change.id));

/** Of what is neither of two, what is wrong with the one that it is most like. */
function innermost(
  issue: z.core.$ZodIssue,
  above: PropertyKey[] = [],
): { path: PropertyKey[]; message: string } {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0 || !issue.message.startsWith('Invalid'))
    return { path, message: issue.message };
  const deepest = issue.errors.flat().sort((one, other) => other.path.length - one.path.length);
  return innermost(deepest[0] ?? issue.errors[0]![0]!, path);
}

/** Those of a configuration that was accepted; `null`: it says nothing of it. */
export function settingsIn(config: Readonly<Record<string, unknown>>): FeelingSettings | null {
  const parsed = feelingSettings.safeParse(config.emotion);
  const feeling = parsed.success ? (parsed.data as FeelingSettings) : null;
  const memory = weighingSaid(config);
  return memory ? { ...feeling, memory } : feeling;
}

/** Names these very settings, whoever has them. */
export const markOfSettings = (settings: FeelingSettings): string => hash64(JSON.stringify(settings));
