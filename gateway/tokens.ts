/** Injection tokens of the gateway. */
export const AUTHENTICATION = Symbol('authentication');
export const TOKENS = Symbol('tokens');
export const USAGE = Symbol('usage');
export const PUSH = Symbol('push');
export const KEPT_OF = Symbol('kept of');
/** Milliseconds: so long the answer to an erasure is held for its certificate. */
export const CERTIFIED_WITHIN_MS = Symbol('certified within');

/** How many events a client sent this month. */
export type Usage = (clientId: string) => Promise<number>;
