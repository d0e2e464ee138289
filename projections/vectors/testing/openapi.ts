import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const rootFrom = (from: string): string =>
  existsSync(join(from, 'package.json')) || dirname(from) === from ? from : rootFrom(dirname(from));
const path = join(rootFrom(import.meta.dirname), '..', 'shared', 'qdrant-openapi.json');

/** Why nothing can be held against the document here; `false` where it is. */
export const documentAbsent = existsSync(path)
  ? false
  : "Qdrant's OpenAPI document is not at hand (../shared/qdrant-openapi.json)";

type Node = { [key: string]: unknown };
type Parameter = { name: string; in: 'path' | 'query'; required?: boolean; schema: Node };
type Content = { content: { 'application/json': { schema: Node } } };
type Operation = { parameters?: Parameter[]; requestBody?: Content; responses: Record<string, Content> };
type Document = { paths: Record<string, Record<string, Operation>>; components: Node };

export type Asked = { method: string; path: string; query: Record<string, string>; body: unknown };
export type Answered = { status: number; body: unknown };

/** What does not fit the document, in one line; `null`: it fits. */
export type OpenApi = {
  request(asked: Asked): string | null;
  answer(asked: Asked, answered: Answered): string | null;
};

export function openQdrantDocument(): OpenApi {
  const document = JSON.parse(readFileSync(path, 'utf8')) as Document;
  const check = checking(document);
  return {
    request(asked) {
      const operation = operationOf(document, asked);
      if (!operation) return `there is no ${asked.method} ${asked.path}`;
      return wrongParameters(operation, asked, check) ?? wrongBody(operation, asked, check);
    },
    answer(asked, { status, body }) {
      const responses = operationOf(document, asked)?.responses ?? {};
      const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses.default;
      if (!response) return `${status} is no answer to ${asked.method} ${asked.path}`;
      return check(response.content['application/json'].schema, body);
    },
  };
}

function operationOf({ paths }: Document, { method, path }: Asked): Operation | undefined {
  const fits = (template: string) =>
    new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path) && paths[template]![method];
  // A path that is said in full goes before one with a name left open.
  const found = Object.keys(paths)
    .sort((one, other) => Number(one.includes('{')) - Number(other.includes('{')))
    .find(fits);
  return found === undefined ? undefined : paths[found]![method];
}

function wrongParameters({ parameters = [] }: Operation, { query }: Asked, check: Check): string | null {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  for (const [name, text] of Object.entries(query)) {
    const schema = known.find((parameter) => parameter.name === name)?.schema;
    const wrong = schema ? check(schema, parsed(text)) : 'it is not known';
    if (wrong) return `?${name}=${text}: ${wrong}`;
  }
  const missing = known.find(({ name, required }) => required && query[name] === undefined);
  return missing ? `?${missing.name} is missing` : null;
}

/** A parameter is text; what it stands for is what it would be in JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function wrongBody({ requestBody }: Operation, { body }: Asked, check: Check): string | null {
  const schema = requestBody?.content['application/json'].schema;
  if (!schema) return body === undefined ? null : 'there is a body where none belongs';
  return check(schema, body);
}

type Check = (schema: Node, value: unknown) => string | null;

/** Schemas of OpenAPI 3.0 are not those of JSON Schema: they are rewritten once. */
function checking(document: Document): Check {
  const ajv = new Ajv2020({ strict: false, allErrors: false, formats });
  ajv.addSchema({ $id: 'qdrant', ...(rewritten({ components: document.components }) as Node) });
  const compiled = new Map<Node, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (!validate) {
      validate = ajv.compile(rewritten(schema) as Node);
      compiled.set(schema, validate);
    }
    if (validate(value)) return null;
    // The last one tells of the whole union where there is one; the first of what in it does not fit.
    const { instancePath, message } = validate.errors![0]!;
    return `${instancePath || 'the body'} ${message}`;
  };
}

/**
 * `nullable` becomes a type; a reference one into the document; and what is not named is forbidden, as there is no
 * `allOf` in the document that would put objects together: a misspelt setting is silently ignored by Qdrant.
 */
function rewritten(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewritten);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, example, default: _default, ...rest } = node as Node;
  if (nullable === true && Object.keys(rest).length === 0) return { type: 'null' };
  const made: Node = {};
  for (const [key, value] of Object.entries(rest))
    made[key] = key === 'properties' ? mapped(value as Node) : rewritten(value);
  if (typeof made.$ref === 'string') made.$ref = made.$ref.replace(/^#/, 'qdrant#');
  if (nullable === true) {
    if (typeof made.type === 'string') made.type = [made.type, 'null'];
    if (Array.isArray(made.enum)) made.enum = [...made.enum, null];
  }
  if (made.properties && made.additionalProperties === undefined) made.additionalProperties = false;
  return made;
}

/** Names of fields are not keywords. */
const mapped = (fields: Node): Node =>
  Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, rewritten(schema)]));

const whole = (least: number) => ({
  type: 'number' as const,
  validate: (value: number) => Number.isInteger(value) && value >= least,
});
const formats = {
  uint: whole(0),
  uint8: whole(0),
  uint32: whole(0),
  uint64: whole(0),
  int64: whole(Number.MIN_SAFE_INTEGER),
  float: { type: 'number' as const, validate: Number.isFinite },
  double: { type: 'number' as const, validate: Number.isFinite },
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/,
  'partial-date-time': true as const,
  uri: true as const,
  binary: true as const,
};
