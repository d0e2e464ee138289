import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { derivedId } from '../../domain/kernel/ids.js';
import { type EventLog, LogUnavailable, type NewEvent, START } from '../../eventstore/log.js';
import { all, idsOf, until } from '../../eventstore/testing/events.js';
import { type MemoryLog, memoryLog } from '../../eventstore/testing/memory-log.js';
import { metadataOf } from '../context.js';
import { aGameEvent } from '../testing/side.js';
import { COMPANIONS, startCompanionReactor } from './companion-reactor.js';
import { snapshotStreamOf } from './snapshots.js';

const now = () => new Date('2026-01-01T00:00:00Z');
const tenant = { clientId: 'c1', gameId: 'g1' };

const newEvent = (type: string, data: unknown, id: string = randomUUID()): NewEvent => ({
  id,
  type,
  data,
  metadata: metadataOf(type, { correlationId: `corr-${id}`, causationId: id, ...tenant }, now()),
});
const registered = () =>
  newEvent('PlayerRegistered', { ...tenant, externalId: 'sealed:x', persona: 'cute', lang: 'en' });
const happened = (type: string, at = 0, data = {}) => {
  const { id, ...event } = aGameEvent(type, at, data);
  return newEvent('GameEventRecorded', event, id);
};

type Options = { awakeMax?: number; snapshotEvery?: number; warnings?: unknown[] };

function start(log: EventLog, { awakeMax, snapshotEvery, warnings = [] }: Options = {}) {
  const warn = (_: string, error: unknown) => void warnings.push(error);
  const options = { ...(awakeMax && { awakeMax }), ...(snapshotEvery && { snapshotEvery }) };
  return startCompanionReactor({ log, now, warn, ...options });
}

