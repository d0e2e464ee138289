/** `dots.wat`, assembled; that it is so is tested. */
export const ASSEMBLED =
  'AGFzbQEAAAABCQFgBX9/f39/AAIPAQZtZW1vcnkDYWxsAgABAwIBAAcIAQRkb3RzAAAK9wEB9AEDAX8CewF/IAFBYHEhCAJAA0Ag' +
  'A0UNAUEAIQX9DAAAAAAAAAAAAAAAAAAAAAAhBv0MAAAAAAAAAAAAAAAAAAAAACEHAkADQCAFIAhPDQEgBiAAIAVq/QAEACACIAVq' +
  '/QAEAP3mAf3kASEGIAcgACAFav0ABBAgAiAFav0ABBD95gH95AEhByAFQSBqIQUMAAsLIAUgAUkEQCAGIAAgBWr9AAQAIAIgBWr9' +
  'AAQA/eYB/eQBIQYLIAYgB/3kASEGIAQgBv0fACAG/R8BkiAG/R8CIAb9HwOSkjgCACAEQQRqIQQgAiABaiECIANBAWshAwwACwsL';

const PAGE = 65_536;
/** Vectors pass through in blocks that a core keeps near. */
const BLOCK_BYTES = 4 * PAGE;
const NUMBER = Float32Array.BYTES_PER_ELEMENT;

type Dots = (question: number, width: number, rows: number, count: number, out: number) => void;

const memory = new WebAssembly.Memory({ initial: 8 });
const assembled = new WebAssembly.Module(Buffer.from(ASSEMBLED, 'base64'));
const { dots } = new WebAssembly.Instance(assembled, { memory: { all: memory } }).exports as { dots: Dots };

/** Vectors side by side, each beginning `stride` numbers after the one before; `stride` is a multiple of four. */
export type Rows = { vectors: Float32Array; stride: number; count: number };

/**
 * The products of one vector with many, in 32 bits: a few times as fast as JavaScript, which reckons in 64 bits and one
 * number at a time. What is not in WebAssembly's own memory passes through it: a memory for each player would each take
 * gigabytes of addresses.
 */
export function dotsWith(question: Float32Array, { vectors, stride, count }: Rows): Float32Array {
  const width = stride * NUMBER;
  const block = Math.max(1, Math.floor(BLOCK_BYTES / width));
  const [outAt, rowsAt] = [width, width + 16 * Math.ceil((block * NUMBER) / 16)];
  const scratch = scratchOf(rowsAt + block * width);
  scratch.fill(0, question.length, stride);
  scratch.set(question);
  const products = new Float32Array(count);
  for (let done = 0; done < count; done += block) {
    const now = Math.min(block, count - done);
    scratch.set(vectors.subarray(done * stride, (done + now) * stride), rowsAt / NUMBER);
    dots(0, width, rowsAt, now, outAt);
    products.set(scratch.subarray(outAt / NUMBER, outAt / NUMBER + now), done);
  }
  return products;
}

function scratchOf(bytes: number): Float32Array {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return new Float32Array(memory.buffer);
}
