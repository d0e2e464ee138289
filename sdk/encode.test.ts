import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { byteLength, decodeStored, encodeEvent, encodeFrame, newId } from './encode.js';
import { CompanionError } from './errors.js';
import { clientFrame, MAX_EVENT_BYTES } from './protocol.js';
import { id } from './testing/companions.js';

test('bytes are those of UTF-8', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      assert.equal(byteLength(text), Buffer.byteLength(text));
    }),
  );
});

test('ids are UUIDs of version 4, also on pages that are not secure', (t) => {
  const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newId(), version4);
  const getRandomValues = crypto.getRandomValues.bind(crypto);
  const secure = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
  t.after(() => Object.defineProperty(globalThis, 'crypto', secure));
  Object.defineProperty(globalThis, 'crypto', { value: { getRandomValues }, configurable: true });
  const ids = Array.from({ length: 1000 }, newId);
  for (const each of ids) assert.match(each, version4);
  assert.equal(new Set(ids).size, 1000);
});

// ISO 8601 writes years beyond these in another form, which the engine does not read.
const years = fc.date({ noInvalidDate: true, min: new Date(-6e13), max: new Date(2.5e14) });

test('whatever JSON a game sends is sent as it is, alone and among others', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), years, (context, at) => {
      const { frame, batched } = encodeEvent({ type: 'custom.x', at, context }, id(1));
      const event = JSON.parse(JSON.stringify({ type: 'custom.x', at, context }));
      assert.deepEqual(JSON.parse(frame), { type: 'game_event', id: id(1), event });
      assert.deepEqual(JSON.parse(batched!.text), { ...event, id: id(1) });
      assert.equal(batched!.bytes, Buffer.byteLength(batched!.text));
      assert.deepEqual(decodeStored(frame), { id: id(1), frame, batched });
    }),
  );
});

test('data and context together: exactly 16 KiB pass, one byte more does not', () => {
  const context = { a: '宝' };
  const rest = MAX_EVENT_BYTES - Buffer.byteLength(JSON.stringify(context)) - '{"b":""}'.length;
  const of = (size: number) => ({ type: 'custom.x' as const, context, data: { b: 'x'.repeat(size) } });
  assert.ok(clientFrame.safeParse(JSON.parse(encodeEvent(of(rest), id(1)).frame)).success);
  assert.throws(
    () => encodeEvent(of(rest + 1), id(1)),
    (error) =>
      error instanceof CompanionError && error.code === 'too_large' && /16385 bytes/.test(error.message),
  );
});

test('only what is to be acknowledged comes back from a store', () => {
  const chat = encodeFrame({ type: 'chat_message', id: id(2), text: 'hi' });
  assert.deepEqual(decodeStored(chat.frame), chat);
  for (const frame of [
    '',
    'null',
    '{"type":"ping"}',
    '{"type":"hello","protocol":1}',
    chat.frame.replace('hi', ''),
  ])
    assert.equal(decodeStored(frame), undefined);
});