/** Until the group has nothing left, acts included: they are events of the players too. */
async function settled(log: MemoryLog): Promise<void> {
  const isDone = async () => {
    const status = await log.groupStatus(COMPANIONS);
    return status?.inFlight === 0 && status.position >= (log.events.at(-1)?.position ?? START);
  };
  for (let done = false; !done; done = await isDone()) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** The same log behind a server that has forgotten how far its groups were. */
function forgetful(log: MemoryLog): MemoryLog {
  const other = memoryLog();
  other.events.push(...structuredClone(log.events));
  return other;
}

const actsIn = (log: MemoryLog) => log.events.filter(({ type }) => type === 'CompanionActed');
/** By cause, what was done. */
const doneIn = (log: MemoryLog) =>
  new Map(actsIn(log).map(({ data }) => [(data as { causedBy: string }).causedBy, data]));

async function run(log: MemoryLog, options: Options = {}): Promise<void> {
  const reactor = start(log, options);
  await settled(log);
  await reactor.stop();
}

const types = [
  'player.kill',
  'player.death',
  'player.victory',
  'player.defeat',
  'player.multi_kill',
  'session.start',
];
const play = fc.array(
  fc.record({
    player: fc.constantFrom('player-a', 'player-b', 'player-c'),
    type: fc.constantFrom(...types),
    after: fc.integer({ min: 0, max: 40 }),
    kills: fc.nat(20),
  }),
  { minLength: 1, maxLength: 30 },
);
type Play = { player: string; type: string; after: number; kills: number }[];

function told(plays: Play): { stream: string; event: NewEvent }[] {
  let at = 0;
  const players = [...new Set(plays.map(({ player }) => player))];
  return [
    ...players.map((stream) => ({ stream, event: registered() })),
    ...plays.map(({ player, type, after, kills }) => {
      at += after;
      return { stream: player, event: happened(type, at, { killCount: kills }) };
    }),
  ];
}

/** What is done when nothing goes wrong and every event is answered before the next comes. */
async function undisturbed(story: ReturnType<typeof told>): Promise<Map<string, unknown>> {
  const log = memoryLog();
  for (const { stream, event } of story) await log.append(stream, [event], 'any');
  await run(log);
  return doneIn(log);
}

describe('the companion reactor', () => {
  it('answers an event with an act that tells what it comes from', async () => {
    const log = memoryLog();
    const victory = happened('player.victory', 0, { killCount: 15 });
    await log.append('player-a', [registered(), victory], 'any');
    await log.append('other-a', [happened('player.victory')], 'any');
    await run(log);
    const [act, ...more] = actsIn(log);
    assert.equal(more.length, 0);
    assert.equal(act!.stream, 'player-a');
    assert.equal(act!.id, derivedId(victory.id, 'companion-acted'));
    assert.deepEqual(act!.metadata, {
      $correlationId: `corr-${victory.id}`,
      $causationId: victory.id,
      schemaVersion: 1,
      ...tenant,
      recordedAt: now().toISOString(),
    });
    const data = act!.data as {
      causedBy: string;
      occasion: string;
      dialogue: { lang: string; templateId: string };
    };
    assert.equal(data.causedBy, victory.id);
    assert.equal(data.occasion, 'victory_dominant');
    assert.equal(data.dialogue.lang, 'en');
    assert.ok(data.dialogue.templateId);
  });

  it('does the same once, wherever it is stopped, whatever is given again and however the log fails', async () => {
    const disturbance = fc.array(
      fc.record({
        upTo: fc.integer({ min: 1, max: 12 }),
        waitMs: fc.nat(3),
        forgets: fc.boolean(),
        fail: fc.constantFrom('', 'beforeAppend', 'afterAppend', 'beforeRead'),
        awakeMax: fc.constantFrom(1, 100),
        snapshotEvery: fc.constantFrom(1, 3, 100),
        instances: fc.constantFrom(1, 2, 3),
      }),
      { minLength: 1, maxLength: 5 },
    );
    const property = fc.asyncProperty(play, disturbance, async (plays, disturbances) => {
      const story = told(plays);
      const expected = await undisturbed(story);
      let log = memoryLog();
      let next = 0;
      for (const { upTo, waitMs, forgets, fail, instances, ...options } of disturbances) {
        if (forgets) log = forgetful(log);
        let failures = 2;
        if (fail) {
          log.faults = {
            [fail]: (stream: string) => {
              if (stream.startsWith('player-') && failures-- > 0) throw new LogUnavailable('away');
            },
          };
        }
        const reactors = Array.from({ length: instances }, () => start(log, options));
        for (const { stream, event } of story.slice(next, next + upTo)) {
          for (let done = false; !done; ) {
            done = await log.append(stream, [event], 'any').then(
              () => true,
              () => false,
            );
          }
        }
        next += upTo;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        // One after the other: what one had on loan goes to those who are left.
        for (const reactor of reactors) await reactor.stop();
        log.faults = {};
      }
      for (const { stream, event } of story.slice(next)) await log.append(stream, [event], 'any');
      await run(log);
      assert.equal(doneIn(log).size, actsIn(log).length, 'at most one act a cause');
      assert.deepEqual(doneIn(log), expected);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('stores the rest of a batch that is in the log in part', async () => {
    const log = memoryLog();
    const events = ['player.victory', 'player.defeat', 'player.victory'].map((type, n) =>
      happened(type, n * 100),
    );
    await log.append('player-a', [registered(), ...events], 'any');
    await run(log);
    const expected = doneIn(log);
    assert.equal(expected.size, 3);
    // As a crash leaves it: some acts are stored, the checkpoint knows of none.
    const crashed = memoryLog();
    await crashed.append(
      'player-a',
      log.events.filter(({ type }) => type !== 'CompanionActed'),
      'any',
    );
    await crashed.append('player-a', [actsIn(log)[0]!], 'any');
    await run(crashed);
    assert.deepEqual(doneIn(crashed), expected);
    assert.equal(actsIn(crashed).length, 3);
  });

  it('writes what it decided when the log is back, once', async () => {
    const log = memoryLog();
    await log.append('player-a', [registered()], 'any');
    const warnings: unknown[] = [];
    const reactor = start(log, { warnings });
    let tries = 0;
    log.faults.beforeAppend = (_, events) => {
      if (events[0]!.type === 'CompanionActed' && tries++ < 4) throw new LogUnavailable('away');
    };
    log.faults.afterAppend = (_, events) => {
      if (events[0]!.type === 'CompanionActed' && tries++ < 7) throw new LogUnavailable('away');
    };
    await log.append('player-a', [happened('player.victory')], 'any');
    assert.ok(reactor.position() < log.events.at(-1)!.position, 'what is not written is not done');
    await until(() => actsIn(log).length > 0);
    await settled(log);
    await reactor.stop();
    assert.equal(actsIn(log).length, 1);
  });

  it('wakes a companion that dozed off as it was, although what it did last is still being written', async () => {
    const kinds = [
      'player.kill',
      'player.multi_kill',
      'player.victory',
      'player.death',
      'player.kill',
      'player.victory',
    ];
    const plays = kinds.flatMap((type, n) =>
      ['player-a', 'player-b'].map((player) => ({ player, type, after: 2, kills: n })),
    );
    const story = told(plays);
    const expected = await undisturbed(story);
    const log = memoryLog();
    const reactor = start(log, { awakeMax: 1 });
    log.faults.beforeAppend = (_, [first]) =>
      first!.type === 'CompanionActed' ? new Promise((resolve) => setTimeout(resolve, 15)) : undefined;
    for (const { stream, event } of story) {
      await log.append(stream, [event], 'any');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await settled(log);
    await reactor.stop();
    assert.deepEqual(doneIn(log), expected);
  });

  it('stores the acts of a companion in the order of their causes, also when one has to be tried again', async () => {
    const log = memoryLog();
    await log.append('player-a', [registered()], 'any');
    const reactor = start(log);
    let failures = 2;
    log.faults.beforeAppend = (_, [first]) => {
      if (first!.type === 'CompanionActed' && failures-- > 0) throw new LogUnavailable('away');
    };
    const causes = [0, 1, 2, 3].map((n) => happened('player.victory', n * 100));
    for (const cause of causes) {
      await log.append('player-a', [cause], 'any');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await settled(log);
    await reactor.stop();
    assert.deepEqual([...doneIn(log).keys()], idsOf(causes));
  });

  it('stops at once while the log is away, without pretending to have done it', async () => {
    const log = memoryLog();
    const reactor = start(log);
    log.faults.beforeAppend = (_, events) => {
      if (events[0]!.type === 'CompanionActed') throw new LogUnavailable('away');
    };
    await log.append('player-a', [registered(), happened('player.victory')], 'any');
    await new Promise((resolve) => setTimeout(resolve, 60));
    await reactor.stop();
    assert.ok(reactor.position() < 2);
    log.faults = {};
    await run(log);
    assert.equal(actsIn(log).length, 1);
  });

  it('waits with many companions at once while the log is away, and Node has no fault to find with that', async () => {
    const warned: Error[] = [];
    const onWarning = (warning: Error) => void warned.push(warning);
    process.on('warning', onWarning);
    const log = memoryLog();
    const reactor = start(log);
    const waiting = new Set<string>();
    log.faults.beforeAppend = (stream, events) => {
      if (events[0]!.type !== 'CompanionActed') return;
      waiting.add(stream);
      throw new LogUnavailable('away');
    };
    for (let nth = 0; nth < 20; nth++)
      await log.append(`player-${nth}`, [registered(), happened('player.victory')], 'any');
    await until(() => waiting.size === 20);
    await reactor.stop();
    process.off('warning', onWarning);
    assert.deepEqual(warned, []);
  });

  it('takes snapshots of companions while they live', async () => {
    const log = memoryLog();
    const reactor = start(log, { snapshotEvery: 10 });
    await log.append('player-a', [registered()], 'any');
    for (let n = 0; n < 12; n++) {
      const played = [happened('player.kill', n * 60), happened('player.idle', n * 60 + 1)];
      await log.append('player-a', played, 'any');
      await settled(log);
    }
    await reactor.stop();
    const taken = log.events.filter(({ stream }) => stream === 'snapshot-player-a');
    assert.ok(taken.length >= 3, `${taken.length} snapshots`);
  });

  it('parks what cannot be read, lives on without it, and answers it once it can be and is given again', async () => {
    const log = memoryLog();
    const broken = newEvent('GameEventRecorded', { at: 1 });
    await log.append('player-a', [registered(), broken, newEvent('FromTheFuture', {})], 'any');
    const warnings: unknown[] = [];
    const reactor = start(log, { warnings });
    await settled(log);
    await log.append('player-a', [happened('player.victory')], 'any');
    await settled(log);
    assert.equal(actsIn(log).length, 1);
    assert.equal(warnings.length, 1);
    const [parked, ...more] = await all(log.parked(COMPANIONS));
    assert.equal(more.length, 0);
    assert.equal(parked!.event.id, broken.id);
    assert.match(parked!.reason, /GameEventRecorded/);
    // As when a newer version of the engine can read it.
    log.events.find(({ id }) => id === broken.id)!.data = happened('player.defeat').data;
    assert.equal(await log.replayParked(COMPANIONS), 1);
    await until(() => actsIn(log).length === 2);
    await log.append('player-a', [happened('player.victory', 1_000)], 'any');
    await until(() => actsIn(log).length === 3);
    await settled(log);
    await reactor.stop();
    assert.equal((await log.groupStatus(COMPANIONS))!.parked, 0);
    assert.equal(doneIn(log).size, 3);
  });

  it('wakes from a history that holds what cannot be read', async () => {
    const log = memoryLog();
    const bad = [newEvent('CompanionActed', { nothing: true }), newEvent('GameEventRecorded', { at: 1 })];
    await log.append('player-a', [registered(), ...bad], 'any');
    await run(log);
    await log.append('player-a', [happened('player.victory')], 'any');
    await run(log);
    assert.equal((await log.groupStatus(COMPANIONS))!.parked, 2);
    assert.equal(doneIn(log).size, 2, 'the broken act, and that for the victory');
  });

  it('parks what a stream refuses to take an answer to, and is not stopped by it', async () => {
    const log = memoryLog();
    const warnings: unknown[] = [];
    log.faults.beforeAppend = (stream, events) => {
      if (stream === 'player-gone' && events[0]!.type === 'CompanionActed')
        throw new Error('stream is deleted');
    };
    for (const stream of ['player-gone', 'player-b']) {
      await log.append(stream, [registered(), happened('player.victory')], 'any');
    }
    await run(log, { warnings });
    assert.equal(warnings.length, 1);
    assert.deepEqual(
      actsIn(log).map(({ stream }) => stream),
      ['player-b'],
    );
    const [parked] = await all(log.parked(COMPANIONS));
    assert.equal(parked!.event.stream, 'player-gone');
    assert.match(parked!.reason, /stream is deleted/);
  });

  it('keeps no snapshot of who was erased, whatever comes of it to one that sleeps', async () => {
    const log = memoryLog();
    const lived = Array.from({ length: 30 }, (_, nth) => happened('player.kill', nth));
    await log.append('player-a', [registered(), ...lived], 'any');
    await run(log);
    const stream = snapshotStreamOf('player-a');
    const ends = [newEvent('PlayerErased', {}), newEvent('ErasureCertified', { certificate: {} })];
    await log.append('player-a', ends, 'any');
    await log.deleteStream(stream);
    await run(log, { snapshotEvery: 10 });
    assert.deepEqual(await all(log.readStream(stream)), []);
  });

  it('is shared by instances: each player is played by one, and by another when that one leaves', async () => {
    const log = memoryLog();
    const streams = Array.from({ length: 12 }, (_, n) => `player-${n}`);
    const appends = [new Set<string>(), new Set<string>()];
    const instances = appends.map((mine) =>
      start({
        ...log,
        append: (stream, events, expected) => {
          mine.add(stream);
          return log.append(stream, events, expected);
        },
      }),
    );
    const all = (tell: () => NewEvent) =>
      Promise.all(streams.map((stream) => log.append(stream, [tell()], 'any'))).then(() => settled(log));
    await all(registered);
    await all(() => happened('player.victory'));
    assert.ok(
      appends.every((mine) => mine.size > 0),
      'both work',
    );
    assert.equal(appends[0]!.size + appends[1]!.size, streams.length, 'no player is played by two');
    await instances[0]!.stop();
    await all(() => happened('player.victory', 1_000));
    assert.equal(appends[1]!.size, streams.length);
    await instances[1]!.stop();
    assert.equal(actsIn(log).length, 2 * streams.length);
    assert.equal(doneIn(log).size, 2 * streams.length);
  });
});
