import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Rejection } from '../domain/kernel/rejection.js';
import { type Player, player } from '../domain/player/player.js';
import { LogUnavailable, type NewEvent } from '../eventstore/log.js';
import { all, idsOf } from '../eventstore/testing/events.js';
import { type MemoryLog, memoryLog } from '../eventstore/testing/memory-log.js';
import { HotStreams } from './hot-streams.js';
import { metadataOf } from './metadata.js';
import { pagesInLog, pagesStreamOf } from './pages.js';

const STREAM = 'player-1';
const now = new Date('2026-01-01T00:00:00Z');

function event(type: string, data: unknown): NewEvent {
  const id = randomUUID();
  return { id, type, data, metadata: metadataOf(type, { correlationId: id, causationId: id }, now) };
}
const registered = () =>
  event('PlayerRegistered', {
    clientId: 'c',
    gameId: 'g',
    externalId: 'sealed:x',
    persona: 'cool',
    lang: 'en',
  });
const chosen = (persona: string) => event('PersonaChosen', { persona });
const played = () =>
  event('GameEventRecorded', { type: 'player.kill', at: now.toISOString(), data: {}, context: {} });

const isGone = ({ erased }: Player) => erased === true;
const fail = (error: unknown) => assert.fail(error as Error);
const settle = () => new Promise((resolve) => setImmediate(resolve));

function open(log: MemoryLog, { size = 10, warn = fail as (error: unknown) => void, decider = player } = {}) {
  const pages = pagesInLog<Player>({ log, decider, warn, size, isGone });
  return new HotStreams(log, player, { expect: 'any', pages });
}
const openWhole = (log: MemoryLog) => new HotStreams(log, player, { expect: 'any' });

const own = (log: MemoryLog) => log.events.filter(({ stream }) => stream === STREAM);
const pagesIn = (log: MemoryLog) => log.events.filter(({ stream }) => stream === pagesStreamOf(STREAM));

/** Which of these ids a stream knows. */
async function knownOf(streams: HotStreams<never, Player>, ids: string[]): Promise<string[]> {
  let known: string[] = [];
  const done = await streams.submit(STREAM, (_, knows) => {
    known = ids.filter(knows);
    return [];
  });
  assert.ok(!(done instanceof Rejection));
  return known;
}

/** How many events of each stream are read meanwhile. */
async function readMeanwhile(log: MemoryLog, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const read: Record<string, number> = {};
  const { readStream } = log;
  log.readStream = async function* (stream, options) {
    for await (const one of readStream(stream, options)) {
      read[stream] = (read[stream] ?? 0) + 1;
      yield one;
    }
  };
  await work();
  log.readStream = readStream;
  return read;
}

async function longStream(count = 47): Promise<MemoryLog> {
  const log = memoryLog();
  const events = Array.from({ length: count - 2 }, played);
  await log.append(
    STREAM,
    [registered(), ...events.slice(0, 20), chosen('cute'), ...events.slice(20)],
    'any',
  );
  return log;
}

