import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { readAs, UnreadableEvent } from '../read.js';
import { findings, renewed, shapesOf } from '../testing/lock.js';
import { older, type StoredType, storedAs } from './versions.js';

/** A type that has changed twice: a name was split off, then a number got its unit. */
const first = z.object({ pet: z.string(), years: z.number().optional() });
const second = z.object({ name: z.string(), kind: z.string(), years: z.number().optional() });
const third = z.object({
  name: z.string(),
  kind: z.string(),
  ageMonths: z.number(),
  toys: z.number().optional(),
});
const from1to2 = ({ pet, ...rest }: z.infer<typeof first>) => {
  const [name = '', kind = 'cat'] = pet.split(' the ');
  return { name, kind, ...rest };
};
const from2to3 = ({ years = 0, ...rest }: z.infer<typeof second>) => ({ ...rest, ageMonths: years * 12 });
const petAdopted = storedAs(third, older(first, from1to2), older(second, from2to3));

const event = (data: unknown, metadata?: unknown) => ({ id: 'e1', type: 'PetAdopted', data, metadata });
const read = (data: unknown, version?: unknown) =>
  readAs(petAdopted, event(data, version === undefined ? {} : { schemaVersion: version }));

describe('a stored event of an older version', () => {
  it('is brought to the current shape step by step; without a version it is of the first', () => {
    assert.equal(petAdopted.version, 3);
    const rex = { name: 'Rex', kind: 'dog', ageMonths: 24 };
    assert.deepEqual(read({ pet: 'Rex the dog', years: 2 }, 1), rex);
    assert.deepEqual(read({ pet: 'Rex the dog', years: 2 }), rex);
    for (const none of [undefined, null, {}, 'x'])
      assert.deepEqual(readAs(petAdopted, event({ pet: 'Rex the dog', years: 2 }, none)), rex);
    assert.deepEqual(read({ name: 'Rex', kind: 'dog', years: 2 }, 2), rex);
    assert.deepEqual(read({ ...rex, toys: 3 }, 3), { ...rex, toys: 3 });
  });

  it('whatever it holds, is read as its later selves are', () => {
    const pet = fc.record(
      { pet: fc.string(), years: fc.nat() },
      { requiredKeys: ['pet'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(pet, (data) => {
        const before = structuredClone(data);
        const now = read(data, 1);
        assert.deepEqual(now, read(from1to2(data), 2));
        assert.deepEqual(now, read(from2to3(from1to2(data)), 3));
        assert.deepEqual(data, before, 'what was stored is not touched');
      }),
    );
  });

  it('that does not fit its own version is unreadable: named by id, type and field', () => {
    const refused = (data: unknown, version: unknown, what: RegExp) =>
      assert.throws(
        () => read(data, version),
        (error) =>
          error instanceof UnreadableEvent &&
          error.message.startsWith('event e1 (PetAdopted): ') &&
          what.test(error.message),
      );
    refused({ name: 'Rex', kind: 'dog' }, 1, /data\.pet: /);
    refused({ pet: 'Rex the dog' }, 2, /data\.name: /);
    refused({ pet: 'Rex the dog' }, 3, /data\.name: /);
    refused(null, 1, /data: /);
    refused({ pet: 'Rex' }, 4, /version 4 is newer than this program, which reads 3/);
    for (const version of [0, -1, 1.5, '1', Number.NaN, {}])
      refused({ pet: 'Rex' }, version, /schemaVersion/);
  });
});

it('a step that fails makes its event unreadable, and nothing else', () => {
  const broken = storedAs(
    third,
    older(first, () => {
      throw new Error('no such pet');
    }),
  );
  assert.throws(
    () => readAs(broken, event({ pet: 'Rex' })),
    (error) =>
      error instanceof UnreadableEvent &&
      error.message === 'event e1 (PetAdopted): from version 1: no such pet',
  );
});

describe('the lock of stored shapes', () => {
  const locks = shapesOf({ PetAdopted: petAdopted });
  const changed = (shape: z.ZodObject, ...before: StoredType['older'][number][]) => {
    const types = { PetAdopted: storedAs(shape, ...(before.length > 0 ? before : petAdopted.older)) };
    const { write, refused } = renewed(types, locks);
    return {
      found: findings(types, locks).map(({ says }) => says),
      written: write.map(([name]) => name),
      refused,
    };
  };

  it('says nothing while nothing has changed, in whatever order fields stand', () => {
    const { toys, ...others } = third.shape;
    assert.deepEqual(changed(z.object({ toys, ...others })).found, []);
  });

  it('takes a new optional field or choice, but only when told to', () => {
    const { found, written, refused } = changed(third.extend({ colour: z.string().optional() }));
    assert.match(
      found.join(),
      /PetAdopted\.v3 has grown: data\.colour is new and optional.*lock\.js --write/s,
    );
    assert.deepEqual([written, refused], [['PetAdopted.v3'], []]);
    const [two, three] = [
      ['a', 'b'],
      ['b', 'c', 'a'],
    ].map((choices) => ({ X: storedAs(z.object({ x: z.enum(choices) })) }));
    assert.equal(renewed(three!, shapesOf(two!)).write.length, 1);
    assert.equal(renewed(two!, shapesOf(three!)).refused.length, 1);
  });

  it('takes nothing else under the same version, and says what to do', () => {
    const { toys: _, ...toyless } = third.shape;
    const { name, ...nameless } = third.shape;
    const changes: [z.ZodObject, RegExp][] = [
      [z.object(toyless), /data\.toys is gone/],
      [z.object({ ...nameless, called: name }), /data\.name is gone.*data\.called is new and required/],
      [third.extend({ colour: z.string() }), /data\.colour is new and required/],
      [third.extend({ toys: z.number() }), /data\.toys has become required/],
      [third.extend({ name: z.string().optional() }), /data\.name is no longer required/],
      [third.extend({ name: z.number() }), /data\.name was .*string.* and is .*number/],
      [third.extend({ name: z.string().min(1) }), /data\.name was/],
      [third.extend({ kind: z.enum(['cat']) }), /data\.kind is one of a list/],
      [third.extend({ name: z.object({ first: z.string() }) }), /data\.name/],
    ];
    for (const [shape, what] of changes) {
      const { found, written, refused } = changed(shape);
      assert.match(found.join(), what);
      assert.match(
        refused.join(),
        /older\(.*from3to4.*it is version 4.*PetAdopted\.v4\.json.*lock\.js --write/s,
      );
      assert.deepEqual(written, []);
    }
  });

  it('holds older versions too: their shapes stay, and none is dropped', () => {
    const other = older(first.extend({ pet: z.number() }), () => ({}));
    assert.match(changed(third, other, petAdopted.older[1]!).refused.join(), /PetAdopted\.v1: data\.pet was/);
    assert.match(
      findings({}, locks)
        .map(({ says }) => says)
        .join(),
      /PetAdopted\.v1 was stored/,
    );
    const dropped = changed(third, petAdopted.older[0]!);
    assert.match(dropped.refused.join(), /PetAdopted\.v3 was stored, and must stay readable/);
  });

  it('takes a new version beside the old ones', () => {
    const fourth = z.object({ name: z.string() });
    const { written, refused } = changed(
      fourth,
      ...petAdopted.older,
      older(third, ({ name }) => ({ name })),
    );
    assert.deepEqual([written, refused], [['PetAdopted.v4'], []]);
  });

  it('refuses a rule that it could not hold', () => {
    for (const hidden of [z.string().refine(Boolean), z.string().transform(Number), z.string().default('x')])
      assert.throws(() => shapesOf({ X: storedAs(z.object({ x: hidden })) }), /cannot be locked/);
  });
});
