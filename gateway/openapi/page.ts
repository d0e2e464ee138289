import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Document, documentOf } from './document.js';

/** The page is all of the engine: it asks nobody else for anything. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AGL: the HTTP interface</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/begin.js"></script>
`;

const BEGIN = `SwaggerUIBundle({
  url: 'docs-json', dom_id: '#ui', deepLinking: true, validatorUrl: null, docExpansion: 'list', tagsSorter: 'alpha',
});
`;

type Reply = {
  header(name: string, value: string): Reply;
  type(mime: string): Reply;
  send(body: unknown): Reply;
};

/** `/docs-json`, and `/docs` for people. To be called before the server is ready. */
export function serveDocs(app: NestFastifyApplication, make = documentOf): void {
  const server = app.getHttpAdapter().getInstance();
  let made: Promise<Document> | undefined;
  server.get('/docs-json', async (_: unknown, reply: Reply) => {
    made ??= make(app).catch((error) => {
      made = undefined;
      throw error;
    });
    return reply.send(await made);
  });
  server.get('/docs', (_: unknown, reply: Reply) =>
    reply.header('content-security-policy', CSP).type('text/html; charset=utf-8').send(PAGE),
  );
  server.get('/docs/begin.js', (_: unknown, reply: Reply) => reply.type('text/javascript').send(BEGIN));
  for (const [file, mime] of [
    ['swagger-ui.css', 'text/css'],
    ['swagger-ui-bundle.js', 'text/javascript'],
  ] as const)
    server.get(`/docs/${file}`, (_: unknown, reply: Reply) =>
      reply
        .header('cache-control', 'max-age=86400')
        .type(mime)
        .send(createReadStream(join(assets(), file))),
    );
}

/** Of Swagger UI, as the package of the document has it. */
function assets(): string {
  const swagger = createRequire(import.meta.url).resolve('@nestjs/swagger');
  return dirname(createRequire(swagger).resolve('swagger-ui-dist/package.json'));
}
