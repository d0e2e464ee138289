import { rulesInForce } from '../../domain/emotion/in-force.js';
import type { Rule } from '../../domain/emotion/rules.js';
import type { FeltView, RuleView } from '../answers/why.js';
import type { LoggedEvent } from '../parts.js';
import type { FoundAct } from './found.js';

/** What was felt: by its `source` a rule decided, or a model (`model`, and `features`: a hash of what it was shown). */
export async function feltView(
  { acted, cause }: FoundAct,
  gameHistory: () => AsyncIterable<LoggedEvent>,
): Promise<FeltView> {
  const { emotion } = acted.data;
  if (emotion.ruleId === undefined) return emotion;
  const mark = cause?.type === 'GameEventRecorded' ? cause.data.settings : undefined;
  const rules = await rulesInForce(mark, gameHistory());
  const found = rules?.find(({ id }) => id === emotion.ruleId);
  return found ? { ...emotion, rule: ruleView(found, mark) } : emotion;
}

const ruleView = ({ id, on, when, feel, intensity, confidence, because }: Rule, mark?: string): RuleView => ({
  id,
  because,
  on,
  ...(when && { when }),
  feel,
  intensity,
  confidence,
  ...(mark !== undefined && { settings: mark }),
});
