/** Shorter ones are kept as they are: what is saved is little there, and rounding weighs more. */
const ROUNDED_FROM = 256;
const MOST = 32_767;
const SCALE_BYTES = Float32Array.BYTES_PER_ELEMENT;
const NUMBER_BYTES = Int16Array.BYTES_PER_ELEMENT;

/**
 * A vector as it is kept in Postgres: from 256 numbers on as whole numbers of 16 bits, behind what each is to be
 * multiplied by, a float of 32; shorter ones as floats of 32. Half as much is read for a player of whom nothing is in
 * memory, and up to 3,000 numbers fit a page of the table. Each number is off by at most a 65,534th of the greatest, so the
 * product with another vector of unit length by some millionths. All in the order of bytes of the machine.
 */
export function storedOf(vector: Float32Array): Buffer {
  if (vector.length < ROUNDED_FROM) return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  const bytes = new ArrayBuffer(SCALE_BYTES + vector.length * NUMBER_BYTES);
  // As it is rounded: by that they are multiplied again.
  const by = Math.fround(vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / MOST);
  new Float32Array(bytes, 0, 1)[0] = by;
  const numbers = new Int16Array(bytes, SCALE_BYTES);
  for (let at = 0; at < vector.length; at++)
    numbers[at] = Math.max(-MOST, Math.min(MOST, Math.round(vector[at]! / by)));
  return Buffer.from(bytes);
}

/**
 * Reads vectors of one dimension from base64, in either form; what it gives is the same piece of memory each time.
 * @throws Error when it is no vector of that dimension
 */
export function readerOfStored(dimension: number): (base64: string) => Float32Array {
  const rounded = SCALE_BYTES + dimension * NUMBER_BYTES;
  const whole = dimension * Float32Array.BYTES_PER_ELEMENT;
  // With some room over, in which one that is too long shows.
  const room = new ArrayBuffer(Math.max(rounded, whole) + SCALE_BYTES);
  const bytes = Buffer.from(room);
  const floats = new Float32Array(room, 0, dimension);
  const scale = new Float32Array(room, 0, 1);
  const numbers = new Int16Array(room, SCALE_BYTES, dimension);
  const vector = new Float32Array(dimension);
  return (base64) => {
    const length = bytes.write(base64, 'base64');
    if (length === whole) return floats;
    if (length !== rounded || dimension < ROUNDED_FROM)
      throw new Error(`what is kept is no vector of ${dimension} dimensions`);
    const by = scale[0]!;
    for (let at = 0; at < dimension; at++) vector[at] = numbers[at]! * by;
    return vector;
  };
}