describe('the pages of a long stream', () => {
  it('spare reading it whole, and nothing of it is forgotten', async () => {
    const log = await longStream();
    const first = await readMeanwhile(log, () =>
      Promise.all([open(log).state(STREAM), open(log).state(STREAM)]),
    );
    assert.deepEqual(first, { [STREAM]: 2 * 47 });
    await settle();
    assert.equal(pagesIn(log).length, 3);
    const streams = open(log);
    const again = await readMeanwhile(log, () => streams.state(STREAM));
    assert.deepEqual(again, { [STREAM]: 10 + 1 + 7, [pagesStreamOf(STREAM)]: 3 });
    const ids = idsOf(own(log));
    assert.deepEqual(await knownOf(streams, [...ids, randomUUID()]), ids);
    assert.equal((await streams.state(STREAM)).persona, 'cute');
    const { revision, position } = (await streams.submit(STREAM, () => [])) as {
      revision: number;
      position: number;
    };
    assert.deepEqual([revision, position], [46, 47]);
    // As many more as make two pages, and no page twice.
    await log.append(STREAM, Array.from({ length: 14 }, played), 'any');
    await open(log).state(STREAM);
    await settle();
    await open(log).state(STREAM);
    await settle();
    assert.equal(pagesIn(log).length, 5);
    assert.deepEqual(await knownOf(open(log), idsOf(own(log))), idsOf(own(log)));
  });

  it('hold no more than ids and the state, and are none of a short stream', async () => {
    const log = await longStream(19);
    const read = await readMeanwhile(log, () => open(log).state(STREAM));
    await settle();
    assert.deepEqual(read, { [STREAM]: 19 });
    assert.equal(pagesIn(log).length, 0);
    const longer = await longStream(20);
    await open(longer).state(STREAM);
    await settle();
    assert.deepEqual(Object.keys(pagesIn(longer)[0]!.data as object).sort(), [
      'digest',
      'ids',
      'mark',
      'number',
      'state',
    ]);
    assert.ok(!JSON.stringify(pagesIn(longer)).includes('sealed:'));
  });

  it('of who was erased are not taken again', async () => {
    const log = await longStream();
    await log.append(STREAM, [event('PlayerErased', {})], 'any');
    assert.equal((await open(log).state(STREAM)).erased, true);
    await settle();
    assert.equal(pagesIn(log).length, 0);
  });

  it('are added in appends that the log takes', async () => {
    const log = await longStream(1_003);
    const sizes: number[] = [];
    log.faults.beforeAppend = (_, events) => void sizes.push(events.length);
    await open(log).state(STREAM);
    for (let turn = 0; turn < 10; turn++) await settle();
    assert.deepEqual(sizes, [25, 25, 25, 24]);
    assert.deepEqual(await knownOf(open(log), idsOf(own(log))), idsOf(own(log)));
  });

  it('of another stream of the same name, or of other code, are not looked at', async () => {
    const log = await longStream();
    await open(log).state(STREAM);
    await settle();
    const erased = idsOf(own(log));
    log.events.splice(0, log.events.length, ...pagesIn(log));
    assert.deepEqual(await knownOf(open(log), erased), []);
    const anew = await longStream();
    log.events.push(...own(anew));
    assert.deepEqual(await knownOf(open(log), [...erased, ...idsOf(own(anew))]), idsOf(own(anew)));
    await settle();
    const read = await readMeanwhile(log, () => open(log).state(STREAM));
    assert.equal(read[STREAM], 10 + 1 + 7, 'and are taken anew');

    const other = { ...player, evolve: (state: Player) => ({ ...state, persona: 'cool' as const }) };
    const pages = pagesInLog({ log: anew, decider: other, warn: fail, size: 10 });
    await new HotStreams(anew, other, { expect: 'any', pages }).state(STREAM);
    await settle();
    assert.equal((await open(anew).state(STREAM)).persona, 'cute');
    await settle();
    assert.equal(pagesIn(anew).length, 6);
    assert.equal((await open(anew).state(STREAM)).persona, 'cute');
  });

  it('that cannot be stored or read are missed by nobody', async () => {
    const log = await longStream();
    const warnings: unknown[] = [];
    const options = { warn: (error: unknown) => void warnings.push(error) };
    log.faults.beforeAppend = (stream) => {
      if (stream.startsWith('pages-')) throw new LogUnavailable('away');
    };
    assert.equal((await open(log, options).state(STREAM)).persona, 'cute');
    await settle();
    assert.equal(warnings.length, 1);
    log.faults = {
      beforeRead(stream) {
        if (stream.startsWith('pages-')) throw new Error('cannot be parsed');
      },
    };
    assert.deepEqual(await knownOf(open(log, options), idsOf(own(log))), idsOf(own(log)));
    await settle();
    assert.equal(warnings.length, 2);
  });

  it('whatever becomes of them and whoever adds them: what is known is what is stored, and the state its fold', async () => {
    const action = fc.record({
      kind: fc.constantFrom('write', 'load', 'two load', 'lose', 'damage', 'drop', 'swap', 'choose'),
      count: fc.integer({ min: 1, max: 9 }),
    });
    const property = fc.asyncProperty(fc.array(action, { maxLength: 30, size: 'max' }), async (actions) => {
      const log = memoryLog();
      const size = 4;
      await log.append(STREAM, [registered()], 'any');
      for (const { kind, count } of actions) {
        const pages = pagesIn(log);
        const one = pages[count % Math.max(1, pages.length)];
        if (kind === 'write') await log.append(STREAM, Array.from({ length: count }, played), 'any');
        if (kind === 'choose')
          await log.append(STREAM, [chosen(['cute', 'cool', 'cheerful'][count % 3]!)], 'any');
        if (kind === 'load') await open(log, { size }).state(STREAM);
        if (kind === 'two load') await Promise.all([1, 2].map(() => open(log, { size }).state(STREAM)));
        if (kind === 'lose') log.events.splice(0, log.events.length, ...own(log));
        if (one?.data && kind === 'damage') {
          const data = one.data as { ids: string; state: Player };
          if (count % 2) one.data = { ...data, ids: `AAAA${data.ids.slice(4)}` };
          else one.data = { ...data, state: { ...data.state, persona: 'cheerful', lang: 'zh' } };
        }
        if (one && kind === 'drop') one.data = null;
        const next = pages[(count + 1) % Math.max(1, pages.length)];
        if (one && next && kind === 'swap') [one.data, next.data] = [next.data, one.data];
        await settle();
      }
      const streams = open(log, { size });
      const ids = idsOf(await all(log.readStream(STREAM)));
      assert.deepEqual(await streams.state(STREAM), await openWhole(log).state(STREAM));
      assert.deepEqual(await knownOf(streams, [...ids, randomUUID()]), ids);
      assert.equal(Reflect.get(streams, 'ids'), ids.length);
    });
    await fc.assert(property, { numRuns: 150 });
  });
});
