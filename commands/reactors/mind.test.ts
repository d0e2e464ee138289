import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { openBook } from '../../domain/emotion/book.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { PlacedEvent } from '../../eventstore/log.js';
import { anEvent } from '../../eventstore/testing/events.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { aGameEvent } from '../testing/side.js';
import { Mind } from './mind.js';
import { type Snapshots, SnapshotTaker, snapshotStreamOf, snapshotsInLog } from './snapshots.js';

const book = openBook();

const PLAYER = 'player-a';
const types = [
  'player.kill',
  'player.death',
  'player.victory',
  'player.defeat',
  'player.achievement',
  'chat',
  'mute',
];

function eventOf(type: string, at: number) {
  if (type === 'mute') return { ...anEvent({ actionId: 'x', reaction: 'mute' }), type: 'FeedbackGiven' };
  const { id, ...event } = aGameEvent(type, at, { killCount: at % 17 });
  if (type === 'chat')
    return { ...anEvent({ text: 'sealed:x', at: event.at }, id), type: 'ChatMessageReceived' };
  return { ...anEvent(event, id), type: 'GameEventRecorded' };
}

const fail = (_: string, error: unknown) => assert.fail(error as Error);
const noSnapshots: Snapshots = {
  every: Number.POSITIVE_INFINITY,
  newest: async () => null,
  keep: () => undefined,
};
const wakeWhole = (log: MemoryLog, before: number) =>
  Mind.wake({ book, log, snapshots: noSnapshots }, PLAYER, before);
const companionOf = (mind: Mind): unknown => structuredClone(Reflect.get(mind, 'companion'));
const own = (log: MemoryLog) => log.events.filter(({ stream }) => stream === PLAYER);
const snapshotsIn = (log: MemoryLog) =>
  log.events.filter(({ stream }) => stream === snapshotStreamOf(PLAYER));

type Plays = { type: string; after: number; lag: number }[];
const step = fc.record({ type: fc.constantFrom(...types), after: fc.nat(90), lag: fc.nat(4) });
const steps = fc.array(step, { minLength: 1, maxLength: 40 });

/** Lives through a history; an act stands somewhere after its cause, the last ones may not be written yet. */
async function live(log: MemoryLog, plays: Plays, { unwritten = 0, lived = new Mind(book) } = {}) {
  const done = new Map<string, unknown>();
  const late: { due: number; act: ReturnType<typeof anEvent> }[] = [];
  let heard = own(log).length;
  let at = 0;
  const hear = (n: number) => {
    for (const stored of own(log).slice(heard)) {
      heard++;
      const { acted } = lived.take(stored);
      done.set(stored.id, acted);
      if (!acted || n >= plays.length - unwritten) continue;
      // As it comes back over the wire.
      const told = JSON.parse(JSON.stringify(acted));
      const act = { ...anEvent(told, derivedId(stored.id, 'companion-acted')), type: 'CompanionActed' };
      late.push({ due: n + plays[n]!.lag, act });
    }
  };
  for (const [n, { type, after }] of plays.entries()) {
    at += after;
    await log.append(PLAYER, [eventOf(type, at)], 'any');
    hear(n);
    for (const one of late.filter(({ due }) => due <= n)) {
      late.splice(late.indexOf(one), 1);
      await log.append(PLAYER, [one.act], 'any');
    }
  }
  for (const { act } of late) await log.append(PLAYER, [act], 'any');
  hear(plays.length);
  return done;
}

/** Where a companion can be woken: all that comes before was answered durably, as a checkpoint says. */
function placesOfWaking(log: MemoryLog, done: Map<string, unknown>): PlacedEvent[] {
  const written = causes(log);
  const heard = own(log);
  const open = heard.findIndex(({ id }) => done.get(id) && !written.has(id));
  return open < 0 ? heard : heard.slice(0, open + 1);
}

const causes = (log: MemoryLog) =>
  new Set(
    own(log).flatMap(({ type, data }) =>
      type === 'CompanionActed' ? [(data as { causedBy: string }).causedBy] : [],
    ),
  );

