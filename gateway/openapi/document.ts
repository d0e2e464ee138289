import { setImmediate } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { DocumentBuilder, OpenAPIObject } from '@nestjs/swagger';
import { describedAs } from './described.js';
import { type OperationSpec, operationOf } from './operation.js';
import { Schemas } from './schemas.js';

export type Document = OpenAPIObject;

/** All that the controllers of an app answer to, in OpenAPI 3.1. */
export async function documentOf(app: INestApplication): Promise<Document> {
  // It takes a fifth of a second to load, and hardly any process is ever asked.
  const { default: swagger } = await import('@nestjs/swagger');
  const config = headOf(new swagger.DocumentBuilder());
  const document = swagger.SwaggerModule.createDocument(app, config, { operationIdFactory: idOf });
  const specs = specsIn(app);
  const schemas = new Schemas();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, found] of Object.entries(methods) as [keyof typeof methods, Found][]) {
      const spec = specs.get(found.operationId);
      if (spec)
        methods[method] = describedAs(spec, { method, path, status: statusIn(found) }, schemas) as never;
    }
    // Frames of players wait meanwhile.
    await setImmediate();
  }
  document.components = { ...document.components, schemas: schemas.components as never };
  return document;
}

type Found = { operationId: string; responses: Record<string, unknown> };

const statusIn = ({ responses }: Found): string => Object.keys(responses)[0] ?? '200';

const ABOUT = `Games stream what happens; each player gets a companion that feels with them and answers in character.
Every error is a problem document (RFC 9457) with a \`code\` of one closed list. Answers tell in \`RateLimit-*\` how much may still be asked.`;

function headOf(builder: DocumentBuilder) {
  const bearer = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } as const;
  return builder
    .setOpenAPIVersion('3.1.0')
    .setTitle('AGL')
    .setDescription(ABOUT)
    .setVersion('1')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'everything of one client' },
      'apiKey',
    )
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'of the operator' },
      'adminKey',
    )
    .addBearerAuth({ ...bearer, description: 'as an API key, for people: `POST /auth/login`' }, 'loginToken')
    .addBearerAuth(
      { ...bearer, description: 'what is one player’s: `POST /auth/player-tokens`' },
      'playerToken',
    )
    .build();
}

/** Only to find the route's own words by. */
const idOf = (controller: string, method: string) => `${controller}.${method}`;

function specsIn(app: INestApplication): Map<string, OperationSpec> {
  const scanner = new MetadataScanner();
  const specs = new Map<string, OperationSpec>();
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      const { name, prototype } = metatype as { name: string; prototype: Record<string, object> };
      for (const method of scanner.getAllMethodNames(prototype)) {
        const spec = operationOf(prototype[method]!);
        if (spec) specs.set(idOf(name, method), spec);
      }
    }
  return specs;
}
