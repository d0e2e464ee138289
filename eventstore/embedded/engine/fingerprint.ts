/**
 * 64 bits that stand for an event id in a stream, so that it costs the same to look for whatever ids a client
 * makes: random ones, counted ones, or ones that begin with the time. What is found by it is compared in full.
 */
export type Fingerprint = { high: number; low: number };

export function fingerprintOf(streamNo: number, id: Uint8Array): Fingerprint {
  let high = streamNo ^ 0x2545f491;
  let low = streamNo ^ 0x9e3779b9;
  for (let at = 0; at < 16; at += 4) {
    const word = id[at]! | (id[at + 1]! << 8) | (id[at + 2]! << 16) | (id[at + 3]! << 24);
    high = stirred(high, Math.imul(word, 0xcc9e2d51));
    low = stirred(low, Math.imul(word, 0x85ebca6b));
  }
  return { high: settled(high), low: settled(low) };
}

function stirred(state: number, word: number): number {
  const mixed = state ^ Math.imul((word << 15) | (word >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** Each bit of what comes out depends on each that went in. */
function settled(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A filter knows for certain what is not in a block, and of what is not there takes 1 in 400 for there. */
const FILTER_BYTES = 4096;
const BITS = FILTER_BYTES * 8 - 1;
const PROBES = 4;

export const emptyFilter = () => Buffer.alloc(FILTER_BYTES);

export function addToFilter(filter: Buffer, low: number): void {
  const stride = (low >>> 15) | 1;
  for (let probe = 0, at = low; probe < PROBES; probe++, at += stride) {
    filter[(at & BITS) >>> 3]! |= 1 << (at & 7);
  }
}

export function mayHold(filter: Buffer, low: number): boolean {
  const stride = (low >>> 15) | 1;
  for (let probe = 0, at = low; probe < PROBES; probe++, at += stride) {
    if ((filter[(at & BITS) >>> 3]! & (1 << (at & 7))) === 0) return false;
  }
  return true;
}
