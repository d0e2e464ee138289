import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { nameValue } from './ends.js';
import { openEngine } from './engine.js';
import { fingerprintOf } from './fingerprint.js';
import { checked } from './gaps.js';
import { endKey, floorKey, idKey, revisionKey, sixBytes, TOMBSTONE } from './keys.js';
import { append, metadata, proposed, temporaryFolder } from './testing.js';
import { FILE, openTrees, sealed, type Tree, type Trees, unsealed } from './trees.js';
import { verifyLog } from './verify.js';

const id = (n: number) => Buffer.alloc(16, n);

/** The index follows each commit with the next one. */
const AT_ONCE = { part: 1, step: 1 / 64 };

/** Stream 1 is `s` with revisions 2 to 5, 2 is `$$s`, 3 is `dead`; positions 1 and 2 were scavenged. */
async function sampleLog(dir: string): Promise<string> {
  const engine = await openEngine({ dir, pace: { ...AT_ONCE, direct: 0 } });
  await append(
    engine,
    's',
    'any',
    [1, 2, 3, 4, 5, 6].map((n) => proposed(n, id(n))),
  );
  await metadata(engine, 's', { $tb: 2 });
  await append(engine, 'dead', 'any', [proposed(0, id(9))]);
  await engine.tombstone('dead', 'any');
  for (const n of [10, 11]) await append(engine, 'last', 'any', [proposed(n, id(n))]);
  await engine.scavenge().result;
  await engine.close();
  return join(dir, FILE);
}

/** Of the ids of stream 1. */
function loseId({ ids }: Trees, gone: Buffer): void {
  const { high, low } = fingerprintOf(1, gone);
  const needle = Buffer.from(Uint32Array.of(high, low).buffer);
  for (const { key, value } of [...ids!.getRange({})]) {
    const bytes = unsealed(value, 'a block');
    const at = bytes.indexOf(needle);
    if (at < 0) continue;
    ids!.putSync(key, sealed(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 16)])));
  }
}

const firstKey = (tree: Tree) => [...tree.getKeys({ limit: 1 })][0]!;

const planted: [string, RegExp, (trees: Trees) => unknown][] = [
  ['an event is lost', /position 4: it is missing/, ({ log }) => log.removeSync(sixBytes(4))],
  ['the first one is lost', /position 3: it is missing/, ({ log }) => log.removeSync(sixBytes(3))],
  [
    'an event is another one',
    /position 4: it is event 5/,
    ({ log }) => log.putSync(sixBytes(4), log.getBinary(sixBytes(5))!),
  ],
  ['a gap is lost', /position 1: it is missing/, ({ gaps }) => gaps!.removeSync(sixBytes(1))],
  [
    'a gap is longer than it is',
    /position 3: it is there, though told of as scavenged/,
    ({ gaps }) => gaps!.putSync(sixBytes(1), checked(sixBytes(1), 3)),
  ],
  [
    'a gap is where events are',
    /scavenged events that are not missing/,
    ({ gaps }) => gaps!.putSync(sixBytes(5), checked(sixBytes(5), 5)),
  ],
  ['a gap is not what was written', /wrong checksum/, ({ gaps }) => gaps!.putSync(sixBytes(1), sixBytes(2))],
  [
    'an index entry is lost',
    /revision 4 of stream 1 is missing/,
    ({ index }) => index.removeSync(revisionKey(1, 4)),
  ],
  [
    'an index entry leads elsewhere',
    /position 5: the index of s leads to position 6 instead/,
    ({ index }) => index.putSync(revisionKey(1, 4), sixBytes(6)),
  ],
  ['an id is lost', /position 5: its id is not in the index of s/, (trees) => loseId(trees, id(5))],
  [
    'a block of ids is lost',
    /a block of its ids \(1, \d+\) is missing/,
    ({ ids }) => ids!.removeSync(firstKey(ids!)),
  ],
  [
    'a filter is lost',
    /a filter \(1, \d+\) is missing/,
    ({ filters }) => filters!.removeSync(firstKey(filters!)),
  ],
  [
    'what is not in the index yet is lost',
    /it ends at position 11, its index does not/,
    ({ tail }) => tail!.removeSync(sixBytes(11)),
  ],
  [
    'what is not in the index yet is another',
    /checksum of the index from position 11 on is wrong/,
    ({ tail }) => tail!.putSync(sixBytes(11), Buffer.alloc(24)),
  ],
  [
    'the state of the index is lost',
    /the state of its index is missing/,
    ({ meta }) => meta.removeSync(Buffer.from('state')),
  ],
  ['the id of the log is lost', /its id is missing/, ({ meta }) => meta.removeSync(Buffer.from('id'))],
  [
    'the end of a stream is lost',
    /the index of stream 1 does not end as it must/,
    ({ index }) => index.removeSync(endKey(1)),
  ],
  [
    'the end of a stream is too early',
    /stream 1 ends before revision 6, and says before 5/,
    ({ index }) => index.putSync(endKey(1), checked(endKey(1), 5)),
  ],
  [
    'an id is too many',
    /7 entries of 7 events, 1 of 0 ids/,
    ({ index }) => index.putSync(idKey(1, id(77)), sixBytes(2)),
  ],
  [
    'a revision is too many',
    /revision 6 of stream 1 is missing/,
    ({ index }) => index.putSync(revisionKey(1, 7), sixBytes(6)),
  ],
  [
    'a tombstone is too many',
    /8 entries of 7 events/,
    ({ index }) => index.putSync(revisionKey(1, TOMBSTONE), sixBytes(6)),
  ],
  ['a floor is lost', /revision 0 of stream 1 is missing/, ({ index }) => index.removeSync(floorKey(1))],
  ['a name is lost', /it has 3 names of 4 streams/, ({ names }) => names.removeSync(Buffer.from('s'))],
  [
    'a name is another one',
    /its stream s is not among the names/,
    ({ names }) => {
      names.removeSync(Buffer.from('s'));
      return names.putSync(Buffer.from('t'), nameValue(Buffer.from('t'), 1));
    },
  ],
  [
    'a name is not what was written',
    /the name of stream 1 is not what was written/,
    ({ names }) => names.putSync(Buffer.from('s'), nameValue(Buffer.from('t'), 1)),
  ],
];

test('a whole log is verified, and of each inconsistency it is said what it is', async (t) => {
  const dir = temporaryFolder(t);
  const good = await sampleLog(join(dir, 'good'));
  assert.deepEqual(await verifyLog(good), { events: 8, streams: 4, lastPosition: 11 });
  for (const [n, [what, message, plant]] of planted.entries()) {
    const file = join(dir, `${n}.mdb`);
    copyFileSync(good, file);
    const trees = openTrees(file, { what });
    plant(trees);
    await trees.root.close();
    await assert.rejects(verifyLog(file), { kind: 'corrupt', message }, what);
  }
});

test('verifying tells how far it is', async (t) => {
  const dir = temporaryFolder(t);
  const engine = await openEngine({ dir });
  for (let i = 0; i < 5; i++) {
    await append(
      engine,
      `s${i}`,
      'any',
      Array.from({ length: 1000 }, (_, n) => proposed(n)),
    );
  }
  await engine.close();
  const shares: number[] = [];
  await verifyLog(join(dir, FILE), { tell: (share) => shares.push(share) });
  assert.deepEqual(shares, [0.4, 0.8]);
});
