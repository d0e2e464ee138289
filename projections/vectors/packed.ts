import type { Ask, Hit, PointPayload, VectorFilter } from './vectors.js';

/** The points of one player, side by side: what is searched is one piece of memory. */
export type Packed = {
  dimension: number;
  rows: { id: string; at: number; payload: PointPayload }[];
  places: Map<string, number>;
  /** Of the row at place n from n × dimension on; with room to grow. */
  vectors: Float32Array;
};

/** What a row weighs beside its vector: measured at some 500 bytes. */
const ROW_BYTES = 512;

export const emptyPacked = (dimension: number): Packed => ({
  dimension,
  rows: [],
  places: new Map(),
  vectors: new Float32Array(0),
});

export const bytesOf = ({ vectors, rows }: Packed): number => vectors.byteLength + rows.length * ROW_BYTES;

/** Room for so many more rows, so that reading them in copies nothing twice. */
export function makeRoom(packed: Packed, more: number): void {
  const needed = (packed.rows.length + more) * packed.dimension;
  if (needed <= packed.vectors.length) return;
  const isFirst = packed.rows.length === 0;
  const grown = new Float32Array(
    isFirst ? needed : Math.max(needed, Math.ceil(packed.vectors.length * 1.25)),
  );
  grown.set(packed.vectors);
  packed.vectors = grown;
}

/** Replaces a point of the same id. `vector`: its bytes, as they are in memory. Room must have been made. */
export function put(packed: Packed, point: { id: string; payload: PointPayload }, vector: Uint8Array): void {
  const { dimension, places, rows } = packed;
  const place = places.get(point.id) ?? rows.length;
  places.set(point.id, place);
  rows[place] = { ...point, at: Date.parse(point.payload.at) };
  const width = dimension * Float32Array.BYTES_PER_ELEMENT;
  new Uint8Array(packed.vectors.buffer, place * width, width).set(vector);
}

/** The nearest, best first, exactly; equal ones by id. */
export function nearest(packed: Packed, { vector, limit, filter }: Omit<Ask, 'playerId'>): Hit[] {
  const passes = testOf(filter);
  const question = questionOf(vector);
  const scores = new Float64Array(packed.rows.length);
  let passed = 0;
  for (let place = 0; place < scores.length; place++) {
    const isAsked = passes === null || passes(packed.rows[place]!);
    scores[place] = isAsked ? dot(packed, place, question) : Number.NEGATIVE_INFINITY;
    if (isAsked) passed++;
  }
  const least = passed > limit ? scores.toSorted()[scores.length - limit]! : -Number.MAX_VALUE;
  const best: { score: number; row: Packed['rows'][0] }[] = [];
  for (let place = 0; place < scores.length; place++)
    if (scores[place]! >= least) best.push({ score: scores[place]!, row: packed.rows[place]! });
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

/** A vector in fours, those that are zero left out: a few words have nothing in most of what n-grams are hashed to. */
type Question = { fours: Int32Array; rest: number; values: Float32Array };

function questionOf(values: Float32Array): Question {
  const rest = values.length - (values.length % 4);
  const fours: number[] = [];
  for (let at = 0; at < rest; at += 4)
    if (values[at] || values[at + 1] || values[at + 2] || values[at + 3]) fours.push(at);
  return { fours: Int32Array.from(fours), rest, values };
}

/** Four sums at a time: each multiplication need not wait for the one before. */
function dot({ vectors, dimension }: Packed, place: number, { fours, rest, values }: Question): number {
  const from = place * dimension;
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let nth = 0; nth < fours.length; nth++) {
    const at = fours[nth]!;
    a += vectors[from + at]! * values[at]!;
    b += vectors[from + at + 1]! * values[at + 1]!;
    c += vectors[from + at + 2]! * values[at + 2]!;
    d += vectors[from + at + 3]! * values[at + 3]!;
  }
  for (let at = rest; at < dimension; at++) a += vectors[from + at]! * values[at]!;
  return a + b + c + d;
}
