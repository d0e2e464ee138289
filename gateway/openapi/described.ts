import type { z } from 'zod';
import type { Caller } from '../../domain/access/caller.js';
import type { RejectionCode } from '../../domain/kernel/rejection.js';
import type { Content, OperationSpec } from './operation.js';
import { problem, statusOf } from './problem.js';
import type { JsonSchema, Schemas } from './schemas.js';

type Place = { method: string; path: string; status: string };

/** An operation object of the document. */
export function describedAs(spec: OperationSpec, { method, path, status }: Place, schemas: Schemas) {
  const { summary, callers, body, answer, also } = spec;
  return {
    operationId: idOf(method, path),
    tags: [path.split('/')[1]!],
    summary,
    security: callers.flatMap((caller) => schemesOf[caller]).map((name) => ({ [name]: [] })),
    parameters: parametersOf(spec, path, schemas),
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { 'application/json': { schema: schemas.json(body, 'input') } },
      },
    }),
    responses: {
      [status]: { description: 'as asked', content: contentOf(answer, schemas) },
      ...(also && { [also.status]: { description: also.when, content: contentOf(answer, schemas) } }),
      ...noOf(spec, method, schemas),
    },
  };
}

/** For programs that make functions of it: `get /players/{id}/emotion` → `getPlayersByIdEmotion` */
const idOf = (method: string, path: string) =>
  method +
  path
    .replace(/\/\{?(\w)/g, (part, first: string) => (part[1] === '{' ? 'By' : '') + first.toUpperCase())
    .replace(/\W/g, '');

const schemesOf: Record<Caller['kind'], readonly string[]> = {
  client: ['apiKey', 'loginToken'],
  player: ['playerToken'],
  admin: ['adminKey'],
};

const isContent = (answer: OperationSpec['answer']): answer is Content => !('safeParse' in answer);

const contentOf = (answer: z.ZodType | Content, schemas: Schemas) => {
  const { types, schema } = isContent(answer) ? answer : { types: ['application/json'], schema: answer };
  return Object.fromEntries(types.map((type) => [type, { schema: schemas.json(schema, 'output') }]));
};

/** What is named in the path is of the path, all else of the query string or of the head. */
function parametersOf({ params = [], headers }: OperationSpec, path: string, schemas: Schemas) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const asked = fieldsOf(params, schemas);
  for (const name of inPath) asked[name] = { schema: { type: 'string' }, ...asked[name], required: true };
  const inHead = fieldsOf(headers ? [headers] : [], schemas);
  return [
    ...Object.entries(asked).map(([name, field]) => ({
      name,
      in: inPath.includes(name) ? 'path' : 'query',
      ...field,
    })),
    ...Object.entries(inHead).map(([name, field]) => ({ name, in: 'header', ...field })),
  ];
}

type Field = { description?: unknown; required: boolean; schema: JsonSchema };

function fieldsOf(all: readonly z.ZodType[], schemas: Schemas): Record<string, Field> {
  const fields: Record<string, Field> = {};
  for (const one of all) {
    const { properties = {}, required = [] } = schemas.json(one, 'input') as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    for (const [name, { description, ...schema }] of Object.entries(properties))
      fields[name] = {
        ...(description !== undefined && { description }),
        required: required.includes(name),
        schema,
      };
  }
  return fields;
}

const RETRY_AFTER = { 'Retry-After': { description: 'seconds', schema: { type: 'integer' } } };

/** Every no that it may answer, by status. */
function noOf(spec: OperationSpec, method: string, schemas: Schemas) {
  const byStatus = new Map<number, RejectionCode[]>();
  for (const code of codesOf(spec, method))
    byStatus.set(statusOf[code], [...(byStatus.get(statusOf[code]) ?? []), code]);
  const ref = schemas.json(problem, 'output');
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const schema = { ...ref, type: 'object', properties: { code: { enum: codes } } };
      const content = { 'application/problem+json': { schema } };
      const headers = status === 429 || status === 503 ? { headers: RETRY_AFTER } : {};
      return [status, { description: codes.join(', '), content, ...headers }];
    }),
  );
}

/**
 * Whoever asks with a player's token may be told that a page of another origin than the game says is `forbidden`, and that the player was
 * `erased`, whatever is asked for. A body is read before anybody looks whether one is wanted, but for a GET.
 */
const codesOf = ({ callers, params, errors = [] }: OperationSpec, method: string): Set<RejectionCode> =>
  new Set<RejectionCode>([
    ...(callers.length > 0 ? (['unauthorized', 'forbidden', 'erased', 'unavailable'] as const) : []),
    ...(method !== 'get' ? (['bad_frame', 'too_large'] as const) : []),
    ...(params ? (['bad_frame'] as const) : []),
    ...errors,
    'rate_limited',
    'internal',
  ]);
