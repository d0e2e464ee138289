import { EventStoreDBClient } from '@eventstore/db-client';
import { isRemembered, NoAnswer, within } from './errors.eventstore.js';

/** The official client, kept from what it does to a process when connections break off under load. */
export type Connection = {
  /** Not to be kept: a client that has failed for good is replaced. */
  readonly client: EventStoreDBClient;
  /** To be told of what a call to a client has thrown. */
  failed(client: EventStoreDBClient, error: unknown): void;
  /** One try of an append. @throws NoAnswer when it takes too long, or its connection ends without an answer. */
  attempt<T>(ms: number, call: (client: EventStoreDBClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

const CLOSE_MS = 500;

/** Connects at the first use. */
export function connect(url: string): Connection {
  const lost = new Set<() => void>();
  const open = () => {
    const client = EventStoreDBClient.connectionString(url);
    guardAppends(client, () => {
      // Whom the client tells why gets to know that first.
      const waiting = [...lost];
      setImmediate(() => {
        for (const tell of waiting) tell();
      });
    });
    return client;
  };
  let current = open();
  const failed = (client: EventStoreDBClient, error: unknown) => {
    if (client === current && isRemembered(error)) current = open();
  };
  return {
    get client() {
      return current;
    },
    failed,
    async attempt(ms, call) {
      const client = current;
      let tell = () => {};
      const ended = new Promise<never>((_, reject) => {
        tell = () => reject(new NoAnswer('the connection ended before the answer'));
      });
      lost.add(tell);
      try {
        return await within(ms, Promise.race([call(client), ended]));
      } catch (error) {
        failed(client, error);
        throw error;
      } finally {
        lost.delete(tell);
      }
    },
    async close() {
      // The client waits for streams that may never tell that they ended.
      await within(CLOSE_MS, current.dispose()).catch(() => undefined);
    },
  };
}

type AppendStream = NodeJS.ReadWriteStream & {
  on(event: string, listener: (...args: never[]) => void): unknown;
};
type Creator = (client: unknown) => AppendStream;
type Create = (...args: [unknown, string, Creator, unknown?]) => unknown;

/** All appends of a connection go through one call, which the client makes here. */
function guardAppends(client: EventStoreDBClient, onLost: () => void): void {
  const inside = client as unknown as { GRPCStreamCreator: Create };
  const create = inside.GRPCStreamCreator;
  inside.GRPCStreamCreator = (service, name, creator, cache) =>
    create(
      service,
      name,
      name === 'appendToStream' ? (grpc) => guarded(creator(grpc), onLost) : creator,
      cache,
    );
}

/**
 * The client keeps who waits for an answer in one place for all connections of the process, and empties it when
 * any of them fails: a later answer on another would throw where nobody can catch it. When writes are held up it
 * rejects, at the end of the connection, a promise that nobody holds: as the adapter bounds what is under way,
 * it need not be told to hold up. And a call that ends in peace leaves those who wait for ever.
 */
function guarded(stream: AppendStream, onLost: () => void): AppendStream {
  for (const listener of stream.listeners('data') as ((answer: unknown) => void)[]) {
    stream.off('data', listener);
    stream.on('data', (answer: unknown) => {
      try {
        listener(answer);
      } catch {
        // Its append has been rejected, and is tried again under the same ids.
      }
    });
  }
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  stream.write = (...args: unknown[]) => {
    write(...args);
    return true;
  };
  for (const end of ['error', 'end', 'close']) stream.on(end, onLost);
  return stream;
}
