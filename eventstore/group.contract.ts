import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ConsumeOptions, Delivery, EventLog, Group } from './log.js';
import { RETRIES_MAX, START } from './log.js';
import { all, anEvent, idsOf, someEvents, until } from './testing/events.js';

const aGroup = (): Group & { streams: string } => {
  const name = `tested-${randomUUID().replaceAll('-', '')}`;
  return { name, streams: `${name}-` };
};

/** Takes part in a group, and does with each delivery what it is told; without that, keeps it on loan. */
export function taking(
  log: EventLog,
  group: Group,
  {
    take = () => {},
    inFlight,
  }: { take?: (delivery: Delivery) => void } & Pick<ConsumeOptions, 'inFlight'> = {},
) {
  const stop = new AbortController();
  const taken: Delivery[] = [];
  const running = (async () => {
    const options = { signal: stop.signal, ...(inFlight && { inFlight }) };
    for await (const deliveries of log.consume(group, options)) {
      assert.ok(deliveries.length > 0);
      for (const delivery of deliveries) {
        taken.push(delivery);
        take(delivery);
      }
    }
  })();
  return {
    taken,
    ids: () => taken.map(({ event }) => event.id),
    async stop() {
      stop.abort();
      await running;
    },
  };
}

export const ack = (delivery: Delivery) => delivery.ack();

