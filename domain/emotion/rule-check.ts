import type { Condition, Rule } from './rules.js';

/**
 * What no designer of rules wants: rows that say nothing, hide each other, or contradict each other. A line for each
 * problem that one of `own` takes part in; of all when not given.
 */
export function problemsOf(rows: readonly Rule[], own?: ReadonlySet<string>): string[] {
  const isMine = (...rules: Rule[]) => own === undefined || rules.some(({ id }) => own.has(id));
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const [at, rule] of rows.entries()) {
    if (seen.has(rule.id)) problems.push(`${rule.id}: there are two of that name`);
    seen.add(rule.id);
    const never = impossible(rule.when ?? []);
    if (never && isMine(rule)) problems.push(`${rule.id} can never hold: ${never}`);
    const above = rows.slice(0, at).find((other) => other.on === rule.on && hides(other, rule));
    if (above && !never && isMine(above, rule)) problems.push(hiddenBy(above, rule));
  }
  return problems;
}

function hiddenBy(above: Rule, rule: Rule): string {
  if (hides(rule, above) && Math.sign(above.vad[0]) !== Math.sign(rule.vad[0]))
    return `${above.id} and ${rule.id} contradict each other: for the same they feel ${above.feel} and ${rule.feel}`;
  return `${rule.id} is never reached: ${above.id} stands above it and holds whenever it would`;
}

/** Whether the upper holds whenever the lower does: each of its conditions follows from one of the lower's. */
const hides = (upper: Rule, lower: Rule): boolean =>
  (upper.when ?? []).every((wanted) => (lower.when ?? []).some((given) => follows(wanted, given)));

function follows([fact, is, value]: Condition, [givenFact, givenIs, given]: Condition): boolean {
  if (fact !== givenFact || is !== givenIs) return false;
  if (is === 'at least') return Number(given) >= value;
  return is === 'less than' ? Number(given) <= value : given === value;
}

function impossible(when: readonly Condition[]): string | null {
  for (const [at, one] of when.entries()) {
    const other = when.slice(at + 1).find((later) => excludes(one, later));
    if (other) return `${one.join(' ')} and ${other.join(' ')}`;
  }
  return null;
}

function excludes([fact, is, value]: Condition, [otherFact, otherIs, other]: Condition): boolean {
  if (fact !== otherFact) return false;
  if (is === 'is') return value !== other;
  if (is === otherIs) return false;
  return is === 'at least' ? value >= Number(other) : value <= Number(other);
}
