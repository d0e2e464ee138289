import { dotsWith } from './dots.js';
import type { Ask, Hit, PointPayload, VectorFilter } from './vectors.js';

/** The points of one player, side by side: what is searched is one piece of memory. */
export type Packed = {
  dimension: number;
  rows: { id: string; at: number; payload: PointPayload }[];
  places: Map<string, number>;
  /** Numbers from the beginning of one vector to that of the next: whole fours, what is over being zero. */
  stride: number;
  /** Of the row at place n from n × stride on; with room to grow. */
  vectors: Float32Array;
};

/** What a row weighs beside its vector: measured at some 500 bytes. */
const ROW_BYTES = 512;

export const emptyPacked = (dimension: number): Packed => ({
  dimension,
  stride: 4 * Math.ceil(dimension / 4),
  rows: [],
  places: new Map(),
  vectors: new Float32Array(0),
});

export const bytesOf = ({ vectors, rows }: Packed): number => vectors.byteLength + rows.length * ROW_BYTES;

/** Room for so many more rows, so that reading them in copies nothing twice. */
export function makeRoom(packed: Packed, more: number): void {
  const needed = (packed.rows.length + more) * packed.stride;
  if (needed <= packed.vectors.length) return;
  const isFirst = packed.rows.length === 0;
  const grown = new Float32Array(
    isFirst ? needed : Math.max(needed, Math.ceil(packed.vectors.length * 1.25)),
  );
  grown.set(packed.vectors);
  packed.vectors = grown;
}

/** Replaces a point of the same id. Room must have been made. */
export function put(
  packed: Packed,
  point: { id: string; payload: PointPayload },
  vector: Float32Array,
): void {
  const { stride, places, rows, vectors } = packed;
  const place = places.get(point.id) ?? rows.length;
  places.set(point.id, place);
  rows[place] = { ...point, at: Date.parse(point.payload.at) };
  vectors.set(vector, place * stride);
}

/** The nearest, best first, exactly; equal ones by id. */
export function nearest(packed: Packed, { vector, limit, filter }: Omit<Ask, 'playerId'>): Hit[] {
  const passes = testOf(filter);
  const { rows, stride, vectors } = packed;
  const scores = dotsWith(vector, { vectors, stride, count: rows.length });
  let passed = 0;
  for (let place = 0; place < scores.length; place++) {
    if (passes === null || passes(rows[place]!)) passed++;
    else scores[place] = Number.NEGATIVE_INFINITY;
  }
  const least = passed > limit ? scores.toSorted()[scores.length - limit]! : -Number.MAX_VALUE;
  const best: { score: number; row: Packed['rows'][0] }[] = [];
  for (let place = 0; place < scores.length; place++)
    if (scores[place]! >= least) best.push({ score: scores[place]!, row: rows[place]! });
  best.sort((one, other) => other.score - one.score || (one.row.id < other.row.id ? -1 : 1));
  return best.slice(0, limit).map(({ score, row: { id, payload } }) => {
    // Rounding may carry the product of two unit vectors past one.
    return { id, score: Math.max(-1, Math.min(1, score)), payload: { ...payload } };
  });
}

/** `null`: all are asked for. */
function testOf(filter?: VectorFilter): ((row: Packed['rows'][0]) => boolean) | null {
  if (filter === undefined) return null;
  const { from, to, leastImportance, kinds } = filter;
  const first = from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const last = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  const least = leastImportance ?? Number.NEGATIVE_INFINITY;
  const wanted = kinds && new Set(kinds);
  return ({ at, payload }) =>
    at >= first &&
    at <= last &&
    payload.importance >= least &&
    (wanted === undefined || wanted.has(payload.kind));
}
