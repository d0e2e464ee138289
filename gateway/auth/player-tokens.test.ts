import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createTokens } from './player-tokens.js';

const [before, after] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const now = () => new Date();

it('while a key takes over from another, tokens of either are good, and new ones are of the new key', async () => {
  const old = createTokens([before], now);
  const both = createTokens([after, before], now);
  const claims = { kind: 'client' as const, clientId: 'studio' };
  const ofBefore = (await old.issue(claims)).token;
  const ofAfter = (await both.issue(claims)).token;
  for (const token of [ofBefore, ofAfter]) assert.equal((await both.read(token))?.clientId, 'studio');
  const alone = createTokens([after], now);
  assert.equal((await alone.read(ofAfter))?.clientId, 'studio');
  assert.deepEqual([await alone.read(ofBefore), await old.read(ofAfter)], [null, null]);
});
