import { createHash } from 'node:crypto';
import type { VectorDigest } from './vectors.js';

/** 60 bits: what Postgres makes of fifteen hexadecimal digits without a sign. */
export const DIGEST_DIGITS = 15;
const MODULUS = 1n << BigInt(4 * DIGEST_DIGITS);

/** Neither an id nor a mark holds a blank, so no two points are one text. `vectors.pg.ts` says the same in SQL. */
const hashOf = (playerId: string, id: string, mark: string): bigint => {
  const hash = createHash('sha256').update(`${id} ${mark} ${playerId}`).digest('hex');
  return BigInt(`0x${hash.slice(0, DIGEST_DIGITS)}`);
};

/** Takes points in any order: their hashes are added. */
export function digesting(): {
  add(playerId: string, id: string, mark: string): void;
  digest(): VectorDigest;
} {
  let rows = 0;
  let sum = 0n;
  return {
    add(playerId, id, mark) {
      rows++;
      sum += hashOf(playerId, id, mark);
    },
    digest: () => digestOf(rows, sum),
  };
}

/** `sum`: of all hashes, however large. */
export const digestOf = (rows: number, sum: bigint): VectorDigest => ({
  rows,
  digest: (sum % MODULUS).toString(16).padStart(DIGEST_DIGITS, '0'),
});
