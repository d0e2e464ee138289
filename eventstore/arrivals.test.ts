import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { arrivals } from './arrivals.js';
import { all } from './testing/events.js';

/** Numbers without end, and how many of them were taken. */
function numbers(highWaterMark = 16) {
  const made = { count: 0 };
  const read = function (this: Readable) {
    this.push(++made.count);
  };
  return { made, source: new Readable({ objectMode: true, highWaterMark, read }) };
}

const turns = async (count: number) => {
  for (let n = 0; n < count; n++) await endOfTurn();
};

const promises = async (count: number) => {
  for (let n = 0; n < count; n++) await null;
};

it('a source is held up while what has arrived is not taken, and goes on when it is', async () => {
  const { made, source } = numbers();
  const batches = arrivals<number>(source, { max: 50 });
  const seen: number[] = [];
  for (let round = 1; round <= 5; round++) {
    const { value } = await batches.next();
    assert.ok(value!.length <= 50);
    seen.push(...value!);
    await turns(20);
    assert.ok(made.count <= seen.length + 50 + 16, `${made.count} made, ${seen.length} taken`);
  }
  assert.deepEqual(
    seen,
    seen.map((_, n) => n + 1),
  );
  assert.ok(seen.length > 100);
  await batches.return(undefined);
});

it('what arrives in one turn comes together, and all of it before the end', async () => {
  const source = new Readable({ objectMode: true, read() {} });
  const batches = all(arrivals(source, { max: 10 }));
  for (const ones of [
    [1, 2, 3, 4],
    [5, 6],
  ]) {
    await turns(2);
    for (const one of ones) {
      source.push(one);
      await promises(5);
    }
  }
  source.push(null);
  assert.deepEqual(await batches, [
    [1, 2, 3, 4],
    [5, 6],
  ]);
});

it('what arrived before a failure is given first', async () => {
  const source = new Readable({ objectMode: true, read() {} });
  const batches = arrivals<number>(source, { max: 10 });
  const first = batches.next();
  source.push(1);
  source.push(2);
  await first.then(({ value }) => assert.deepEqual(value, [1, 2]));
  source.push(3);
  await turns(2);
  source.destroy(new Error('broken'));
  await turns(2);
  assert.deepEqual((await batches.next()).value, [3]);
  await assert.rejects(batches.next(), /broken/);
});

it('it ends when it is told to, and takes nothing any more', async () => {
  const source = new Readable({ objectMode: true, read() {} });
  const stop = new AbortController();
  const batches = arrivals<number>(source, { max: 10, signal: stop.signal });
  const next = batches.next();
  await turns(1);
  stop.abort();
  assert.deepEqual(await next, { value: undefined, done: true });
  assert.equal(source.listenerCount('data'), 0);
});
