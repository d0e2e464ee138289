import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { type Engine, openEngine } from '../engine/engine.js';
import { temporaryFolder } from '../engine/testing.js';
import { type Face, openFace } from './server.js';

/** The official client against the node, in one process: what it sees is what a real server would show it. */
export type Bench = {
  engine: Engine;
  face: Face;
  client: EventStoreDBClient;
  /** Answers a wrong expected version instead of throwing it. */
  lenient: EventStoreDBClient;
  close(): Promise<void>;
};

export async function openBench(): Promise<Bench> {
  const cleaning: (() => void)[] = [];
  const engine = await openEngine({ dir: temporaryFolder({ after: (clean) => cleaning.push(clean) }) });
  const face = await openFace(engine);
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
