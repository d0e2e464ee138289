/** Injection token of the write side (`openWriteSide`). */
export const WRITE_SIDE = Symbol('write side');
