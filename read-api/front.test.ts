import assert from 'node:assert/strict';
import { it } from 'node:test';
import { z } from 'zod';
import type { Caller } from '../domain/access/caller.js';
import { type Asked, Front } from './front.js';

it('leaves on the request who asked, for whoever counts them', async () => {
  const caller = { kind: 'client', clientId: 'c', keyId: 'k' } as Caller;
  const front = new Front({} as never, {} as never, { authenticate: async () => caller } as never);
  const asked: Asked = { headers: {}, params: {}, query: {} };
  await front.answer(asked, z.object({ needed: z.string() }), () => ({}));
  assert.equal(asked.caller, caller, 'also where what was asked is no question');
});
