import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BACKWARDS, END, START } from '@eventstore/db-client';
import { type Bench, confirmed, events, next, numbers, openBench, stream } from './testing.js';

let bench: Bench;
before(async () => {
  bench = await openBench();
});
after(() => bench.close());

test('readers and subscribers that stand where all was scavenged see no error and miss nothing', async () => {
  const { client, engine } = bench;
  const [kept, gone] = [stream('kept'), stream('gone')];
  await client.appendToStream(kept, events(3));
  await client.setStreamMetadata(gone, { truncateBefore: 1000 });
  await client.appendToStream(gone, events(5));
  const standing = engine.readAll({ from: engine.head() - 2, max: 1 })[0]!.position;
  const at = { commit: BigInt(standing), prepare: BigInt(standing) };
  const live = client.subscribeToAll({ fromPosition: END });
  const ofStream = client.subscribeToStream(gone, { fromRevision: START });
  await Promise.all([live, ofStream].map(confirmed));
  assert.equal((await engine.scavenge().result).events, 5);
  const inGap = client.subscribeToAll({ fromPosition: at });
  await confirmed(inGap);
  let reads = 0;
  const { readAll } = engine;
  engine.readAll = (query) => {
    reads++;
    return readAll(query);
  };
  await new Promise((resolve) => setTimeout(resolve, 300));
  engine.readAll = readAll;
  assert.ok(reads < 20, `subscribers past the newest event rest (${reads} reads)`);

  assert.deepEqual(await numbers(client.readStream(kept)), [0, 1, 2]);
  assert.deepEqual(await numbers(client.readStream(gone)), []);
  const after = client.readAll({ fromPosition: at, maxCount: 10 });
  assert.deepEqual(await numbers(after), [], 'nothing comes after');
  let count = 0;
  for await (const _ of client.readAll({ direction: BACKWARDS, fromPosition: END })) count++;
  assert.equal(count, 4, 'three events and the metadata');

  await client.appendToStream(kept, events(2));
  for (const subscription of [live, inGap]) assert.deepEqual(await next(subscription, 2), [0, 1]);
  await client.setStreamMetadata(gone, { truncateBefore: 5 });
  await client.appendToStream(gone, events(2));
  assert.deepEqual(await next(ofStream, 2), [0, 1]);
});