it('woken from the log at any event, is the companion that lived through it', async () => {
  const property = fc.asyncProperty(steps, fc.nat(), fc.nat(6), async (plays, where, unwritten) => {
    const log = memoryLog();
    const done = await live(log, plays, { unwritten });
    const written = causes(log);
    const places = placesOfWaking(log, done);
    const { revision } = places[where % places.length]!;
    const woken = await wakeWhole(log, revision);
    for (const event of own(log)) {
      const { acted } = woken.take(event);
      if (
        event.revision < revision ||
        event.type === 'CompanionActed' ||
        (revision > 0 && written.has(event.id))
      )
        assert.ok(acted === null || revision === 0);
      else assert.deepEqual(acted, done.get(event.id));
    }
  });
  await fc.assert(property, { numRuns: 150 });
});

it('woken from a snapshot, is the companion that its whole stream makes, and does the same', async () => {
  let used = 0;
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }),
    fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
    fc.record({ every: fc.integer({ min: 1, max: 8 }), unwritten: fc.nat(6) }),
    async (plays, wheres, { every, unwritten }) => {
      const log = memoryLog();
      const kept = snapshotsInLog({ book, log, warn: fail, every });
      const snapshots: Snapshots = {
        ...kept,
        async newest(stream, before) {
          const found = await kept.newest(stream, before);
          if (found) used++;
          return found;
        },
      };
      const lived = new Mind(book, new SnapshotTaker(snapshots, PLAYER, 0));
      const done = await live(log, plays, { unwritten, lived });
      const places = placesOfWaking(log, done);
      for (const where of wheres) {
        const { revision } = places[where % places.length]!;
        const whole = await wakeWhole(log, revision);
        const woken = await Mind.wake({ book, log, snapshots }, PLAYER, revision);
        assert.deepEqual(companionOf(woken), companionOf(whole));
        for (const event of own(log)) assert.deepEqual(woken.take(event), whole.take(event));
        assert.deepEqual(companionOf(woken), companionOf(whole));
      }
    },
  );
  await fc.assert(property, { numRuns: 100 });
  assert.ok(used > 0);
});

