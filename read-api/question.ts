import type { z } from 'zod';
import { Operation, type OperationSpec } from '../gateway/openapi/operation.js';
import { position } from './front.js';

type QuestionSpec = Omit<OperationSpec, 'params'> & { terms: z.ZodType };

/** What a question says of itself: each waits for a position when it is asked to, and may be `unavailable` until then. */
export const Question = ({ terms, ...spec }: QuestionSpec): MethodDecorator =>
  Operation({ ...spec, params: [terms, position] });
