import { builtInRules } from './built-in-rules.js';
import type { EmotionLabel } from './emotion.js';
import type { Moment } from './moment.js';

/**
 * What a player feels when something happens. Read from the top: the first row that fits decides, so the
 * special stands above the general. `vad` is the feeling at full strength (valence, arousal, dominance, each
 * -1 to 1); `intensity` says how much of it this moment brings before the last five minutes have their say.
 */
export type Rule = {
  id: string;
  /** The type of event, a game's own as well. */
  on: string;
  /** Every condition must hold: `[fact, 'at least' | 'less than' | 'is', value]`. */
  when?: readonly Condition[];
  feel: EmotionLabel;
  intensity: number;
  /** From 0.85 on the rule decides; below that a model is asked, where there is one. */
  confidence: number;
  vad: readonly [number, number, number];
  because: string;
};

export type NumberFact = {
  [F in keyof Moment]: Moment[F] extends number | undefined ? F : never;
}[keyof Moment];
export type OtherFact = Exclude<keyof Moment, NumberFact>;

export type Condition =
  | readonly [fact: NumberFact, is: 'at least' | 'less than', value: number]
  | readonly [fact: OtherFact, is: 'is', value: boolean | string];

/** The rule that fits a moment. */
export type RuleTable = (type: string, moment: Moment) => Rule | undefined;

export function ruleTable(rows: readonly Rule[]): RuleTable {
  const byType = new Map<string, Rule[]>();
  for (const rule of rows) {
    const same = byType.get(rule.on);
    if (same) same.push(rule);
    else byType.set(rule.on, [rule]);
  }
  return (type, moment) => byType.get(type)?.find((rule) => fits(rule, moment));
}

const fits = ({ when }: Rule, moment: Moment): boolean =>
  when?.every((condition) => holds(condition, moment)) ?? true;

export function holds([fact, is, value]: Condition, moment: Moment): boolean {
  const actual = moment[fact];
  if (is === 'is') return actual === value;
  if (typeof actual !== 'number') return false;
  return is === 'at least' ? actual >= (value as number) : actual < (value as number);
}

/** A game's own row; one with the id of a built-in row takes its place, or takes it `off`. */
export type RuleChange = Rule | { id: string; off: true };

/**
 * The rows as a game wants them: its own above the built-in ones, in their order; one that takes the place of a
 * built-in row stands where that stood.
 */
export function rulesWith(changes: readonly RuleChange[]): Rule[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  const known = new Set(builtInRules.map(({ id }) => id));
  const added = changes.filter((change): change is Rule => !known.has(change.id) && !('off' in change));
  const standing = builtInRules.flatMap((rule) => {
    const change = byId.get(rule.id);
    if (change === undefined) return [rule];
    return 'off' in change ? [] : [change];
  });
  return [...added, ...standing];
}
