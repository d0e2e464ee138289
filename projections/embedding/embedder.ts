/** Texts to unit vectors. */
export type Embedder = {
  /** Names what makes the vectors: other name, other vectors, never mixed. E.g. `built-in-2`, `openai/text-embedding-3-small`. */
  readonly model: string;
  /** How long a vector is; asked once of a server that has to be asked. @throws EmbedderUnavailable */
  dimension(): Promise<number>;
  /**
   * In order, each of length 1; of the same text the same, but for 1e-5 of a number. `signal` ends the wait, by its reason.
   * @throws EmbedderUnavailable (worth a retry), EmbedderRefused (some of these texts never will have any)
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
};

/** No vectors now: worth a retry. Neither a text nor a key is in the message. */
export class EmbedderUnavailable extends Error {
  override readonly name = 'EmbedderUnavailable';
  constructor(
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** Of some of the texts there never will be vectors; all others can be asked for without them. */
export class EmbedderRefused extends Error {
  override readonly name = 'EmbedderRefused';
  constructor(
    /** Their places among the texts asked for, from 0, ascending. */
    readonly which: readonly number[],
    readonly why: string,
  ) {
    super(`${which.length === 1 ? 'text' : 'texts'} ${which.join(', ')}: ${why}`);
  }
}

/** Nothing but space has no meaning to be near to. @throws EmbedderRefused */
export function checkTexts(texts: readonly string[]): void {
  const empty = texts.flatMap((text, at) => (text.trim() === '' ? [at] : []));
  if (empty.length > 0) throw new EmbedderRefused(empty, 'empty');
}

/** Of length 1, or `null` where it cannot be: not finite, or all zero. */
export function unit(vector: ArrayLike<number>): Float32Array | null {
  let largest = 0;
  for (let at = 0; at < vector.length; at++) largest = Math.max(largest, Math.abs(vector[at]!));
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return null;
  let squares = 0;
  for (let at = 0; at < vector.length; at++) squares += (vector[at]! / largest) ** 2;
  const length = Math.sqrt(squares);
  return Float32Array.from(vector, (value) => value / largest / length);
}
