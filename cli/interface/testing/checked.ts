import assert from 'node:assert/strict';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Schema = Record<string, unknown>;
type Contents = Record<string, { schema: Schema }>;
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema };
export type Operation = {
  /** `GET /players/{id}` */
  name: string;
  method: string;
  path: string;
  security: Record<string, never[]>[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Contents };
  responses: Record<string, { content: Contents }>;
};
export type Document = {
  paths: Record<string, Record<string, Omit<Operation, 'name' | 'method' | 'path'>>>;
  components: { schemas: Record<string, Schema> };
};

export type Call = {
  path?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
};
// biome-ignore lint/suspicious/noExplicitAny: what came over the wire
export type Answer = { status: number; body: any };

export const operationsIn = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      ...{ method: method.toUpperCase(), path, name: `${method.toUpperCase()} ${path}` },
    })),
  );

/** Calls operations, and finds whatever is asked or answered that the document does not say. */
export class Checked {
  private readonly ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  /** By what a schema says: many answers are alike, and to make a check takes far longer than to use it. */
  private readonly checks = new Map<string, ValidateFunction>();

  constructor(
    private readonly base: string,
    readonly document: Document,
  ) {
    // They stand beside a schema, so that it can refer to them.
    this.ajv.addVocabulary(['components']);
    formats.default(this.ajv);
  }

  /** @throws AssertionError where call or answer are not as the document says. */
  async call(operation: Operation, call: Call): Promise<Answer> {
    this.checkCall(operation, call);
    return this.send(operation, call);
  }

  /** The same of a call that is wrong on purpose. */
  async send(operation: Operation, call: Call): Promise<Answer> {
    const response = await fetch(this.base + addressOf(operation, call), {
      method: operation.method,
      headers: { ...(call.body !== undefined && { 'content-type': 'application/json' }), ...call.headers },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!;
    const name = `${operation.name} → ${response.status} ${type}`;
    const schema = operation.responses[response.status]?.content[type]?.schema;
    assert.ok(schema, `${name}: the document does not know of it`);
    const body = await bodyOf(response, type);
    const parts = type === 'text/event-stream' ? (body as unknown[]) : [body];
    assert.ok(parts.length > 0, `${name}: nothing came`);
    for (const part of parts) this.check(schema, part, name);
    return { status: response.status, body };
  }

  check(schema: Schema, value: unknown, name: string): void {
    if (schema.format === 'binary') return;
    const said = JSON.stringify(schema);
    let check = this.checks.get(said);
    if (!check) {
      check = this.ajv.compile({ ...schema, components: this.document.components });
      this.checks.set(said, check);
    }
    if (check(value)) return;
    assert.fail(
      `${name}: ${this.ajv.errorsText(check.errors)} ${JSON.stringify(check.errors)} in ${JSON.stringify(value)}`,
    );
  }

  private checkCall(operation: Operation, { path = {}, query = {}, headers = {}, body }: Call): void {
    const { name, parameters, requestBody } = operation;
    const said = { path, query, header: headers };
    for (const [where, values] of Object.entries({ path, query }))
      for (const key of Object.keys(values))
        assert.ok(
          parameters.some((one) => one.in === where && one.name === key),
          `${name}: no ${key} in the ${where}`,
        );
    for (const { name: key, in: where, required, schema } of parameters) {
      const value = said[where][key];
      assert.ok(value !== undefined || !required, `${name}: ${key} is missing`);
      if (value === undefined) continue;
      this.check(schema, schema.type === 'integer' ? Number(value) : value, `${name} ${key}`);
    }
    assert.equal(body !== undefined, requestBody !== undefined, `${name}: a body, or none`);
    if (requestBody) this.check(requestBody.content['application/json']!.schema, body, `${name} body`);
  }
}

function addressOf({ path }: Operation, call: Call): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(call.path?.[name] ?? 'nobody'),
  );
  const query = new URLSearchParams(call.query).toString();
  return query === '' ? filled : `${filled}?${query}`;
}

/** Of a stream its first event alone: it does not end by itself. */
async function bodyOf(response: Response, type: string): Promise<unknown> {
  if (type.endsWith('json')) return response.json();
  if (type !== 'text/event-stream') return response.text();
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    text += piece;
    if (/^data: .*$/m.test(text)) break;
  }
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
}
