import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type Engine, openEngine } from '../engine/engine.js';
import { temporaryFolder } from '../engine/testing.js';
import type { Tls } from './front.js';
import { type Face, type FaceOptions, openFace } from './server.js';
import { selfSigned } from './testing-certificate.js';

/** The official client against the node, in one process: what it sees is what a real server would show it. */
export type Bench = {
  engine: Engine;
  face: Face;
  client: EventStoreDBClient;
  /** Answers a wrong expected version instead of throwing it. */
  lenient: EventStoreDBClient;
  close(): Promise<void>;
};

/** `dress` may give the engine what it has not. */
export async function openBench(options?: FaceOptions, dress?: (engine: Engine) => Engine): Promise<Bench> {
  const { engine, face, close } = await openNode(options, dress);
  const url = `esdb://127.0.0.1:${face.port}?tls=false`;
  const client = EventStoreDBClient.connectionString(url);
  const lenient = EventStoreDBClient.connectionString(`${url}&throwOnAppendFailure=false`);
  return {
    engine,
    face,
    client,
    lenient,
    async close() {
      await client.dispose();
      await lenient.dispose();
      await close();
    },
  };
}

/** The node over TLS. `as` is the official client in a user's name, `login:password`, or in nobody's. */
export type SecureBench = {
  engine: Engine;
  face: Face;
  tls: Tls;
  as(credentials?: string): EventStoreDBClient;
  close(): Promise<void>;
};

export async function openSecureBench(options?: FaceOptions): Promise<SecureBench> {
  const tls = await selfSigned();
  const { engine, face, dir, close } = await openNode({ ...options, tls });
  const file = join(dir, 'certificate.pem');
  writeFileSync(file, tls.cert);
  const clients = new Map<string, EventStoreDBClient>();
  const as = (credentials = '') => {
    const who = credentials === '' ? '' : `${credentials}@`;
    const url = `esdb://${who}localhost:${face.port}?tls=true&tlsCaFile=${encodeURIComponent(file)}`;
    const client = clients.get(credentials) ?? EventStoreDBClient.connectionString(url);
    clients.set(credentials, client);
    return client;
  };
  return {
    engine,
    face,
    tls,
    as,
    async close() {
      for (const client of clients.values()) await client.dispose();
      await close();
    },
  };
}

async function openNode(options?: FaceOptions, dress = (engine: Engine) => engine) {
  const cleaning: (() => void)[] = [];
  const dir = temporaryFolder({ after: (clean) => cleaning.push(clean) });
  const engine = await openEngine({ dir: join(dir, 'log') });
  const face = await openFace(dress(engine), options);
  return {
    engine,
    face,
    dir,
    async close() {
      await face.close();
      await engine.close();
      for (const clean of cleaning) clean();
    },
  };
}

export const event = (n: number, id: string = randomUUID(), type = 'Tested') =>
  jsonEvent({ id, type, data: { n }, metadata: { of: n } });
export const events = (count: number, type?: string) =>
  Array.from({ length: count }, (_, n) => event(n, randomUUID(), type));
export const stream = (name = 'stream') => `${name}-${randomUUID()}`;

type Got = { event?: { data: unknown; revision: bigint } };
const numberOf = (got: Got) => (got.event!.data as { n: unknown }).n;

/** The numbers of all the events of a read. */
export async function numbers(read: AsyncIterable<Got>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const got of read) found.push(numberOf(got));
  return found;
}

/** The numbers of the next `count` events of a subscription. */
export async function next(subscription: AsyncIterable<Got>, count: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const got of subscription) {
    found.push(numberOf(got));
    if (found.length === count) break;
  }
  return found;
}

export const confirmed = (subscription: { once(event: 'confirmation', heard: () => void): unknown }) =>
  new Promise<void>((resolve) => subscription.once('confirmation', resolve));
