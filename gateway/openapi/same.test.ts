import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import type { PlayerId } from '../../domain/kernel/ids.js';
import { answerOf } from './same.js';

type View = Readonly<{ id: PlayerId; name?: string } & { tags: readonly string[] }>;

it('a schema that says what its type says compiles, and no other does', () => {
  const whole = z.object({ id: z.string(), name: z.string().optional(), tags: z.array(z.string()) });
  assert.equal(answerOf<View>()(whole), whole);
  // @ts-expect-error a field is missing, though it is an optional one
  answerOf<View>()(z.object({ id: z.string(), tags: z.array(z.string()) }));
  // @ts-expect-error a field is too many
  answerOf<View>()(whole.extend({ more: z.string().optional() }));
  // @ts-expect-error a field is of another kind
  answerOf<View>()(whole.extend({ id: z.number() }));
  // @ts-expect-error a field is not always there
  answerOf<View>()(whole.extend({ id: z.string().optional() }));
});
