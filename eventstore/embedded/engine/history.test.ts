import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Engine, openEngine } from './engine.js';
import { metadata, proposed, shown, temporaryFolder } from './testing.js';
import type { Expectation, WriteOutcome } from './types.js';
import { verifyLog } from './verify.js';

/** The log as simply as it can be told: what each stream held, what of it is still there, what was said of it. */
type ModelStream = {
  ids: number[];
  floor: number;
  tb: number;
  maxCount: number;
  soft: boolean;
  dead: boolean;
};
type Model = { streams: Map<string, ModelStream>; log: Entry[]; last: number };
type Entry = { position: number; stream: string; revision: number };
type Limits = { $tb?: number; $maxCount?: number };
type Step =
  | { kind: 'append'; stream: string; expected: Expectation; ids: number[] }
  | { kind: 'delete' | 'tombstone'; stream: string; expected: Expectation }
  | { kind: 'metadata'; stream: string; limits: Limits }
  | { kind: 'scavenge' }
  | { kind: 'restart' };

const fresh = () => ({ ids: [], floor: 0, tb: 0, maxCount: Infinity, soft: false, dead: false });
const streamOfModel = ({ streams }: Model, name: string): ModelStream => {
  if (!streams.has(name)) streams.set(name, fresh());
  return streams.get(name)!;
};
const visible = ({ ids, floor, tb, maxCount }: ModelStream) => Math.max(floor, tb, ids.length - maxCount);

function write(model: Model, name: string, id: number): void {
  const revision = streamOfModel(model, name).ids.push(id) - 1;
  model.log.push({ position: ++model.last, stream: name, revision });
}

function limit(model: Model, name: string, { $tb = 0, $maxCount = Infinity }: Limits, soft = false): void {
  write(model, `$$${name}`, -1);
  const was = streamOfModel(model, name);
  const revived = was.soft && !soft;
  Object.assign(was, { tb: $tb, maxCount: $maxCount, soft });
  if (revived) limit(model, name, { $tb: was.ids.length, $maxCount });
}

function scavenge(model: Model): void {
  for (const [name, stream] of model.streams) {
    const { ids, dead, soft } = stream;
    if (name.startsWith('$$')) stream.floor = ids.length - (streamOfModel(model, name.slice(2)).dead ? 0 : 1);
    else stream.floor = dead || soft ? ids.length : Math.min(ids.length, visible(stream));
  }
  model.log = model.log.filter(
    ({ stream, revision }) => revision < 0 || revision >= streamOfModel(model, stream).floor,
  );
}

function expectation(stream: ModelStream, expected: Expectation, hasMetadata: boolean) {
  const head = stream.ids.length - 1;
  if (expected === 'any') return 'ok';
  if (expected === 'stream_exists') {
    if (stream.soft) return 'deleted';
    return head >= 0 || hasMetadata ? 'ok' : 'wrong';
  }
  if (expected === 'no_stream') return head < 0 || stream.soft ? 'ok' : 'wrong';
  return expected === head ? 'ok' : 'wrong';
}

function applyAppend(model: Model, name: string, expected: Expectation, ids: number[]): string {
  const stream = streamOfModel(model, name);
  if (stream.dead || (expected === 'stream_exists' && stream.soft)) return 'stream_deleted';
  const at = ids.map((id) => stream.ids.lastIndexOf(id)).map((at) => (at < stream.floor ? -1 : at));
  const known = at.filter((revision) => revision >= 0).length;
  const after = expected === 'no_stream' ? -1 : expected;
  const lies =
    typeof after === 'string' || after === stream.ids.length - 1 || at.every((r, i) => r === after + 1 + i);
  if (known === ids.length && lies && (typeof after === 'string' || after < stream.ids.length)) {
    return `written ${Math.max(...at)}`;
  }
  const answer = expectation(stream, expected, model.streams.has(`$$${name}`));
  if (answer !== 'ok' || known > 0) return 'wrong_expected_version';
  const before = stream.ids.length;
  for (const id of ids) write(model, name, id);
  if (stream.soft) {
    stream.soft = false;
    limit(model, name, { $tb: before });
  }
  return `written ${stream.ids.length - 1}`;
}

function applyRemoval(model: Model, { kind, stream: name, expected }: Removal): string {
  const stream = streamOfModel(model, name);
  if (stream.dead) return 'stream_deleted';
  const answer = expectation(stream, expected, model.streams.has(`$$${name}`));
  if (answer !== 'ok') return answer === 'deleted' ? 'stream_deleted' : 'wrong_expected_version';
  if (kind === 'delete') limit(model, name, {}, true);
  else {
    stream.dead = true;
    model.log.push({ position: ++model.last, stream: name, revision: -1 });
  }
  return `written ${stream.ids.length - 1}`;
}

type Removal = Extract<Step, { kind: 'delete' | 'tombstone' }>;

const id = (n: number) => Buffer.alloc(16, n);
const told = (outcome: WriteOutcome) =>
  outcome.outcome === 'written' ? `written ${outcome.revision}` : outcome.outcome;

const entry = ({ position, stream, revision }: Entry): Entry => ({ position, stream, revision });

