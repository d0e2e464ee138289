/** The closed list of codes with which the engine says no, on every border. */
export const rejectionCodes = [
  'bad_frame',
  'bad_event',
  'unknown_type',
  'too_large',
  'unauthorized',
  'forbidden',
  'rate_limited',
  'quota_exceeded',
  'conflict',
  'not_found',
  'erased',
  'unavailable',
  'internal',
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];

/** An expected no: it names what is wrong. A bug throws instead. */
export class Rejection {
  constructor(
    readonly code: RejectionCode,
    readonly message: string,
    readonly detail: { field?: string; retryAfterMs?: number } = {},
  ) {}
}

export const reject = (code: RejectionCode, message: string, detail?: Rejection['detail']) =>
  new Rejection(code, message, detail);
