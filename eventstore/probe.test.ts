import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { temporaryFolder } from './embedded/engine/testing.js';
import { featureMessages, ServerFeaturesService, StreamsService } from './embedded/face/stubs.js';
import { startEmbeddedNode } from './embedded/start.js';
import { connectLog } from './log.eventstore.js';
import { LogUnavailable } from './log.js';
import { probeLog } from './probe.eventstore.js';
import { all, anEvent } from './testing/events.js';

type Refusal = { code: status; details: string; trailers?: Record<string, string> };
type Answers = { version?: string; read?: Refusal; append?: Refusal };

const refusalOf = ({ code, details, trailers = {} }: Refusal) => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

type Call = { emit(event: 'error', error: Error): void; end(): void };
const answering = (refusal?: Refusal) => (call: Call) =>
  refusal ? call.emit('error', refusalOf(refusal)) : call.end();

/** A server that is there and refuses: what no node of ours does. */
async function aServer(t: TestContext, { version = '24.10.0', read, append }: Answers): Promise<string> {
  const server = new Server();
  const getSupportedMethods = (_: unknown, answer: (error: null, message: unknown) => void) => {
    const batch = new featureMessages.SupportedMethod();
    batch.setServiceName('event_store.client.streams.streams').setMethodName('batchappend');
    const message = new featureMessages.SupportedMethods().setEventStoreServerVersion(version);
    answer(null, message.setMethodsList([batch]));
  };
  server.addService(ServerFeaturesService as never, { getSupportedMethods } as never);
  server.addService(
    StreamsService as never,
    { read: answering(read), batchAppend: answering(append) } as never,
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  t.after(() => server.forceShutdown());
  return `esdb://ops:secret@127.0.0.1:${port}?tls=false`;
}

const denied = { code: status.PERMISSION_DENIED, details: 'no', trailers: { exception: 'access-denied' } };
const unknown = { code: status.UNAUTHENTICATED, details: 'who are you?' };
const notLeader = (port: string) => ({
  code: status.NOT_FOUND,
  details: 'Leader info available',
  trailers: {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': port,
  },
});
const DENIES = /^the event store denies access: the user, the password or what the user may do is wrong$/;

describe('probing an event store', () => {
  it('finds a node that can be used, and leaves nothing in it', async (t) => {
    const node = await startEmbeddedNode({ dir: temporaryFolder(t) });
    t.after(() => node.stop());
    await probeLog(node.url);
    const log = connectLog({ url: node.url });
    t.after(() => log.close());
    assert.equal(await log.head(), 0);
    await log.append('s', [anEvent()], 'any');
    await probeLog(node.url);
  });

  const wrong: [string, Answers, RegExp][] = [
    [
      'too old',
      { version: '21.6.0' },
      /^the event store's version 21.6.0 is too old: it must be 21.10 or newer$/,
    ],
    ['far too old', { version: '20.10.2' }, /^the event store's version 20.10.2 is too old/],
    ['of which the user may not read', { read: denied }, DENIES],
    ['that does not know the user', { read: unknown }, DENIES],
    ['to which the user may not append', { append: denied }, DENIES],
  ];
  for (const [what, answers, words] of wrong) {
    it(`one ${what} is named in one line, without the password`, async (t) => {
      const url = await aServer(t, answers);
      await assert.rejects(probeLog(url), (error: Error) => {
        assert.match(error.message, words);
        assert.doesNotMatch(error.message, /secret|\n/);
        return true;
      });
    });
  }

  it('one that is read-only, and whose leader is away, is named', async (t) => {
    const url = await aServer(t, { append: notLeader('1') });
    await assert.rejects(probeLog(url), /takes no appends|cannot be reached: .*ECONNREFUSED/);
  });

  it('one that is read-only leads to the leader', async (t) => {
    const leader = await startEmbeddedNode({ dir: temporaryFolder(t) });
    t.after(() => leader.stop());
    const url = await aServer(t, { append: notLeader(new URL(leader.url).port) });
    await probeLog(url);
    const log = connectLog({ url });
    t.after(() => log.close());
    assert.ok((await log.append('s', [anEvent()], 'no_stream')).ok);
    assert.equal((await all(log.readStream('s'))).length, 1);
  });

  it('one where nobody listens is named', async () => {
    await assert.rejects(
      probeLog('esdb://127.0.0.1:1?tls=false'),
      /^Error: the event store cannot be reached: .*ECONNREFUSED/,
    );
  });
});

describe('a log that denies access after the start', () => {
  it('is unavailable to who appends and who reads, at once and in words', async (t) => {
    const url = await aServer(t, { append: denied, read: unknown });
    const log = connectLog({ url, appendWithinMs: 5_000 });
    t.after(() => log.close());
    const words = { name: LogUnavailable.name, message: 'the event log denies access' };
    await assert.rejects(log.append('s', [anEvent()], 'any'), words);
    await assert.rejects(all(log.readStream('s')), words);
    await assert.rejects(all(log.read(0, { upTo: 1, signal: new AbortController().signal })), words);
  });
});
