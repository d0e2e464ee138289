import { columns } from '../cli/terminal/index.js';
import { directions, type Ranks } from './embedding/ranks.js';
import type { EmbeddingFigures, Late } from './embeddings.js';
import { type Spread, short } from './statistics.js';

const range = ({ min, max }: Spread) => `${short(min)} to ${short(max)}`;
const number = (value: number) => String(short(value));
const ranks = ({ r1, r5, mrr }: Ranks) => [r1, r5, mrr].map((value) => value.toFixed(2)).join(' / ');

export function embeddingsTables(figures: EmbeddingFigures): string[] {
  const { pairs, found, firstMs, single, batch, cpu, late } = figures;
  const finding = found.map((kind) => [kind.name, ...directions.map((one) => ranks(kind.ranks[one]))]);
  const cost = (name: string, ms: Spread) => [name, number(ms.median), range(ms)];
  const lateness = (name: string, { p99, max }: Late) => [
    name,
    number(p99.median),
    number(max.median),
    range(max),
  ];
  return [
    ...columns([`${pairs} pairs: R@1 / R@5 / MRR`, ...directions], finding),
    '',
    ...columns(
      ['ms', 'median', 'rounds'],
      [
        cost('first vector', firstMs),
        cost('a text alone', single),
        cost('a text of 32 at once', batch),
        cost('processor time of a text alone', cpu.single),
        cost('processor time of a text of 32 at once', cpu.batch),
        cost('the same where texts differ in numbers alone', cpu.numbers),
      ],
    ),
    '',
    ...columns(
      ['the event loop late by, ms', 'p99', 'max', 'rounds'],
      [
        lateness('with nothing to do', late.idle),
        lateness('while the thread embeds', late.embedding),
        lateness('embedding in the same thread', late.inSameThread),
      ],
    ),
  ];
}
