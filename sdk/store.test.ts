import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserStore, type Saved, type Store } from './store.js';
import { aCompanion, anEngine, id, isOpen, kill, recorded, settledAs } from './testing/companions.js';
import { anAction, until } from './testing/scripted-engine.js';

/** Keeps what was saved as text, as every real store does. */
function memoryStore(): Store & { text: string | undefined; saved(): Saved } {
  const store = {
    text: undefined as string | undefined,
    load: async () => (store.text === undefined ? undefined : JSON.parse(store.text)),
    save: async (saved: Saved) => {
      store.text = JSON.stringify(saved);
    },
    saved: () => JSON.parse(store.text!) as Saved,
  };
  return store;
}

const nowhere = 'ws://127.0.0.1:9/ws';

test('a reload loses nothing: same ids, same order, before what is sent later', async (t) => {
  const store = memoryStore();
  const before = aCompanion(t, nowhere, { store });
  const lost = [1, 2].map((n) => settledAs(before.companion.send(kill(n), { id: id(n) })));
  lost.push(settledAs(before.companion.chat('hello?', { id: id(3) })));
  await until('they are saved', () => store.text !== undefined && store.saved().pending.length === 3);
  await before.companion.close();
  assert.match((await lost[0])!.message, /the store keeps it/);

  const engine = await anEngine(t);
  const after = aCompanion(t, engine.url, { store });
  await after.companion.send(kill(4), { id: id(4) });
  assert.deepEqual(
    engine.log.map((event) => event.id),
    [id(1), id(2), id(3), id(4)],
  );
  assert.deepEqual(recorded(engine), [1, 2, undefined, 4]);
  await until('the store is empty', () => store.saved().pending.length === 0);
  assert.deepEqual(after.errors, []);
});

test('a game that sends its events again after a reload gets the promises of the kept ones', async (t) => {
  const store = memoryStore();
  const before = aCompanion(t, nowhere, { store });
  void before.companion.send(kill(1), { id: id(1) });
  await until('saved', () => store.text !== undefined && store.saved().pending.length === 1);
  await before.companion.close();
  const engine = await anEngine(t);
  const after = aCompanion(t, engine.url, { store });
  await until('loaded', () => after.companion.pending === 1);
  assert.equal((await after.companion.send(kill(1), { id: id(1) })).id, id(1));
  assert.equal(engine.log.length, 1);
});

test('the place of the actions is kept too; a given resume goes first', async (t) => {
  const engine = await anEngine(t);
  const store = memoryStore();
  const first = aCompanion(t, engine.url, { store, onAction: () => undefined });
  await isOpen(first);
  for (const connection of engine.connections) connection.send(anAction('a1', '17:3'));
  await until('saved', () => store.saved().resume === '17:3');
  await first.companion.close();
  const second = aCompanion(t, engine.url, { store });
  await isOpen(second);
  await second.companion.close();
  const third = aCompanion(t, engine.url, { store, resume: '9:9' });
  await isOpen(third);
  assert.deepEqual(
    engine.hellos.map((hello) => hello.resume),
    [undefined, '17:3', '9:9'],
  );
});

test('an event kept from before that the engine refuses is reported, and leaves the store', async (t) => {
  const store = memoryStore();
  const frame = JSON.stringify({ type: 'game_event', id: id(1), event: { type: 'player.dance' } });
  store.text = JSON.stringify({ pending: [{ id: id(1), frame }] });
  const engine = await anEngine(t);
  engine.answer = (sent, connection) =>
    connection.send({ type: 'error', id: sent.id, code: 'unknown_type', message: 'no such type' });
  const watched = aCompanion(t, engine.url, { store });
  await until('reported', () => watched.errors.length === 1);
  assert.equal(watched.errors[0]!.code, 'unknown_type');
  await until('gone', () => store.saved().pending.length === 0);
});

test('saves never overlap, and the last state is the last saved', async (t) => {
  const engine = await anEngine(t);
  let [now, most, last] = [0, 0, -1];
  const store: Store = {
    load: async () => undefined,
    save: async ({ pending }) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      last = pending.length;
      now--;
    },
  };
  const { companion } = aCompanion(t, engine.url, { store });
  for (let n = 0; n < 20; n++) {
    void companion.send(kill(n));
    await new Promise(setImmediate);
  }
  await companion.close({ drain: true });
  assert.equal(most, 1);
  assert.equal(last, 0);
});

test('a store that cannot be read is not written either; events go out all the same', async (t) => {
  const engine = await anEngine(t);
  let saves = 0;
  const store: Store = {
    load: () => Promise.reject(new Error('disk on fire')),
    save: async () => void saves++,
  };
  const watched = aCompanion(t, engine.url, { store });
  await watched.companion.send(kill(1));
  assert.equal(saves, 0);
  assert.match(watched.errors[0]!.message, /disk on fire/);
});

test('a store that is full is said once and does not stop events', async (t) => {
  const engine = await anEngine(t);
  const store: Store = { load: async () => undefined, save: () => Promise.reject(new Error('quota')) };
  const watched = aCompanion(t, engine.url, { store });
  for (const n of [1, 2, 3]) await watched.companion.send(kill(n));
  assert.deepEqual(
    watched.errors.map((error) => error.code),
    ['store'],
  );
});

test('a store with something else in it is said, and what is good is sent', async (t) => {
  for (const [text, expected] of [
    ['"garbage"', []],
    [JSON.stringify({ pending: [{ id: 'x', frame: '{"type":"ping"}' }] }), []],
    [
      JSON.stringify({
        pending: [
          { id: 'x', frame: '{oops' },
          { id: id(1), frame: JSON.stringify({ type: 'game_event', id: id(1), event: kill(1) }) },
        ],
      }),
      [1],
    ],
  ] as const) {
    const engine = await anEngine(t);
    const store = memoryStore();
    store.text = text;
    const watched = aCompanion(t, engine.url, { store });
    await watched.companion.send(kill(2));
    assert.deepEqual(recorded(engine), [...expected, 2]);
    assert.equal(watched.errors[0]?.code, 'store');
  }
});

test('browserStore keeps JSON under its key', async () => {
  const items = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
  };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
  const store = browserStore('agl:p1');
  assert.equal(await store.load(), undefined);
  const saved: Saved = { pending: [{ id: id(1), frame: '{}' }], resume: '1:1' };
  await store.save(saved);
  assert.deepEqual(await store.load(), saved);
  assert.deepEqual([...items.keys()], ['agl:p1']);
  items.set('agl:p1', '{broken');
  assert.equal(await store.load(), '{broken');
});

test('what is sent while the engine is away is saved in the same turn', async (t) => {
  const store = memoryStore();
  const { companion } = aCompanion(t, nowhere, { store });
  await until('loaded', () => store.text !== undefined);
  for (const n of [1, 2, 3]) {
    void companion.send(kill(n), { id: id(n) });
    await new Promise(setImmediate);
    assert.deepEqual(
      store.saved().pending.map((each) => each.id),
      [1, 2, 3].slice(0, n).map(id),
    );
  }
});
