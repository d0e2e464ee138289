import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Engine, openEngine } from './engine.js';
import { proposed, shown, temporaryFolder } from './testing.js';
import type { Expectation, WriteOutcome } from './types.js';

/** The log as simply as it can be told: what each stream holds, and whether it was deleted. */
type ModelStream = { ids: number[]; hidden: number; soft: boolean; dead: boolean; metadata: number };
type Model = Map<string, ModelStream>;
type Step =
  | { kind: 'append'; stream: string; expected: Expectation; ids: number[] }
  | { kind: 'delete' | 'tombstone'; stream: string; expected: Expectation }
  | { kind: 'restart' };

const fresh = (): ModelStream => ({ ids: [], hidden: 0, soft: false, dead: false, metadata: 0 });
const streamOfModel = (model: Model, name: string) => {
  if (!model.has(name)) model.set(name, fresh());
  return model.get(name)!;
};

function expectation(stream: ModelStream, expected: Expectation): 'ok' | 'wrong' | 'deleted' {
  const head = stream.ids.length - 1;
  if (expected === 'any') return 'ok';
  if (expected === 'stream_exists') {
    if (stream.soft) return 'deleted';
    return head >= 0 || stream.metadata > 0 ? 'ok' : 'wrong';
  }
  if (expected === 'no_stream') return head < 0 || stream.soft ? 'ok' : 'wrong';
  return expected === head ? 'ok' : 'wrong';
}

function applyAppend(stream: ModelStream, expected: Expectation, ids: number[]): string {
  if (stream.dead || (expected === 'stream_exists' && stream.soft)) return 'stream_deleted';
  const at = ids.map((id) => stream.ids.indexOf(id));
  const known = at.filter((revision) => revision >= 0).length;
  const after = expected === 'no_stream' ? -1 : expected;
  const lies =
    typeof after === 'string' || after === stream.ids.length - 1 || at.every((r, i) => r === after + 1 + i);
  if (known === ids.length && lies && (typeof after === 'string' || after < stream.ids.length)) {
    return `written ${Math.max(...at)}`;
  }
  const answer = expectation(stream, expected);
  if (answer !== 'ok' || known > 0) return 'wrong_expected_version';
  if (stream.soft)
    Object.assign(stream, { hidden: stream.ids.length, soft: false, metadata: stream.metadata + 1 });
  stream.ids.push(...ids);
  return `written ${stream.ids.length - 1}`;
}

function applyRemoval(stream: ModelStream, kind: 'delete' | 'tombstone', expected: Expectation): string {
  if (stream.dead) return 'stream_deleted';
  const answer = expectation(stream, expected);
  if (answer !== 'ok') return answer === 'deleted' ? 'stream_deleted' : 'wrong_expected_version';
  if (kind === 'tombstone') stream.dead = true;
  else Object.assign(stream, { soft: true, metadata: stream.metadata + 1, hidden: Infinity });
  return `written ${stream.ids.length - 1}`;
}

const id = (n: number) => Buffer.alloc(16, n);
const told = (outcome: WriteOutcome) =>
  outcome.outcome === 'written' ? `written ${outcome.revision}` : outcome.outcome;

function compare(engine: Engine, model: Model): void {
  const all = engine.readAll({ from: 0, max: 10_000 }).map(shown);
  assert.deepEqual(
    all.map(({ position }) => position),
    all.map((_, i) => i + 1),
  );
  for (const [name, { ids, hidden, soft, dead }] of model) {
    const mine = all.filter(({ stream, type }) => stream === name && type === 'Tested');
    assert.deepEqual(
      mine.map((event) => event.id),
      ids.map((n) => id(n).toString('hex')),
    );
    const slice = engine.readStream({ stream: name, from: 0, max: 10_000 });
    if (dead) assert.equal(slice.status, 'deleted');
    else if (soft || ids.length === 0) assert.equal(slice.status, 'not_found');
    else {
      assert.ok(slice.status === 'ok');
      assert.deepEqual(slice.records.map(shown), mine.slice(hidden));
      const back = engine.readStream({ stream: name, from: 'end', backwards: true, max: 10_000 });
      assert.ok(back.status === 'ok');
      assert.deepEqual(back.records.map(shown), mine.slice(hidden).reverse());
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
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('append' as const), stream, expected, ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), stream, expected }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tombstone' as const), stream, expected }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);

test('any history of appends, retries and deletes reads as the simplest model says', async (t) => {
  const dir = temporaryFolder(t);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      rmSync(dir, { recursive: true, force: true });
      let engine = await openEngine({ dir });
      const model: Model = new Map();
      try {
        for (const one of steps) {
          if (one.kind === 'restart') {
            await engine.close();
            engine = await openEngine({ dir });
          } else await both(engine, model, one);
        }
        compare(engine, model);
      } finally {
        await engine.close();
      }
    }),
    { numRuns: 60 },
  );
});

async function both(engine: Engine, model: Model, one: Exclude<Step, { kind: 'restart' }>): Promise<void> {
  const modelled = streamOfModel(model, one.stream);
  if (one.kind === 'append') {
    const events = one.ids.map((n) => proposed(n, id(n)));
    const outcome = await engine.append({ stream: one.stream, expected: one.expected, events });
    assert.equal(told(outcome), applyAppend(modelled, one.expected, one.ids), JSON.stringify(one));
  } else {
    const how = one.kind === 'delete' ? engine.deleteStream : engine.tombstone;
    const outcome = await how(one.stream, one.expected);
    assert.equal(told(outcome), applyRemoval(modelled, one.kind, one.expected), JSON.stringify(one));
  }
}
