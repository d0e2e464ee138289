import type { Ask, PointPayload, VectorPoint } from './vectors.js';

const NAME = /^[a-z0-9_-]{1,60}$/;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MARK = /^\S{1,200}$/;
/** What a lone half of a character is to a database is anybody's guess: two ids could become one. */
const BROKEN = /\p{Surrogate}/u;
const LONGEST_TEXT = 500;
const MOST_DIMENSIONS = 65_536;
const MOST_HITS = 1_000;
/** Of the square of the length: what is lost by rounding to 32 bits is far below it. */
const UNIT_TOLERANCE = 1e-3;

/** @throws Error */
export function checkName(what: 'collection' | 'alias', name: string): void {
  if (!NAME.test(name))
    throw new Error(`the ${what} ${JSON.stringify(name)} is not of a-z, 0-9, _ and -, at most 60`);
}

/** @throws Error */
export function checkShape({ dimension, model }: { dimension: number; model: string }): void {
  if (!Number.isInteger(dimension) || dimension < 1 || dimension > MOST_DIMENSIONS)
    throw new Error(`${dimension} is not a dimension from 1 to ${MOST_DIMENSIONS}`);
  checkText('the model', model);
}

/** @throws Error */
export const checkPlayer = (playerId: string): void => checkText('the player id', playerId);

/** A UUID in the one form in which equal ids are equal texts. @throws Error */
export function plainId(id: string): string {
  if (!UUID.test(id)) throw new Error(`the id ${JSON.stringify(id)} is not a UUID`);
  return id.toLowerCase();
}

/** As they are to be stored, of two of the same id the later one. @throws Error naming the first that cannot be. */
export function plainPoints(points: readonly VectorPoint[]): VectorPoint[] {
  const plain = new Map<string, VectorPoint>();
  for (const point of points) {
    const id = plainId(point.id);
    checkPlayer(point.playerId);
    checkPayload(id, point.payload);
    checkVector(point.vector);
    checkDimension(points[0]!.vector.length, point.vector.length);
    plain.set(id + point.playerId, { ...point, id });
  }
  return [...plain.values()];
}

/** @throws Error */
export function checkAsk({ playerId, vector, limit, filter = {} }: Ask): void {
  checkPlayer(playerId);
  checkVector(vector);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_HITS)
    throw new Error(`the limit ${limit} is not a whole number from 1 to ${MOST_HITS}`);
  for (const name of ['from', 'to'] as const) {
    const time = filter[name];
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new Error(`${name} ${time} is not a time`);
  }
  if (Number.isNaN(filter.leastImportance)) throw new Error('leastImportance is not a number');
}

/** @throws Error that names both. */
export function checkDimension(wanted: number, given: number): void {
  if (given !== wanted) throw new Error(`a vector of ${given} dimensions is given where there are ${wanted}`);
}

/** @throws Error that names both. */
export function checkSame(
  name: string,
  is: { dimension: number; model: string },
  wanted: { dimension: number; model: string },
): void {
  for (const what of ['dimension', 'model'] as const) {
    if (is[what] !== wanted[what])
      throw new Error(`the collection ${name} is there with the ${what} ${is[what]}, not ${wanted[what]}`);
  }
}

function checkVector(vector: Float32Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  // Also false when one is not a number.
  if (!(Math.abs(square - 1) < UNIT_TOLERANCE))
    throw new Error(`a vector of length ${Math.sqrt(square)} is not of unit length`);
}

function checkPayload(id: string, { at, importance, mark, ...rest }: PointPayload): void {
  const time = new Date(at);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== at)
    throw new Error(`${at} of the point ${id} is not a time as toISOString writes it`);
  if (!(importance >= 0 && importance <= 1))
    throw new Error(`the importance ${importance} of the point ${id} is not from 0 to 1`);
  if (!MARK.test(mark))
    throw new Error(`the mark of the point ${id} is not 1 to 200 characters without blanks`);
  checkText(`the mark of the point ${id}`, mark);
  for (const name of ['kind', 'gameId', 'clientId', 'key'] as const) {
    const text = rest[name];
    const may = text === null && (name === 'gameId' || name === 'clientId');
    if (!may) checkText(`${name} of the point ${id}`, text as string);
  }
}

/** What it holds is not repeated: it may be of a person. */
function checkText(what: string, text: string): void {
  if (text.length === 0 || text.length > LONGEST_TEXT || text.includes('\0') || BROKEN.test(text))
    throw new Error(`${what} is not a text of 1 to ${LONGEST_TEXT} whole characters without NUL`);
}
