import { builtInRules } from './built-in-rules.js';
import type { Rule } from './rules.js';
import { rulesWith } from './rules.js';
import { markOfSettings, settingsIn } from './settings.js';

type GameHistory = AsyncIterable<{ type: string; data: unknown }>;

/**
 * The rules by which an event was felt: the built-in ones, or those of the settings whose mark the event carries, out of
 * its game's history. `null`: that history does not have them.
 */
export async function rulesInForce(
  mark: string | undefined,
  history: GameHistory,
): Promise<readonly Rule[] | null> {
  if (mark === undefined) return builtInRules;
  for await (const { type, data } of history) {
    if (type !== 'GameCreated' && type !== 'GameConfigured') continue;
    const { config } = data as { config?: Record<string, unknown> };
    const settings = config && settingsIn(config);
    if (settings && markOfSettings(settings) === mark) return rulesWith(settings.rules ?? []);
  }
  return null;
}
