import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Rejection, reject } from '../domain/kernel/rejection.js';
import { type Player, player } from '../domain/player/player.js';
import { LogUnavailable } from '../eventstore/log.js';
import { idsOf } from '../eventstore/testing/events.js';
import { type MemoryLog, memoryLog } from '../eventstore/testing/memory-log.js';
import { metadataOf } from './context.js';
import { learn } from './hot-stream.js';
import { type Done, type Draft, HotStreams } from './hot-streams.js';

const now = new Date('2026-01-01T00:00:00Z');
const draft = (
  id: string = randomUUID(),
  data: object = { type: 'player.kill', at: now.toISOString(), data: {}, context: {} },
) =>
  ({
    id,
    type: 'GameEventRecorded',
    data,
    metadata: metadataOf('GameEventRecorded', { correlationId: id, causationId: id }, now),
  }) as Draft;
const registered = (persona = 'cool', id: string = randomUUID()) =>
  ({
    ...draft(id),
    type: 'PlayerRegistered',
    data: { clientId: 'c', gameId: 'g', externalId: 'sealed:x', persona, lang: 'en' },
  }) as Draft;

/** Writes what is not known yet. */
const once =
  (...drafts: Draft[]) =>
  (_: Player, knows: (id: string) => boolean) =>
    drafts.filter(({ id }) => !knows(id));

const open = (log: MemoryLog, options = {}) => new HotStreams(log, player, { expect: 'any', ...options });
const done = (result: Done<Player> | Rejection): Done<Player> => {
  assert.ok(!(result instanceof Rejection), (result as Rejection).message);
  return result;
};
const codeOf = (result: unknown) => (result instanceof Rejection ? result.code : 'done');

