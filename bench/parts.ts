import type { PartName } from './arguments.js';
import { edge } from './edge.js';
import { embeddings } from './embeddings.js';
import { emotion } from './emotion.js';
import { ingest } from './ingest.js';
import { latency } from './latency.js';
import { lines } from './lines.js';
import { log } from './log.js';
import { projections } from './projections.js';
import { ready } from './ready.js';
import { recall } from './recall.js';
import { recent } from './recent.js';
import type { Tidy } from './tidy.js';
import { vectors } from './vectors.js';

/** What a part works with. */
export type Bench = {
  seconds: number;
  rounds: number;
  /** Where somebody wants other than what a part does by itself. */
  events: number | null;
  /** Of the vectors in `vectors`. */
  dimension: number;
  tidy: Tidy;
  /** How far it is, for a person who waits. */
  say: (line: string) => void;
};

/** Every part of the bench, in the order in which they run. */
export const parts = {
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
} satisfies Record<PartName, unknown>;

export type Results = { [Name in PartName]?: Awaited<ReturnType<(typeof parts)[Name]>> };