it('a snapshot is not taken before the log holds every act that is in it', async () => {
  const log = memoryLog();
  const mind = new Mind(
    book,
    new SnapshotTaker(snapshotsInLog({ book, log, warn: fail, every: 1 }), PLAYER, 0),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await log.append(PLAYER, [eventOf('player.victory', 0), eventOf('player.loot', 1)], 'any');
  const [victory, loot] = own(log);
  const { acted } = mind.take(victory!);
  assert.ok(acted);
  mind.take(loot!);
  await settle();
  assert.equal(snapshotsIn(log).length, 0);
  const act = { ...anEvent(acted, derivedId(victory!.id, 'companion-acted')), type: 'CompanionActed' };
  await log.append(PLAYER, [act], 'any');
  mind.take(own(log).at(-1)!);
  await settle();
  assert.ok(snapshotsIn(log).length > 0);
});

it('where the log holds other acts than this companion would do, it is no snapshot', async () => {
  const log = memoryLog();
  const snapshots = snapshotsInLog({ book, log, warn: fail, every: 2 });
  await live(log, long.slice(0, 20));
  const acts = own(log).filter(({ type }) => type === 'CompanionActed');
  (acts[0]!.data as { dialogue: object }).dialogue = {
    text: 'x',
    lang: 'en',
    source: 'template',
    templateId: 'old',
  };
  const again = await Mind.wake({ book, log, snapshots }, PLAYER, 0);
  for (const event of own(log)) again.take(event);
  await new Promise((resolve) => setImmediate(resolve));
  const before = own(log).length;
  for (const { data } of snapshotsIn(log)) {
    const { revision, companion } = data as { revision: number; companion: unknown };
    assert.deepEqual(companion, companionOf(await wakeWhole(log, revision)));
  }
  const woken = await Mind.wake({ book, log, snapshots }, PLAYER, before);
  assert.deepEqual(companionOf(woken), companionOf(await wakeWhole(log, before)));
  assert.notDeepEqual(companionOf(again), companionOf(woken));
});

it('a companion that missed a part of its stream is no snapshot', async () => {
  const log = memoryLog();
  const mind = new Mind(
    book,
    new SnapshotTaker(snapshotsInLog({ book, log, warn: fail, every: 1 }), PLAYER, 0),
  );
  await log.append(
    PLAYER,
    ['mute', 'mute', 'mute'].map((type) => eventOf(type, 0)),
    'any',
  );
  for (const event of own(log).slice(1)) mind.take(event);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(snapshotsIn(log).length, 0);
});

const long: Plays = Array.from({ length: 300 }, (_, n) => ({
  type: types[(n * 5) % 6]!,
  after: n % 40,
  lag: n % 3,
}));

it('reads the end of its stream alone, however long that is, and keeps two snapshots', async () => {
  const log = memoryLog();
  const snapshots = snapshotsInLog({ book, log, warn: fail, every: 20 });
  await live(log, long, { lived: new Mind(book, new SnapshotTaker(snapshots, PLAYER, 0)) });
  const before = own(log).length;
  assert.ok(before > 500);
  let read = 0;
  const counted = {
    ...log,
    async *readStream(...asked: Parameters<typeof log.readStream>) {
      for await (const event of log.readStream(...asked)) {
        read++;
        yield event;
      }
    },
  };
  await Mind.wake(
    { book, log: counted, snapshots: snapshotsInLog({ book, log: counted, warn: fail, every: 20 }) },
    PLAYER,
    before,
  );
  assert.ok(read < 50, `${read} events read`);
  const kept: unknown[] = [];
  for await (const event of log.readStream(snapshotStreamOf(PLAYER))) kept.push(event);
  assert.equal(kept.length, 2);
});

it('a snapshot that is lost, broken, of other rules or of another stream costs time alone', async () => {
  const log = memoryLog();
  const warnings: unknown[] = [];
  const snapshots = snapshotsInLog({ book, log, warn: (_, error) => warnings.push(error), every: 20 });
  await live(log, long, { lived: new Mind(book, new SnapshotTaker(snapshots, PLAYER, 0)) });
  const before = own(log).length;
  const whole = companionOf(await wakeWhole(log, before));
  const good = snapshotsIn(log).at(-1)!.data as { companion: { said: string[] }; revision: number };
  const other = { ...good.companion, muted: true, said: [] };
  const bad: unknown[] = [
    null,
    'x',
    {},
    { ...good, fold: 'of last week', companion: other },
    { ...good, companion: { ...other, mood: 1 } },
    { ...good, companion: { ...other, feeling: { at: 'x' } } },
    { ...good, companion: other, lastEvent: 'another' },
    { ...good, companion: other, revision: good.revision - 1 },
    { ...good, companion: other, revision: before + 1 },
    { ...good, companion: other, revision: -1 },
  ];
  for (const data of bad) {
    for (const event of snapshotsIn(log)) event.data = data;
    assert.deepEqual(
      companionOf(await Mind.wake({ book, log, snapshots }, PLAYER, before)),
      whole,
      JSON.stringify(data),
    );
    const renewed = await snapshots.newest(PLAYER, before);
    assert.deepEqual([renewed?.revision, renewed?.companion], [before, whole]);
  }
  log.events.splice(0, log.events.length, ...own(log));
  assert.deepEqual(companionOf(await Mind.wake({ book, log, snapshots }, PLAYER, before)), whole);
  log.faults.beforeRead = (stream) => {
    if (stream.startsWith('snapshot-')) throw new Error('cannot be parsed');
  };
  assert.deepEqual(companionOf(await Mind.wake({ book, log, snapshots }, PLAYER, before)), whole);
  assert.equal(warnings.length, 1);
});

it('nothing of a snapshot comes back once the stream it was taken of is gone', async () => {
  const log = memoryLog();
  const snapshots = snapshotsInLog({ book, log, warn: fail, every: 20 });
  await live(log, long, { lived: new Mind(book, new SnapshotTaker(snapshots, PLAYER, 0)) });
  assert.ok(snapshotsIn(log).length > 0);
  const before = own(log).length;
  log.events.splice(0, log.events.length, ...snapshotsIn(log));
  assert.deepEqual(
    companionOf(await Mind.wake({ book, log, snapshots }, PLAYER, before)),
    companionOf(new Mind(book)),
  );
});

it('takes an event once', () => {
  const mind = new Mind(book);
  const victory = { ...eventOf('player.victory', 0), stream: PLAYER, revision: 4, position: 9 };
  assert.ok(mind.take(victory).acted);
  assert.equal(mind.take(victory).acted, null);
});