function compare(engine: Engine, { log, streams, last }: Model): void {
  const all = engine.readAll({ from: 0, max: 10_000 }).map(shown);
  assert.deepEqual(all.map(entry), log);
  for (let from = 0; from <= last + 1; from += 3) {
    const later = engine.readAll({ from, max: 4 }).map(shown);
    assert.deepEqual(later, all.filter(({ position }) => position >= from).slice(0, 4));
    const earlier = engine.readAll({ from, backwards: true, max: 4 }).map(shown);
    assert.deepEqual(
      earlier,
      all
        .filter(({ position }) => position < from)
        .reverse()
        .slice(0, 4),
    );
  }
  for (const [name, modelled] of streams) {
    if (name.startsWith('$$')) continue;
    const mine = all.filter(({ stream, revision }) => stream === name && revision >= 0);
    const ids = modelled.ids.slice(modelled.floor).map((n) => id(n).toString('hex'));
    assert.deepEqual(
      mine.map((event) => event.id),
      ids,
    );
    const slice = engine.readStream({ stream: name, from: 0, max: 10_000 });
    const back = engine.readStream({ stream: name, from: 'end', backwards: true, max: 10_000 });
    if (modelled.dead) assert.equal(slice.status, 'deleted');
    else if (modelled.soft || modelled.ids.length === 0) assert.equal(slice.status, 'not_found');
    else {
      assert.ok(slice.status === 'ok' && back.status === 'ok');
      const inSight = mine.filter(({ revision }) => revision >= visible(modelled));
      assert.deepEqual(slice.records.map(shown), inSight);
      assert.deepEqual(back.records.map(shown), inSight.reverse());
    }
  }
}

const stream = fc.constantFrom('a', 'b');
const expected: fc.Arbitrary<Expectation> = fc.oneof(
  fc.constantFrom<Expectation>('any', 'no_stream', 'stream_exists'),
  fc.integer({ min: 0, max: 6 }),
);
const ids = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }))
  .map(([from, n]) => Array.from({ length: n }, (_, i) => from + i));
const limits = fc.record(
  { $tb: fc.integer({ min: 0, max: 9 }), $maxCount: fc.integer({ min: 1, max: 4 }) },
  { requiredKeys: [] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('append' as const), stream, expected, ids }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('metadata' as const), stream, limits }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), stream, expected }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tombstone' as const), stream, expected }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('scavenge' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

/**
 * The index is moved, and its ids merged, at once, a little with each commit, or never; what is committed goes into
 * the trees at once, soon, or at the end.
 */
const paces = fc
  .tuple(
    fc.constantFrom(
      { part: 1, step: 1 / 64 },
      { part: 4, step: 1 / 64 },
      { part: 3, step: 1 / 4 },
      { part: 8, step: 1 },
      { part: 1000, step: 1 },
    ),
    fc.constantFrom({ direct: 0 }, { direct: 400 }, { settle: 0 }, { settle: 3 }, { settle: 10_000 }),
  )
  .map(([index, ahead]) => ({ ...index, ...ahead }));

test('any history of appends, retries, deletes, limits and scavenges reads as the simplest model says', async (t) => {
  const dir = temporaryFolder(t);
  await fc.assert(
    fc.asyncProperty(paces, fc.array(step, { minLength: 5, maxLength: 40 }), async (pace, steps) => {
      rmSync(dir, { recursive: true, force: true });
      let engine = await openEngine({ dir, pace });
      const model: Model = { streams: new Map(), log: [], last: 0 };
      try {
        for (const one of steps) {
          if (one.kind === 'restart') {
            await engine.close();
            engine = await openEngine({ dir, pace });
          } else await both(engine, model, one);
          if (one.kind === 'restart' || one.kind === 'scavenge') compare(engine, model);
        }
        compare(engine, model);
      } finally {
        await engine.close();
      }
      const { events, lastPosition } = await verifyLog(join(dir, 'log.mdb'));
      assert.deepEqual({ events, lastPosition }, { events: model.log.length, lastPosition: model.last });
    }),
    { numRuns: process.env.AGL_LONG === '1' ? 600 : 40 },
  );
});

async function both(engine: Engine, model: Model, one: Exclude<Step, { kind: 'restart' }>): Promise<void> {
  if (one.kind === 'scavenge') {
    const before = model.log.length;
    scavenge(model);
    assert.equal((await engine.scavenge().result).events, before - model.log.length);
  } else if (one.kind === 'metadata') {
    const { outcome } = await metadata(engine, one.stream, one.limits);
    const { dead } = streamOfModel(model, one.stream);
    assert.equal(outcome, dead ? 'stream_deleted' : 'written');
    if (!dead) limit(model, one.stream, one.limits);
  } else if (one.kind === 'append') {
    const events = one.ids.map((n) => proposed(n, id(n)));
    const outcome = await engine.append({ stream: one.stream, expected: one.expected, events });
    assert.equal(told(outcome), applyAppend(model, one.stream, one.expected, one.ids), JSON.stringify(one));
  } else {
    const how = one.kind === 'delete' ? engine.deleteStream : engine.tombstone;
    const outcome = await how(one.stream, one.expected);
    assert.equal(told(outcome), applyRemoval(model, one), JSON.stringify(one));
  }
}