/** What every adapter of the port promises of groups. */
export const groupPromises: Record<string, (log: EventLog) => Promise<void>> = {
  'gives a group each event of its streams from the start, and no other': async (log) => {
    const group = aGroup();
    const events = someEvents(10);
    const stream = `${group.streams}a`;
    const appended = await log.append(stream, events.slice(0, 6), 'any');
    await log.append(`other-${group.streams}a`, someEvents(3), 'any');
    const one = taking(log, group, { take: ack });
    await until(() => one.taken.length === 6);
    await log.append(stream, events.slice(6), 'any');
    await until(() => one.taken.length === 10);
    await one.stop();
    assert.deepEqual(one.ids(), idsOf(events));
    const { event, retries } = one.taken[5]!;
    assert.deepEqual(event, {
      ...events[5],
      stream,
      revision: 5,
      position: appended.ok && appended.position,
    });
    assert.equal(retries, 0);
  },

  'gives a group of types each event of that type, in whatever stream, and no other': async (log) => {
    const name = `Tested${randomUUID().replaceAll('-', '')}`;
    const group: Group = { name, types: name };
    const mine = [1, 2, 3, 4].map(() => ({ ...anEvent(), type: name }));
    await log.append(`${name}-a`, [mine[0]!, anEvent(), mine[1]!], 'any');
    const one = taking(log, group, { take: ack });
    await until(() => one.taken.length === 2);
    await log.append(`${name}-b`, [anEvent(), mine[2]!], 'any');
    await log.append(`${name}-a`, [mine[3]!], 'any');
    await until(() => one.taken.length === 4);
    await one.stop();
    assert.deepEqual(one.ids(), idsOf(mine));
  },

  'does not give again what was settled, whoever takes part later': async (log) => {
    const group = aGroup();
    const events = someEvents(5);
    await log.append(`${group.streams}a`, events.slice(0, 4), 'any');
    const one = taking(log, group, { take: ack });
    await until(() => one.taken.length === 4);
    await one.stop();
    const two = taking(log, group, { take: ack });
    await log.append(`${group.streams}a`, events.slice(4), 'any');
    await until(() => two.taken.length > 0);
    await two.stop();
    assert.deepEqual(two.ids(), idsOf(events.slice(4)));
  },

  'gives all events of one stream to one consumer, in order, each event to one': async (log) => {
    const group = aGroup();
    const consumers = [1, 2, 3].map(() => taking(log, group, { take: ack }));
    await until(async () => (await log.groupStatus(group))?.consumers === 3);
    const streams = Array.from({ length: 24 }, (_, n) => `${group.streams}${n}`);
    for (let round = 0; round < 4; round++) {
      await Promise.all(streams.map((stream) => log.append(stream, someEvents(2), 'any')));
    }
    const taken = () => consumers.flatMap((consumer) => consumer.taken);
    await until(() => taken().length >= 24 * 8);
    await Promise.all(consumers.map(({ stop }) => stop()));
    assert.equal(new Set(idsOf(taken().map(({ event }) => event))).size, taken().length);
    for (const stream of streams) {
      const by = consumers.filter((one) => one.taken.some(({ event }) => event.stream === stream));
      assert.equal(by.length, 1, stream);
      const revisions = by[0]!.taken.filter(({ event }) => event.stream === stream);
      assert.deepEqual(
        revisions.map(({ event }) => event.revision),
        [0, 1, 2, 3, 4, 5, 6, 7],
      );
    }
    assert.ok(consumers.filter((one) => one.taken.length > 0).length > 1, 'the work is shared');
  },

  'gives what a consumer had on loan to another when it leaves, and what it settled not': async (log) => {
    const group = aGroup();
    const events = someEvents(6);
    await log.append(`${group.streams}a`, events, 'any');
    const left: Delivery[] = [];
    for await (const deliveries of log.consume(group, { signal: new AbortController().signal })) {
      left.push(...deliveries);
      for (const delivery of deliveries) if (delivery.event.revision % 2 === 0) delivery.ack();
      if (left.length === 6) break;
    }
    left[1]!.ack();
    const two = taking(log, group, { take: ack });
    await until(() => two.taken.length >= 3);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await two.stop();
    assert.deepEqual(two.ids().sort(), idsOf([events[1]!, events[3]!, events[5]!]).sort());
  },

  'has no more on loan to a consumer than it allows': async (log) => {
    const group = aGroup();
    await log.append(`${group.streams}a`, someEvents(20), 'any');
    const one = taking(log, group, { inFlight: 4 });
    await until(() => one.taken.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(one.taken.length, 4);
    one.taken[0]!.ack();
    await until(() => one.taken.length === 5);
    assert.deepEqual(
      one.taken.map(({ event }) => event.revision),
      [0, 1, 2, 3, 4],
    );
    await one.stop();
  },

  'gives again, parks or passes over what is refused': async (log) => {
    const group = aGroup();
    const [again, parked, skipped, fine] = someEvents(4);
    await log.append(`${group.streams}a`, [again!, parked!, skipped!, fine!], 'any');
    const one = taking(log, group, {
      take(delivery) {
        const { id } = delivery.event;
        if (id === again!.id && delivery.retries < 2) delivery.nack('retry', 'not yet');
        else if (id === parked!.id) delivery.nack('park', 'no such person');
        else if (id === skipped!.id) delivery.nack('skip', 'not for us');
        else delivery.ack();
        delivery.nack('park', 'settled already');
      },
    });
    await until(() => one.taken.length === 6);
    const retries = one.taken.filter(({ event }) => event.id === again!.id);
    assert.deepEqual(
      retries.map((delivery) => delivery.retries),
      [0, 1, 2],
    );
    await until(async () => (await log.groupStatus(group))?.parked === 1);
    const [aside, ...more] = await all(log.parked(group));
    assert.deepEqual(more, []);
    assert.equal(aside!.event.id, parked!.id);
    assert.equal(aside!.event.revision, 1);
    assert.ok(aside!.event.position > START);
    assert.equal(aside!.reason, 'no such person');
    assert.ok(Math.abs(Date.parse(aside!.parkedAt) - Date.now()) < 600_000, aside!.parkedAt);
    await one.stop();
  },

  'parks what was given again too often': async (log) => {
    const group = aGroup();
    const [poison] = someEvents(1);
    await log.append(`${group.streams}a`, [poison!], 'any');
    const one = taking(log, group, { take: (delivery) => delivery.nack('retry', 'never') });
    await until(async () => (await log.groupStatus(group))?.parked === 1);
    await one.stop();
    assert.deepEqual(
      one.taken.map(({ retries }) => retries),
      Array.from({ length: RETRIES_MAX + 1 }, (_, n) => n),
    );
    assert.deepEqual(idsOf((await all(log.parked(group))).map(({ event }) => event)), [poison!.id]);
  },

  'gives the parked again when told, and tells how many there were': async (log) => {
    const group = aGroup();
    const events = someEvents(3);
    await log.append(`${group.streams}a`, events, 'any');
    let mended = false;
    const one = taking(log, group, {
      take: (delivery) => (mended ? delivery.ack() : delivery.nack('park', 'broken')),
    });
    await until(async () => (await log.groupStatus(group))?.parked === 3);
    assert.deepEqual(
      idsOf((await all(log.parked(group, 2))).map(({ event }) => event)),
      idsOf(events.slice(0, 2)),
    );
    mended = true;
    assert.equal(await log.replayParked(group), 3);
    await until(() => one.taken.length === 6);
    await one.stop();
    assert.deepEqual(one.ids().slice(3), idsOf(events));
    await until(async () => (await log.groupStatus(group))?.parked === 0);
    assert.deepEqual(await all(log.parked(group)), []);
    assert.equal(await log.replayParked(group), 0);
  },

  'tells how a group stands': async (log) => {
    const group = aGroup();
    assert.equal(await log.groupStatus(group), null);
    assert.deepEqual(await all(log.parked(group)), []);
    assert.equal(await log.replayParked(group), 0);
    const appended = await log.append(`${group.streams}a`, someEvents(3), 'any');
    assert.ok(appended.ok);
    const one = taking(log, group);
    await until(() => one.taken.length === 3);
    const status = await log.groupStatus(group);
    assert.ok(status!.position < one.taken[0]!.event.position);
    const { position, ...rest } = status!;
    assert.deepEqual(rest, { name: group.name, inFlight: 3, parked: 0, consumers: 1 });
    for (const delivery of one.taken) delivery.ack();
    await until(async () => (await log.groupStatus(group))!.position >= appended.position);
    assert.equal((await log.groupStatus(group))!.inFlight, 0);
    await one.stop();
    await until(async () => (await log.groupStatus(group))!.consumers === 0);
  },

  'ends a consumer when it is told to': async (log) => {
    const one = taking(log, aGroup());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await one.stop();
    assert.deepEqual(await all(log.consume(aGroup(), { signal: AbortSignal.abort() })), []);
  },

  'settles in time what a consumer settled right before it left': async (log) => {
    const group = aGroup();
    await log.append(`${group.streams}a`, someEvents(50), 'any');
    const left = new AbortController();
    for await (const deliveries of log.consume(group, { signal: left.signal })) {
      for (const delivery of deliveries) delivery.ack();
      if (deliveries.at(-1)!.event.revision === 49) left.abort();
    }
    const two = taking(log, group, { take: ack });
    const [last] = someEvents(1);
    await log.append(`${group.streams}a`, [last!], 'any');
    await until(() => two.taken.length > 0);
    await two.stop();
    assert.deepEqual(two.ids(), [last!.id]);
  },

  'knows its groups by name': async (log) => {
    const [one, two] = [aGroup(), aGroup()];
    const event = anEvent();
    await log.append(`${one.streams}a`, [event], 'any');
    const consumers = [one, { ...two, streams: one.streams }].map((group) =>
      taking(log, group, { take: ack }),
    );
    for (const { taken } of consumers) await until(() => taken.length === 1);
    await Promise.all(consumers.map(({ stop }) => stop()));
  },
};
