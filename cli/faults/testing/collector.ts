import { createServer } from 'node:http';

/** A span as it comes over OTLP/HTTP (JSON), with what it is of. */
export type CollectedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: Record<string, unknown> }[];
  /** `agl.roles` of the process. */
  roles: string;
  instance: string;
};

type Resource = { attributes: { key: string; value: { stringValue: string } }[] };
type Body = { resourceSpans: { resource: Resource; scopeSpans: { spans: CollectedSpan[] }[] }[] };

/** Takes in spans, as a collector of OpenTelemetry does. */
export async function startCollector() {
  const spans: CollectedSpan[] = [];
  /** All that came, as text. */
  let text = '';
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request.setEncoding('utf8')) body += piece;
    text += body;
    for (const { resource, scopeSpans } of (JSON.parse(body) as Body).resourceSpans) {
      const of = (name: string) => resource.attributes.find(({ key }) => key === name)!.value.stringValue;
      const about = { roles: of('agl.roles'), instance: of('service.instance.id') };
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, ...about }))));
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    text: () => text,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
