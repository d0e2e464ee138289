import { type Language, type Persona, personas } from '../../domain/kernel/language.js';
import { LEAST_PLAIN } from '../../domain/voice/lines/check.js';
import { linesFor } from '../../domain/voice/lines/index.js';
import { columns } from '../terminal/index.js';
import { type Cell, type Coverage, isThin, type Use } from './coverage.js';

/** For people: what came about and how much can be said of it, then what was said too often, and never. */
export function coverageTable({ lang, events, players, cells, uses }: Coverage): string[] {
  const thin = cells.filter(isThin);
  const common = cells.filter(({ seen }) => seen > 0);
  return [
    `${lang}: ${events} events of ${players} players`,
    '',
    ...cellTable(common),
    '',
    thin.length === 0
      ? `every one of ${cells.length} cells, seen or not, has ${LEAST_PLAIN} lines and more`
      : `under ${LEAST_PLAIN} lines:`,
    ...(thin.length > 0 ? cellTable(thin) : []),
    '',
    ...useTable(uses),
    ...uses.flatMap((use) => [...overused(use), ...unused(lang, use)]),
  ];
}

const cellTable = (cells: readonly Cell[]) =>
  columns(
    ['occasion', 'emotion', 'seen', ...personas],
    cells.map(({ occasion, emotion, seen, eligible }) => [
      occasion,
      emotion,
      String(seen),
      ...personas.map((persona: Persona) => String(eligible[persona])),
    ]),
  );

const useTable = (uses: readonly Use[]) =>
  columns(
    ['persona', 'spoken', 'heard before', 'lines', 'never said', 'overused'],
    uses.map(({ persona, spoken, again, lines, unused, overused }) => [
      persona,
      String(spoken),
      `${spoken === 0 ? 0 : Math.round((100 * again) / spoken)} %`,
      String(lines),
      String(unused.length),
      String(overused.length),
    ]),
  );

const overused = ({ overused }: Use) =>
  overused.map(({ id, spoken, usual }) => `overused: ${id}, ${spoken} times, where others have ${usual}`);

/** Their numbers, an occasion a line. */
function unused(lang: Language, { persona, unused }: Use): string[] {
  const byCell = new Map<string, string[]>();
  for (const id of unused) {
    const [, , occasion, nr] = id.split('.') as [string, string, string, string];
    byCell.set(occasion, [...(byCell.get(occasion) ?? []), nr]);
  }
  return [...byCell].map(([occasion, nrs]) => {
    const all = linesFor(lang, persona).filter(({ on }) => on === occasion).length;
    const which = nrs.length === all ? 'at all: it never came to a line' : nrs.join(' ');
    return `never said: ${lang}.${persona}.${occasion} ${which}`;
  });
}
