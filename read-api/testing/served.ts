import 'reflect-metadata';
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { map } from 'rxjs';
import type { Caller } from '../../domain/access/caller.js';
import { Rejection, reject } from '../../domain/kernel/rejection.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { projections } from '../../projections/index.js';
import { type RunningProjections, startProjections } from '../../projections/runner.js';
import { keepingLogger, type TestServer, testServer } from '../../projections/testing/database.js';
import { CLIENT, GAME, play } from '../../projections/testing/stories.js';
import type { Headers, ReadApiParts } from '../parts.js';
import { ReadApiModule } from '../read-api.module.js';

const callers: Record<string, Caller> = {
  owner: { kind: 'client', clientId: CLIENT, keyId: 'k' } as Caller,
  stranger: { kind: 'client', clientId: 'c2', keyId: 'k' } as Caller,
  operator: { kind: 'admin' },
  p0: { kind: 'player', clientId: CLIENT, gameId: GAME, playerId: 'p0' } as Caller,
  p1: { kind: 'player', clientId: CLIENT, gameId: GAME, playerId: 'p1' } as Caller,
};

async function authenticate(headers: Headers): Promise<Caller | Rejection> {
  return callers[String(headers['x-api-key'])] ?? reject('unauthorized', 'X-API-Key is needed');
}

/** Shows a rejection as it is: making a problem document of it is not this room's affair. */
class ShowRejections implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler) {
    return next.handle().pipe(
      map((answer) => {
        if (answer instanceof Rejection) context.switchToHttp().getResponse().status(418);
        return answer;
      }),
    );
  }
}

export async function serve(
  parts: Pick<ReadApiParts, 'pool' | 'projections'> &
    Partial<Pick<ReadApiParts, 'history' | 'lineOf' | 'soundOf' | 'recalled'>>,
): Promise<NestFastifyApplication> {
  const openSealed: ReadApiParts['openSealed'] = async (subject, sealed) =>
    sealed === 'sealed:gone' ? null : `${sealed} of ${subject}`;
  const reactors = async () => [{ name: 'companions', position: 7, inFlight: 0, parked: 1, instances: 2 }];
  const quota: ReadApiParts['quota'] = async (clientId) => (clientId === CLIENT ? 10_000 : null);
  const module = ReadApiModule.register({
    lineOf: async () => null,
    soundOf: null,
    recalled: async () => [],
    history: memoryLog().readStream,
    ...parts,
    writes: parts.pool,
    fresh: parts.projections,
    reactors,
    authenticate,
    openSealed,
    quota,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
    logger: false,
  });
  app.useGlobalInterceptors(new ShowRejections());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire
export type Body = any;
export type Answer = { status: number; body: Body };

export async function ask(
  app: NestFastifyApplication,
  path: string,
  as: string,
  method: 'GET' | 'POST' | 'DELETE' = 'GET',
): Promise<Answer> {
  const answer = await app.inject({ method, url: path, headers: { 'x-api-key': as } });
  return { status: answer.statusCode, body: answer.json() };
}

/** The read side over a real Postgres and a play of two players, for the tests of one file. */
export function served(more: Pick<Partial<ReadApiParts>, 'recalled'> = {}) {
  const log = play({ players: 2, events: 40 });
  let server: TestServer;
  let pool: Pool;
  let running: RunningProjections;
  let app: NestFastifyApplication;
  before(async () => {
    server = await testServer();
    ({ pool } = await server.fresh());
    running = startProjections({ log, pool, projections, logger: keepingLogger() });
    assert.ok(await running.caughtUpWithLog(60_000));
    app = await serve({ pool, projections: running, history: log.readStream, ...more });
  });
  after(async () => {
    await app.close();
    await running.stop();
    await server.stop();
  });

  // An answer waits for what was told just now only so long, which a busy machine may need for anything.
  const get = async (path: string, as = 'owner') => {
    await running.caughtUpWithLog(60_000);
    return ask(app, path, as);
  };
  const refusedWith = async (code: string, path: string, by: { as?: string; field?: string } = {}) => {
    const { status, body } = await get(path, by.as);
    assert.equal(status, 418, path);
    assert.equal(body.code, code, path);
    if (!by.field) return;
    assert.equal(body.detail.field, by.field);
    assert.ok(body.message.startsWith(`${by.field}: `), body.message);
  };
  const post = (path: string, as = 'operator') => ask(app, path, as, 'POST');
  const remove = (path: string, as = 'operator') => ask(app, path, as, 'DELETE');
  return {
    log,
    get,
    post,
    remove,
    refusedWith,
    running: () => running,
    pool: () => pool,
    fresh: () => server.fresh(),
  };
}
