import { columns } from '../cli/terminal/index.js';
import type { Recalling } from './recall.js';
import { type Delays, short } from './statistics.js';

export function recallTables({
  memories,
  players,
  much,
  many,
  embedding,
  nearestFound,
}: Recalling): string[] {
  const row = (name: string, { p50, p99, max }: Delays, target = '') => [
    ...[name, String(short(p50)), String(short(p99)), String(short(max)), target],
  ];
  const rows = [
    row('of 1000 memories, by facts', much.facts, `p99 under ${much.targetMs}`),
    row('of 1000 memories, by words', much.words, `p99 under ${much.targetMs}`),
    row(`of any of ${players} players with ${memories}, by facts`, many.facts, `p99 under ${many.targetMs}`),
    row(`of any of ${players} players with ${memories}, by words`, many.words, `p99 under ${many.targetMs}`),
    row('embedding the question', embedding),
    ['recall of the ten nearest', String(nearestFound), '', '', '1'],
  ];
  return columns(['recall, ms', 'p50', 'p99', 'max', 'target'], rows);
}
