import { z } from 'zod';
import { type RejectionCode, rejectionCodes } from '../../domain/kernel/rejection.js';

export const statusOf: Record<RejectionCode, number> = {
  bad_frame: 400,
  bad_event: 400,
  unknown_type: 400,
  too_large: 413,
  unauthorized: 401,
  forbidden: 403,
  rate_limited: 429,
  quota_exceeded: 429,
  conflict: 409,
  not_found: 404,
  erased: 410,
  unavailable: 503,
  internal: 500,
};

/** A problem document (RFC 9457) with the engine's own code. */
export const problem = z
  .object({
    type: z.string().describe('`urn:agl:problem:` and the code'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('what is wrong, for people'),
    code: z.enum(rejectionCodes),
    field: z.string().optional().describe('where in what was sent it is wrong'),
    retryAfterMs: z.number().optional().describe('when it may be tried again'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
