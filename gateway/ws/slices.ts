/** Bytes written without waiting: some of it always lies in the system's buffers, so that waiting costs little. */
const SLICE_BYTES = 64 * 1024;
/** Who has not taken a slice by then reads nothing; what takes it that long could not follow what happens either. */
const TAKEN_WITHIN_MS = 15_000;

/** Writes a text; `taken` is called when it has left, or never will. */
export type Write = (text: string, taken?: () => void) => void;

/**
 * For what was missed, which may be of any size: what it returns, where it returns something, resolves when the slice
 * that ends with this text has been taken. A client that does not take it in time is dropped, by `drop`.
 */
export function inSlices(
  drop: () => void,
  write: Write,
  takenWithinMs = TAKEN_WITHIN_MS,
): (text: string) => Promise<void> | undefined {
  let bytes = 0;
  return (text) => {
    bytes += Buffer.byteLength(text);
    if (bytes < SLICE_BYTES) return void write(text);
    bytes = 0;
    return new Promise((resolve) => {
      const timer = setTimeout(drop, takenWithinMs);
      write(text, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  };
}
