import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { Caller } from '../../domain/access/caller.js';
import type { RejectionCode } from '../../domain/kernel/rejection.js';

/** An answer that is no JSON: as which media types, and what stands in it. */
export type Content = { types: readonly string[]; schema: z.ZodType };

/** What a route says of itself: the document at `/docs-json` is made of it. */
export type OperationSpec = {
  /** One line. */
  summary: string;
  /** Who may ask; nobody in particular: everybody may, without a key or a token. */
  callers: readonly Caller['kind'][];
  /** What the path and the query string may hold, as it is checked. */
  params?: readonly z.ZodType[];
  /** Header fields beside those that tell who asks. */
  headers?: z.ZodType;
  /** The body, as it is checked. */
  body?: z.ZodType;
  answer: z.ZodType | Content;
  /** The same answer may come with another status: which, and when. */
  also?: { status: number; when: string };
  /** Beside those that every route has, that of a body, and those of who may ask. */
  errors?: readonly RejectionCode[];
};

const OPERATION = 'agl operation';

/** For each route of a controller. */
export const Operation = (spec: OperationSpec): MethodDecorator => SetMetadata(OPERATION, spec);

export const operationOf = (method: object): OperationSpec | undefined =>
  Reflect.getMetadata(OPERATION, method);

/** Who may ask. */
export const anybody = [] as const;
export const whoIsKnown = ['client', 'player', 'admin'] as const;
export const studios = ['client', 'admin'] as const;
export const clients = ['client'] as const;
export const operator = ['admin'] as const;