describe('hot streams', () => {
  it('store an id once: again, within one piece of work, after eviction and after a restart', async () => {
    const log = memoryLog();
    const streams = open(log, { maxIds: 3 });
    const [a, b] = [draft(), draft()];
    assert.equal(done(await streams.submit('player-1', once(a, b))).written, 2);
    assert.equal(done(await streams.submit('player-1', once(a, b))).written, 0);
    for (let n = 2; n < 6; n++) await streams.submit(`player-${n}`, once(draft(), draft()));
    const again = done(await streams.submit('player-1', once(b)));
    assert.deepEqual([again.written, again.revision], [0, 1]);
    const restarted = open(log);
    assert.equal(done(await restarted.submit('player-1', once(a))).written, 0);
    assert.equal(log.events.filter(({ stream }) => stream === 'player-1').length, 2);
  });

  it('learn by a refresh what others stored meanwhile, also below their own newest event', async () => {
    const log = memoryLog();
    const streams = open(log);
    await streams.submit('player-1', once(registered()));
    const elsewhere = draft();
    await log.append('player-1', [elsewhere], 'any');
    await streams.submit('player-1', once(draft()));
    await streams.refresh('player-1');
    assert.equal(done(await streams.submit('player-1', once(elsewhere))).written, 0);
    await streams.refresh('player-cold');
  });

  it('read of a stream that they hold only what they do not know yet', async () => {
    const log = memoryLog();
    const streams = open(log);
    const asked: unknown[] = [];
    const read = log.readStream;
    log.readStream = (stream, options) => {
      asked.push(options);
      return read(stream, options);
    };
    await streams.submit('player-1', once(registered(), draft()));
    await log.append('player-1', [draft()], 'any');
    await streams.submit('player-1', once(draft(), draft()));
    await streams.refresh('player-1');
    assert.deepEqual(asked, [undefined, { backwards: true, max: 1 }, { from: 2 }]);
    await streams.refresh('player-1');
    assert.deepEqual(asked.slice(3), [{ backwards: true, max: 1 }]);
    // The answer to an append may come before what was written in between is told.
    await log.append('player-1', [draft()], 'any');
    await streams.submit('player-1', once(draft()));
    await streams.submit('player-1', once(draft()));
    streams.observe(log.events[5]!);
    await streams.refresh('player-1');
    assert.deepEqual(asked.slice(4), [{ backwards: true, max: 1 }]);
  });

  it('know how far their knowledge is without a gap, in whatever order it comes', () => {
    const ranges = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 6 })), { maxLength: 20 });
    fc.assert(
      fc.property(ranges, (told) => {
        const known = new Set<number>();
        const hot = { solid: 0, ahead: new Map<number, number>() };
        for (const [from, count] of told) {
          for (let at = from; at < from + count; at++) known.add(at);
          learn(hot, from, from + count);
          let solid = 0;
          while (known.has(solid)) solid++;
          assert.equal(hot.solid, solid);
        }
      }),
    );
  });

  it('put what the answers to an append bring in into the next one too, with what waits already', async () => {
    const log = memoryLog();
    const appends: number[] = [];
    log.faults.beforeAppend = (_, events) => {
      appends.push(events.length);
      return new Promise((resolve) => setImmediate(resolve));
    };
    const streams = open(log);
    await streams.state('player-1');
    const player = async () => {
      for (let sent = 0; sent < 3; sent++) {
        await streams.submit('player-1', once(draft()));
        // Over a socket it takes a turn out and a turn in.
        for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const first = player();
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, player(), player()]);
    assert.deepEqual(appends, [1, 3, 3, 2]);
  });

  it('put what arrives during an append into the next one, together and in order', async () => {
    const log = memoryLog();
    let release = () => {};
    const streams = open(log);
    await streams.submit('player-1', once(draft()));
    log.faults.beforeAppend = () => new Promise((resolve) => (release = resolve));
    const drafts = Array.from({ length: 50 }, () => draft());
    const submitted = drafts.map((one) => streams.submit('player-1', once(one)));
    await new Promise((resolve) => setImmediate(resolve));
    log.faults.beforeAppend = () => {};
    release();
    const results = (await Promise.all(submitted)).map(done);
    assert.ok(log.appends <= 3, `${log.appends} appends`);
    assert.deepEqual(idsOf(log.events.slice(1)), idsOf(drafts));
    assert.ok(results.every(({ written }) => written === 1));
  });

  it('never put more into one append than the log takes', async () => {
    const log = memoryLog();
    const sizes: number[] = [];
    const streams = open(log);
    log.faults.beforeAppend = (_, events) => void sizes.push(events.length);
    const bytes = 300 * 1024;
    await Promise.all(Array.from({ length: 9 }, () => streams.submit('player-1', once(draft()), bytes)));
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      9,
    );
    assert.ok(Math.max(...sizes) <= 2);
  });

  it('leave nothing of a no, and carry out what came with it', async () => {
    const log = memoryLog();
    const streams = open(log);
    const results = await Promise.all([
      streams.submit('player-1', once(draft())),
      streams.submit('player-1', () => reject('forbidden', 'no')),
      streams.submit('player-1', once(draft())),
    ]);
    assert.deepEqual(results.map(codeOf), ['done', 'forbidden', 'done']);
    assert.equal(log.events.length, 2);
  });

  it('decide again on what is true when somebody else was faster', async () => {
    for (const expect of ['exact', 'any'] as const) {
      const log = memoryLog();
      const streams = open(log, { expect });
      await streams.state('player-1');
      await log.append('player-1', [registered('cute')], 'no_stream');
      const decidedOn: boolean[] = [];
      const result = await streams.submit('player-1', (state) => {
        decidedOn.push(state.registered);
        return state.registered ? [] : [registered()];
      });
      assert.deepEqual(decidedOn, [false, true]);
      assert.equal(done(result).state.persona, 'cute');
      assert.equal(log.events.length, 1);
    }
  });

  it('find what others wrote below their own newest event, when the log holds a batch in part', async () => {
    const log = memoryLog();
    const streams = open(log);
    await streams.submit('player-1', once(draft()));
    const foreign = draft();
    await log.append('player-1', [foreign], 'any');
    await streams.submit('player-1', once(draft()));
    const fresh = draft();
    const result = done(await streams.submit('player-1', once(foreign, fresh)));
    assert.equal(result.written, 1);
    assert.equal(log.events.filter(({ id }) => id === foreign.id).length, 1);
    assert.equal(log.events.at(-1)!.id, fresh.id);
  });

  it('say unavailable while the log is away, know nothing by halves, and store the same once afterwards', async () => {
    for (const stage of ['beforeAppend', 'afterAppend'] as const) {
      const log = memoryLog();
      const streams = open(log);
      await streams.submit('player-1', once(draft()));
      const [a, b, other] = [draft(), draft(), draft()];
      log.faults[stage] = () => {
        throw new LogUnavailable('away');
      };
      const refused = await streams.submit('player-1', once(a, b));
      assert.ok(refused instanceof Rejection && refused.code === 'unavailable');
      assert.ok((refused.detail.retryAfterMs ?? 0) > 0);
      log.faults = {};
      log.faults.beforeAppend = () => new Promise((resolve) => setTimeout(resolve, 5));
      // Another frame comes first, and takes those that may be stored already into its append.
      const results = await Promise.all(
        [[draft()], [other], [a, b]].map((drafts) => streams.submit('player-1', once(...drafts))),
      );
      assert.deepEqual(results.map(codeOf), ['done', 'done', 'done']);
      assert.equal(new Set(idsOf(log.events)).size, log.events.length, stage);
      assert.equal(log.events.length, 5, stage);
    }
  });

  it('say unavailable when a stream cannot be read, and read it the next time', async () => {
    const log = memoryLog({
      beforeRead: () => {
        throw new LogUnavailable('away');
      },
    });
    const streams = open(log);
    const both = await Promise.all([1, 2].map(() => streams.submit('player-1', once(draft()))));
    assert.deepEqual(both.map(codeOf), ['unavailable', 'unavailable']);
    await assert.rejects(streams.state('player-1'), LogUnavailable);
    log.faults = {};
    assert.equal(codeOf(await streams.submit('player-1', once(draft()))), 'done');
  });

  it('have one writer a stream, also when it is evicted just when it is needed', async () => {
    const log = memoryLog();
    const streams = open(log, { maxIds: 0 });
    await streams.submit('player-1', once(draft()));
    const one = draft();
    log.faults.beforeAppend = () => new Promise((resolve) => setTimeout(resolve, 5));
    const results = await Promise.all([
      streams.submit('player-1', once(one)),
      streams.submit('player-2', once(draft())),
      streams.submit('player-1', once(one)),
    ]);
    assert.deepEqual(
      results.map((result) => done(result).written),
      [1, 1, 0],
    );
  });

  it('take in what another writer appended, also while the stream is being read', async () => {
    const log = memoryLog();
    await log.append('player-1', [registered()], 'any');
    const streams = open(log);
    log.faults.beforeRead = () => new Promise((resolve) => setTimeout(resolve, 5));
    const reading = streams.state('player-1');
    const choice = { ...draft(), type: 'PersonaChosen', data: { persona: 'cute' } } as Draft;
    await log.append('player-1', [choice], 'any');
    for (const event of log.events) streams.observe(event);
    assert.equal((await reading).persona, 'cute');
    const known = draft();
    await log.append('player-1', [known], 'any');
    streams.observe(log.events.at(-1)!);
    streams.observe(log.events.at(-1)!);
    assert.equal(done(await streams.submit('player-1', once(known))).written, 0);
    streams.observe({ ...log.events[0]!, stream: 'player-cold' });
  });

  it('pass over an event that cannot be read: its stream stays open', async () => {
    const log = memoryLog();
    await log.append('player-1', [registered(), { ...draft(), data: { at: 5 } }], 'any');
    const streams = open(log);
    const bugs: unknown[] = [];
    streams.onBug = (error) => bugs.push(error);
    assert.equal(done(await streams.submit('player-1', once(draft()))).state.persona, 'cool');
    assert.equal(bugs.length, 1);
  });

  it('answer internal for a bug in a piece of work, tell of it, and go on', async () => {
    const log = memoryLog();
    const streams = open(log);
    const bugs: unknown[] = [];
    streams.onBug = (error) => bugs.push(error);
    const broken = await streams.submit('player-1', () => {
      throw new Error('secret');
    });
    assert.ok(
      broken instanceof Rejection && broken.code === 'internal' && !broken.message.includes('secret'),
    );
    assert.equal(bugs.length, 1);
    assert.equal(codeOf(await streams.submit('player-1', once(draft()))), 'done');
  });

  it('whatever fails and whoever else writes: every acknowledged id is stored, none twice', async () => {
    const action = fc.record({
      kind: fc.constantFrom('submit', 'again', 'foreign', 'fail before', 'fail after', 'other stream'),
      size: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        const log = memoryLog();
        const streams = open(log, { maxIds: 6 });
        const acked = new Set<string>();
        const sent: Draft[][] = [];
        const pending: Promise<void>[] = [];
        const send = (drafts: Draft[], stream = 'player-1') =>
          pending.push(
            streams.submit(stream, once(...drafts)).then((result) => {
              if (result instanceof Rejection) assert.equal(result.code, 'unavailable');
              else if (stream === 'player-1') for (const { id } of drafts) acked.add(id);
            }),
          );
        for (const { kind, size } of actions) {
          const drafts = Array.from({ length: size }, () => draft());
          if (kind === 'submit') sent.push(drafts);
          if (kind === 'submit') send(drafts);
          if (kind === 'again' && sent.length > 0) send(sent[size % sent.length]!);
          if (kind === 'foreign') await log.append('player-1', drafts, 'any').catch(() => undefined);
          if (kind === 'other stream') send(drafts, `player-${size + 1}`);
          if (kind.startsWith('fail')) {
            const stage = kind === 'fail before' ? 'beforeAppend' : 'afterAppend';
            let left = size;
            log.faults[stage] = () => {
              if (left-- > 0) throw new LogUnavailable('away');
            };
          }
          if (size === 3) await new Promise((resolve) => setImmediate(resolve));
        }
        await Promise.all(pending);
        const stored = idsOf(log.events.filter(({ stream }) => stream === 'player-1'));
        assert.equal(new Set(stored).size, stored.length, 'nothing twice');
        for (const id of acked) assert.ok(stored.includes(id), 'nothing acknowledged is lost');
      }),
      { numRuns: 150 },
    );
  });
});
