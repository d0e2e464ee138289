import type { Difference, Sample, TableComparison } from '../../projections/rebuild/compare.js';
import type { Rebuilt } from '../../projections/rebuild/rebuild.js';
import { columns } from '../terminal/index.js';

/** What a rebuild came to, for people: a line a read model, then what differs, then what became of it. */
export function reportOf(
  rebuilt: readonly Rebuilt[],
  { dryRun, seconds }: { dryRun: boolean; seconds: number },
): string[] {
  const rows = rebuilt.map((one) => [
    one.name,
    one.before && one.before.version !== one.version
      ? `${one.before.version} → ${one.version}`
      : String(one.version),
    String(one.events),
    String(one.comparison?.tables.reduce((sum, { next }) => sum + next.rows, 0) ?? ''),
    verdictOf(one),
  ]);
  return [
    ...columns(['read model', 'version', 'events', 'rows', 'beside what is read'], rows),
    ...rebuilt.flatMap(differencesOf),
    '',
    `${dryRun ? 'nothing was switched: run it without --dry-run, and it goes on from here' : 'all are read from now on; what was read before is kept until agl rebuild --all --drop-old'} (${seconds.toFixed(1)} s)`,
  ];
}

function verdictOf({ comparison, before }: Rebuilt): string {
  if (comparison === null) return 'there was nothing before';
  if (comparison.equal)
    return before?.sameCode === false ? 'the same rows, by other code or models' : 'the same rows';
  return before?.sameCode === false
    ? 'other rows, by other code or models'
    : 'OTHER ROWS BY THE SAME CODE AND MODELS';
}

const differencesOf = ({ name, comparison }: Rebuilt): string[] =>
  (comparison?.tables ?? []).flatMap((table) => tableLines(name, table));

function tableLines(name: string, { table, live, next, difference }: TableComparison): string[] {
  if (difference === null) {
    if (live.digest === next.digest) return [];
    return ['', `${name}, ${table}: ${live.rows} rows → ${next.rows}`];
  }
  return [
    '',
    `${name}, ${table}: ${counted(difference)}`,
    ...difference.samples.map((sample) => `  ${sampleLine(sample)}`),
  ];
}

function counted({ changed, gone, added, columns: byColumn }: Difference): string {
  const inColumns = Object.entries(byColumn).map(([column, count]) => `${column} ${count}`);
  const parts = [
    changed > 0 && `${changed} changed (${inColumns.join(', ')})`,
    gone > 0 && `${gone} gone`,
    added > 0 && `${added} new`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function sampleLine({ key, was, is }: Sample): string {
  const place = Object.values(key)
    .map((part) => (part instanceof Date ? part.toISOString() : String(part)))
    .join(' ');
  if (was === undefined) return `${place}: new`;
  if (is === undefined) return `${place}: gone`;
  const changes = Object.keys(was).map((column) => `${column} ${short(was[column])} → ${short(is[column])}`);
  return `${place}: ${changes.join(', ')}`;
}

const SHORT = 60;

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
}
