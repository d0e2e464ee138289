import type { Emotion } from '../domain/emotion/emotion.js';
import { type Feeling, feel, initialFeeling } from '../domain/emotion/feel.js';
import { type RuleChange, rulesWith, ruleTable } from '../domain/emotion/rules.js';
import type { GameEvent } from '../domain/events/game-event.js';
import type { PlayerEvent } from './types.js';

/** What a player is felt to feel, before the engine has answered. */
export type LocalEmotion = Emotion & {
  /** The engine names it the same. Where no rule speaks it may ask a model, and call it something else. */
  sure: boolean;
};

export type LocalFeeling = {
  /** What this event makes the player feel: the engine's own rules, at once. */
  felt(event: PlayerEvent, id?: string): LocalEmotion;
  /** To go on from, plain JSON: over a page reload. */
  readonly feeling: Feeling;
};

export type LocalOptions = {
  /** The game's own rules: its `config.emotion.rules`. */
  rules?: readonly RuleChange[];
  /** Where an earlier one ended. */
  feeling?: Feeling;
};

/**
 * Feels with the player in the game itself, by the same rules as the engine: told the same events, it calls each the
 * same, as strong, as pleasant and as much in control. How stirred the player is, the engine may know better.
 */
export function localFeeling({ rules, feeling: from = initialFeeling }: LocalOptions = {}): LocalFeeling {
  const deciders = { rules: ruleTable(rulesWith(rules ?? [])) };
  let feeling = from;
  let told = 0;
  return {
    felt({ type, at, data = {}, context = {} }, id = `local-${told}`) {
      told++;
      const time = new Date(at ?? Date.now()).toISOString();
      const event = { id, type, at: time, data, context } as GameEvent;
      const { emotion, feeling: after } = feel(event, feeling, deciders);
      feeling = after;
      return { ...emotion, sure: emotion.source === 'rule' };
    },
    get feeling() {
      return feeling;
    },
  };
}
