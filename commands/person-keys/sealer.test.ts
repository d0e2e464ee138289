import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { keysInMemory, masterKey } from '../testing/side.js';
import { createSealer, othersIn, PersonErased } from './sealer.js';

it('gives back what was sealed, whatever it is, and never shows it', async () => {
  const sealer = createSealer(masterKey, keysInMemory());
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      const sealed = await sealer.seal('player-a', text);
      assert.match(sealed, /^sealed:[A-Za-z0-9_-]+$/);
      assert.equal(await sealer.open('player-a', sealed), text);
      assert.notEqual(await sealer.seal('player-a', text), sealed, 'the same text does not look the same');
    }),
    { numRuns: 50 },
  );
});

it('opens nothing for another person, and nothing once the key is destroyed', async () => {
  const keys = keysInMemory();
  const sealer = createSealer(masterKey, keys);
  const sealed = await sealer.seal('player-a', 'secret');
  await sealer.seal('player-b', 'other');
  assert.equal(await sealer.open('player-b', sealed), null);
  assert.equal(await sealer.open('player-c', sealed), null);
  // Not even with the other's key put in the place of one's own.
  keys.kept.set('player-b', keys.kept.get('player-a')!);
  await assert.rejects(createSealer(masterKey, keys).open('player-b', sealed));
  keys.kept.delete('player-a');
  assert.equal(await createSealer(masterKey, keys).open('player-a', sealed), null);
});

it('opens what is sealed for several with all their keys, and without any of them not', async () => {
  for (const gone of ['player-a', 'player-b', 'player-c']) {
    const keys = keysInMemory();
    const sealer = createSealer(masterKey, keys);
    const sealed = await sealer.seal('player-a', 'of us all', ['player-b', 'player-c']);
    assert.equal(await sealer.open('player-a', sealed), 'of us all');
    assert.deepEqual(othersIn(sealed), ['player-b', 'player-c']);
    assert.equal(await sealer.open('player-b', sealed), null, 'not by another');
    await keys.destroy(gone);
    assert.equal(await sealer.open('player-a', sealed), 'of us all', 'as long as the key is in memory');
    sealer.forget(gone);
    assert.equal(await sealer.open('player-a', sealed), null);
  }
});

it('seals nothing for somebody whose key was destroyed, who never has another', async () => {
  const keys = keysInMemory();
  const sealer = createSealer(masterKey, keys);
  const sealed = await sealer.seal('player-a', 'secret');
  await sealer.destroy('player-a');
  await assert.rejects(sealer.seal('player-a', 'more'), PersonErased);
  await assert.rejects(sealer.seal('player-b', 'of both', ['player-a']), PersonErased);
  assert.equal(await sealer.open('player-a', sealed), null);
  await sealer.destroy('player-never-known');
  await assert.rejects(createSealer(masterKey, keys).seal('player-never-known', 'text'), PersonErased);
});

it('opens after a restart with the same keys, and under parallel first uses', async () => {
  const keys = keysInMemory();
  const sealers = [1, 2, 3].map(() => createSealer(masterKey, keys));
  const sealed = await Promise.all(sealers.map((sealer, n) => sealer.seal('player-a', `text ${n}`)));
  const reader = createSealer(masterKey, keys);
  for (const [n, one] of sealed.entries()) assert.equal(await reader.open('player-a', one), `text ${n}`);
  assert.ok(!Buffer.concat([...keys.kept.values()]).includes(masterKey));
});

it('opens nothing that was touched, cut or is no seal', async () => {
  const sealer = createSealer(masterKey, keysInMemory());
  const sealed = await sealer.seal('player-a', 'secret');
  const box = Buffer.from(sealed.slice(7), 'base64url');
  for (let at = 0; at < box.length; at++) {
    const touched = Buffer.from(box);
    touched[at]! ^= 1;
    assert.equal(await sealer.open('player-a', `sealed:${touched.toString('base64url')}`), null);
    assert.equal(await sealer.open('player-a', `sealed:${box.toString('base64url', 0, at)}`), null);
  }
  for (const text of ['', 'secret', 'sealed:', 'sealed:!!', sealed.slice(7)])
    assert.equal(await sealer.open('player-a', text), null);
});
