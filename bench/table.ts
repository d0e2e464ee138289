import { columns } from '../cli/terminal/index.js';
import { edgeTables } from './edge-table.js';
import { embeddingsTables } from './embeddings-table.js';
import { emotionTables } from './emotion-table.js';
import type { IngestOfShape } from './ingest.js';
import type { DelaySpread, Latency } from './latency.js';
import type { Choosing } from './lines.js';
import { logTables } from './log-table.js';
import type { Results } from './parts.js';
import { projectionsTables } from './projections-table.js';
import type { Ready } from './ready.js';
import { recallTables } from './recall-table.js';
import type { Asked, RecentFigures } from './recent.js';
import { type Spread, short } from './statistics.js';
import type { Searches, Vectors } from './vectors.js';

/** The results for people: a few lines for each part that was run. */
export function tables({
  ingest,
  latency,
  ready,
  log,
  projections,
  emotion,
  lines,
  embeddings,
  recall,
  recent,
  vectors,
  edge,
}: Results): string {
  const parts = [
    ...(ingest ? [ingestTable(ingest)] : []),
    ...(latency ? [latencyTable(latency)] : []),
    ...(ready ? [readyTable(ready)] : []),
    ...(log ? [logTables(log)] : []),
    ...(projections ? [projectionsTables(projections)] : []),
    ...(emotion ? [emotionTables(emotion)] : []),
    ...(lines ? [linesTable(lines)] : []),
    ...(embeddings ? [embeddingsTables(embeddings)] : []),
    ...(recall ? [recallTables(recall)] : []),
    ...(recent ? [recentTable(recent)] : []),
    ...(vectors ? [vectorsTable(vectors)] : []),
    ...(edge ? [edgeTables(edge)] : []),
  ];
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

const range = ({ min, max }: Spread) => `${short(min)} to ${short(max)}`;
const number = (value: number) => String(short(value));

function ingestTable(results: IngestOfShape[]): string[] {
  const rows = results.flatMap(({ size, gateway, bare, ratio, ratios, target }) => [
    [`gateway, frames of ${size}`, number(gateway.median), range(gateway), ''],
    [`bare client, ${size} an append`, number(bare.median), range(bare), ''],
    ['  ratio', number(ratio), range(ratios), `at least ${target}`],
  ]);
  return columns(['acked events/s', 'median', 'rounds', 'target'], rows);
}

function latencyTable({ echo, append, stories, ratio, ratios, target, loadLate }: Latency): string[] {
  const row = (name: string, delays: DelaySpread) => [
    name,
    number(delays.p50.median),
    range(delays.p50),
    number(delays.p99.median),
    String(delays.count),
  ];
  const rows = [
    row('bare echo', echo),
    row('bare append', append),
    row('ack, events always answered', stories.answered.ack),
    row('action, events always answered', stories.answered.action!),
    row('ack, events of matches', stories.match.ack),
    ...(stories.match.action ? [row('action, events of matches', stories.match.action)] : []),
    row('how late the load was', loadLate),
    [`action / (echo + 2 appends), at most ${target}`, number(ratio), range(ratios), '', ''],
  ];
  return columns(['ms', 'p50', 'rounds', 'p99', 'count'], rows);
}

function readyTable({ empty, used }: Ready): string[] {
  const rows = [empty, used].map(({ events, ms, targetMs }) => [
    events === 0 ? 'an empty folder' : `a folder of ${events} events`,
    number(ms.median),
    range(ms),
    `at most ${targetMs}`,
  ]);
  return columns(['ready, ms', 'median', 'times', 'target'], rows);
}

function linesTable({ cells, calls, p50, p99, targetMs }: Choosing): string[] {
  const rows = [
    ['p50', number(p50.median), range(p50), ''],
    ['p99', number(p99.median), range(p99), `under ${targetMs}`],
  ];
  return columns([`chooseLine, ${cells} cells, ${calls} calls, ms`, 'median', 'rounds', 'target'], rows);
}

function recentTable({ push, last }: RecentFigures): string[] {
  const row = (name: string, asked: Asked | null) =>
    asked
      ? [name, number(asked.p50.median), range(asked.p50), number(asked.p99.median), range(asked.p99)]
      : [name, 'not there', '', '', ''];
  const rows = [
    row('push of an event, in the process', push.process),
    row('push of an event, Redis', push.redis),
    row('the last 100, in the process', last.process),
    row('the last 100, Redis', last.redis),
    row('the last 100, the embedded log', last.log),
  ];
  return columns(['ms', 'p50', 'rounds', 'p99', 'rounds'], rows);
}

function vectorsTable({ dimension, one, many, written }: Vectors): string[] {
  const row = (name: string, { p50, p99, count }: Searches, target = '') => [
    name,
    ...[number(p50.median), range(p50), number(p99.median), range(p99), String(count), target],
  ];
  const { points, players, writtenPerSecond } = many;
  const rows = [
    row(`a player of ${one.points} points`, one, `p99 under ${one.targetMs}`),
    row('  after one more was written', written),
    row(`any of ${players} players, ${points} points`, many, `p99 under ${many.targetMs}`),
  ];
  const head = [`search of ${dimension} dimensions, ms`, 'p50', 'rounds', 'p99', 'rounds', 'count', 'target'];
  return [...columns(head, rows), `${writtenPerSecond} points/s written`];
}
