import 'reflect-metadata';
import type { Server } from 'node:http';
import type { DynamicModule, LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { unwatched, type Watch } from '../../commands/watch.js';
import type { Door } from '../door.js';
import { limitHttp } from '../limits/http.js';
import { serveDocs } from '../openapi/page.js';
import { answerClientError, passOverExpectations, requireHost } from './client-errors.js';
import { letPagesAsk } from './cors.js';
import { answerFrameworkError, ProblemFilter, RejectionInterceptor } from './problems.js';
import { askSecurelyFromNowOn, secureBy, type Tls } from './tls.js';
import { watchHttp } from './watch.js';

/** How long a client may take (ms): to say what it wants, and all of it; and how often that is looked at. */
export type Patience = { headersMs: number; requestMs: number; lookEveryMs: number };

const USUAL: Patience = { headersMs: 10_000, requestMs: 30_000, lookEveryMs: 2_000 };
const BODY_MAX = 1024 * 1024;

export type AppParts = {
  module: DynamicModule;
  door: Pick<Door, 'limits' | 'verdicts'>;
  logger: LoggerService | false;
  onBug: (error: unknown) => void;
  /** Whose `X-Forwarded-For` is believed. */
  proxies?: readonly string[];
  patience?: Patience;
  /** Without it the server speaks in the clear. */
  tls?: Tls | null;
  /** Told of each request. */
  watch?: Watch;
};

/** The HTTP server of an engine, ready to listen: who may ask, how often, for how long, and how it is told no. */
export async function openApp(parts: AppParts): Promise<NestFastifyApplication> {
  const { module, door, logger, onBug, proxies = [], patience = USUAL } = parts;
  const { tls = null, watch = unwatched } = parts;
  const usual = {
    headersTimeout: patience.headersMs,
    connectionsCheckingInterval: patience.lookEveryMs,
    requireHostHeader: false,
  };
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_MAX,
    forceCloseConnections: 'idle',
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    trustProxy: [...proxies],
    // Who sends a request byte by byte holds a connection no longer than others need (the attack called Slowloris).
    requestTimeout: patience.requestMs,
    ...(tls
      ? { https: { ...usual, handshakeTimeout: patience.headersMs, ...secureBy(tls) } }
      : { http: usual }),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger,
    abortOnError: false,
  });
  passOverExpectations(app.getHttpServer());
  const server = adapter.getInstance();
  if (tls) askSecurelyFromNowOn(server);
  requireHost(server);
  letPagesAsk(server);
  watchHttp(server, watch);
  limitHttp(server, door);
  serveDocs(app);
  app.useGlobalFilters(new ProblemFilter(onBug));
  app.useGlobalInterceptors(new RejectionInterceptor());
  await app.init();
  await server.ready();
  return app;
}

/** Nobody new is answered; who is being answered has so long (ms). */
export async function closeApp(app: NestFastifyApplication, withinMs = 5_000): Promise<void> {
  const server = app.getHttpServer() as Server;
  // A connection that was kept open stays so after its last answer, and the server would wait for it.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const late = setTimeout(() => server.closeAllConnections(), withinMs);
  await app.close().finally(() => {
    clearInterval(idle);
    clearTimeout(late);
  });
}
