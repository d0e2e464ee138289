import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { costOf } from '../../domain/voice/prices.js';
import { LogUnavailable } from '../../eventstore/log.js';
import { until } from '../../eventstore/testing/events.js';
import type { BatchWriter } from './batches.js';
import type { LineCount } from './count.js';
import { WriterFault } from './line-writer.js';
import type { RecapParts } from './recaps.js';
import { pauseFrom } from './recaps-ask.js';
import { dataOf, eventsOf, outcome } from './testing/house.js';
import { type MessagesApi, startMessagesApi } from './testing/messages-api.js';
import { afterASession, answerAll, aSession, askedOf } from './testing/recap.js';

let api: MessagesApi;
let scene: Awaited<ReturnType<typeof afterASession>>;
let stops: (() => Promise<void>)[];
before(async () => {
  api = await startMessagesApi();
});
after(() => api.close());
beforeEach(async () => {
  api.batches.length = 0;
  api.faults.length = 0;
  api.always = null;
  scene = await afterASession(api);
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await scene.house.stop();
});

function look(over: Partial<RecapParts> = {}) {
  const looking = scene.recaps(over);
  stops.push(looking.stop);
  return looking;
}

const USAGE = { input: 600, cacheWrite: 0, cacheRead: 0, output: 40 };
const COST = costOf('claude-haiku-5-5', USAGE, { batch: true });
/** Both were asked for, and that is written down. */
const asked = () =>
  until(async () => (await scene.waiting.underWay()).reduce((sum, { lines }) => sum + lines.length, 0) === 2);

/** Each of them was asked for once, written, and paid for what it cost. */
async function assertWritten(players = scene.players) {
  for (const player of players) {
    await until(async () => {
      answerAll(api);
      const events = await eventsOf(scene.house.log, player);
      return events.some(({ type }) => type === 'LineWritten' || type === 'LineFailed');
    });
    const { requested, written, failed } = await outcome(scene.house, player);
    assert.deepEqual(failed, []);
    assert.equal(requested.length, 1);
    assert.deepEqual([written.length, written[0]!.cost], [1, COST]);
    const spent = () => scene.house.accounts.spent;
    await until(() => [...spent()].some(([key, sum]) => key.includes(player) && sum === COST));
  }
  await until(async () => (await scene.waiting.underWay()).length === 0);
  assert.deepEqual(await scene.waiting.take(10, 0), [], 'and waits no more');
}

async function assertFailed(reason: string, cost: 'nothing' | 'what was put aside') {
  for (const player of scene.players) {
    const { requested, failed, written } = await outcome(scene.house, player);
    assert.deepEqual([written.length, failed.length], [0, 1]);
    const [{ reserved, model, promptHash }, told] = [requested[0]!, failed[0]!];
    assert.deepEqual([told.reason, told.cost], [reason, cost === 'nothing' ? 0 : reserved]);
    assert.deepEqual([told.model, told.promptHash], [model, promptHash]);
    const sum = () => [...scene.house.accounts.spent].find(([key]) => key.includes(player))![1];
    await until(() => sum() === told.cost);
  }
}

/** Does a thing wrong so many times. */
function failing<A extends unknown[], T>(times: number, error: Error, work: (...args: A) => Promise<T>) {
  const done = { calls: 0 };
  const run = async (...args: A): Promise<T> => {
    if (done.calls++ < times) throw error;
    return work(...args);
  };
  return Object.assign(run, { done });
}

const POSTGRES_AWAY = new Error('Connection terminated');
const LOG_AWAY = new LogUnavailable('the log is away');

describe('lines that could not be asked for now', () => {
  const passing: [string, MessagesApi['faults'][number]][] = [
    ['429', { status: 429 }],
    ['529', { status: 529 }],
    ['a connection that is cut', { cut: true }],
  ];
  for (const [name, fault] of passing)
    it(`are asked for again after ${name}, with the money that was put aside`, async () => {
      api.faults.push(fault, fault);
      look();
      await asked();
      assert.deepEqual(api.faults, []);
      await assertWritten();
    });

  it('are asked for again when the answer came too late', async () => {
    const { batches } = scene.parts;
    const submit = failing(2, new WriterFault('too_late', 'no answer in time'), batches.submit);
    look({ batches: { ...batches, submit } });
    await asked();
    assert.equal(submit.done.calls, 3);
    await assertWritten();
  });

  it('wait the longer, the more often it failed, and as long as the writer wants', () => {
    let now = 1_000;
    const pause = pauseFrom(10, () => now);
    const lengthOf = (atLeastMs?: number) => {
      pause.failed(atLeastMs);
      const since = now;
      while (!pause.isOver()) now++;
      return now - since;
    };
    assert.ok(pause.isOver());
    assert.deepEqual([lengthOf(), lengthOf(), lengthOf(), lengthOf(500)], [10, 20, 40, 500]);
    pause.went();
    assert.equal(lengthOf(), 10);
    for (let nth = 0; nth < 2_000; nth++) pause.failed();
    assert.ok(lengthOf() <= 600_000);
  });

  it('are given up where the writer refuses them, and what was put aside is given back', async () => {
    api.always = { status: 400 };
    look();
    await assertFailed('rejected', 'nothing');
  });

  it('are put back where the log was away for a moment', async () => {
    let times = 3;
    scene.house.log.faults.beforeRead = () => {
      if (times-- > 0) throw LOG_AWAY;
    };
    look();
    await asked();
    await assertWritten();
  });

  it('are put back where the accounts were away for a moment', async () => {
    const { accounts } = scene.house;
    look({ accounts: { ...accounts, reserve: failing(2, POSTGRES_AWAY, accounts.reserve) } });
    await asked();
    await assertWritten();
  });

  it('are put back, though what is to keep them was away as well', async () => {
    api.faults.push({ status: 529 });
    const { waiting } = scene;
    const putBack = failing(2, POSTGRES_AWAY, waiting.putBack);
    look({ waiting: { ...waiting, putBack } });
    await asked();
    assert.ok(putBack.done.calls >= 3);
    await assertWritten();
  });

  it('are asked for once, though it could not be written down at first', async () => {
    const { waiting } = scene;
    const wroteDown = failing(2, POSTGRES_AWAY, waiting.asked);
    look({ waiting: { ...waiting, asked: wroteDown } });
    await until(() => wroteDown.done.calls >= 3);
    await asked();
    await assertWritten();
    assert.equal(askedOf(api).length, 2);
  });

  it('are asked for by who comes next, where it was stopped with their money put aside', async () => {
    let isAway = true;
    let tries = 0;
    scene.house.log.faults.beforeAppend = (_, events) => {
      if (!isAway || events[0]!.type !== 'LineRequested') return;
      tries++;
      throw LOG_AWAY;
    };
    const first = look();
    await until(() => tries > 0);
    await first.stop();
    isAway = false;
    look();
    await asked();
    await assertWritten();
  });

  it('are given up where they would be asked with something else than the log says', async () => {
    api.always = { status: 529 };
    const { waiting } = scene;
    const putBack = failing(0, POSTGRES_AWAY, waiting.putBack);
    const first = look({ model: 'claude-haiku-5-5', waiting: { ...waiting, putBack } });
    await until(() => putBack.done.calls > 0);
    await first.stop();
    api.always = null;
    look({ model: 'claude-opus-5-5' });
    await assertFailed('interrupted', 'what was put aside');
    assert.deepEqual(api.batches, []);
  });
});

describe('one thing that cannot be heard', () => {
  it('holds up no other batch', async () => {
    const looking = look();
    await asked();
    const gone = api.batches.splice(0);
    const cid = await scene.house.seat('cid');
    await aSession(scene.house, cid);
    await until(async () => {
      answerAll(api);
      return dataOf(await eventsOf(scene.house.log, cid), 'LineWritten').length === 1;
    });
    for (const player of scene.players)
      assert.deepEqual(dataOf(await eventsOf(scene.house.log, player), 'LineFailed'), [], 'not at once');
    await looking.stop();
    api.batches.push(...gone);
    look();
    await assertWritten();
  });

  it('is given up where it stays so, and nobody knows what it cost', async () => {
    look({ rejectedForMs: 0 });
    await asked();
    api.batches.length = 0;
    await assertFailed('rejected', 'what was put aside');
    await until(async () => (await scene.waiting.underWay()).length === 0);
  });

  it('is given up where there is no answer for longer than a batch may take', async () => {
    look({ answeredWithinMs: 0 });
    await assertFailed('too_late', 'what was put aside');
  });

  it('holds up no other line of its batch', async () => {
    const [ann, bob] = scene.players as [string, string];
    look();
    await asked();
    let isAway = true;
    scene.house.log.faults.beforeRead = (stream) => {
      if (isAway && stream === `player-${ann}`) throw LOG_AWAY;
    };
    answerAll(api);
    await outcome(scene.house, bob);
    isAway = false;
    await assertWritten();
  });

  it('holds up nothing where it is a line that somebody left behind', async () => {
    const left = { id: crypto.randomUUID(), stream: 'player-left', revision: 0 };
    let tries = 0;
    scene.house.log.faults.beforeRead = (stream) => {
      if (stream !== left.stream) return;
      tries++;
      throw LOG_AWAY;
    };
    look({ waiting: { ...scene.waiting, abandoned: async () => [left] } });
    await asked();
    await assertWritten();
    await until(() => tries > 1);
  });
});

describe('to be stopped', () => {
  it('does not wait for who is asked; what was asked in vain maybe is given up, for it may be paid', async () => {
    api.faults.push({ hang: true });
    const looking = look();
    await until(() => api.faults.length === 0);
    await looking.stop();
    assert.deepEqual(await scene.waiting.take(10, 0), []);
    look({ waiting: { ...scene.waiting, abandoned: () => scene.waiting.abandoned(0) } });
    await assertFailed('interrupted', 'what was put aside');
    assert.deepEqual(api.batches, []);
  });

  it('does not wait for answers, nor for those of the next batch', async () => {
    const first = look();
    await asked();
    await first.stop();
    const signals: AbortSignal[] = [];
    const answers: BatchWriter['answers'] = (_, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new WriterFault('too_late', 'stopped')));
      });
    };
    const lines = (await scene.waiting.underWay())[0]!.lines;
    const underWay = async () => ['one', 'two'].map((batch) => ({ batch, lines, ageMs: 0 }));
    const second = look({
      batches: { ...scene.parts.batches, answers },
      waiting: { ...scene.waiting, underWay },
    });
    await until(() => signals.length === 1);
    await second.stop();
    assert.equal(signals.length, 1);
    look();
    await assertWritten();
  });

  it('does not wait for a log that stays away', async () => {
    const looking = look();
    await asked();
    let tries = 0;
    scene.house.log.faults.beforeAppend = () => {
      tries++;
      throw LOG_AWAY;
    };
    answerAll(api);
    await until(() => tries > 0);
    await looking.stop();
    scene.house.log.faults = {};
    look();
    await assertWritten();
  });

  it('is listened for by nobody who is done', async () => {
    const listening = new Map<EventTarget, number>();
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const changed = (by: number, then: typeof addEventListener) =>
      function (this: EventTarget, ...args: Parameters<typeof addEventListener>) {
        if (this instanceof AbortSignal) listening.set(this, (listening.get(this) ?? 0) + by);
        return then.apply(this, args);
      };
    EventTarget.prototype.addEventListener = changed(1, addEventListener);
    EventTarget.prototype.removeEventListener = changed(-1, removeEventListener as typeof addEventListener);
    try {
      const submit = async () => 'a-batch';
      let rounds = 0;
      const answers = async () => {
        rounds++;
        return null;
      };
      look({ batches: { submit, answers } });
      await until(() => rounds > 20);
    } finally {
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
    }
    assert.ok(listening.size > 2, 'each line and the rounds have signals');
    assert.ok(Math.max(...listening.values()) <= 1, 'none of which is listened to by all');
  });
});

describe('what was answered', () => {
  it('is counted once, as what nobody waited for', async () => {
    const counted: LineCount[] = [];
    look({ count: (line) => void counted.push(line) });
    await asked();
    await assertWritten();
    const line = { source: 'llm', scene: 'recap', reason: 'none', cost: COST, latencyMs: null };
    assert.deepEqual(counted, [line, line]);
  });

  it('is counted where nothing came of it, too', async () => {
    const counted: LineCount[] = [];
    api.always = { status: 400 };
    look({ count: (line) => void counted.push(line) });
    await assertFailed('rejected', 'nothing');
    const line = { source: 'none', scene: 'recap', reason: 'rejected', cost: 0, latencyMs: null };
    await until(() => counted.length === 2);
    assert.deepEqual(counted, [line, line]);
  });

  it('is told under what it was asked with, though it would be asked with something else by now', async () => {
    const first = look({ model: 'claude-haiku-5-5' });
    await asked();
    await first.stop();
    look({ model: 'claude-opus-5-5' });
    await assertWritten();
    for (const player of scene.players) {
      const { requested, written } = await outcome(scene.house, player);
      assert.deepEqual(
        [written[0]!.model, written[0]!.promptHash],
        [requested[0]!.model, requested[0]!.promptHash],
      );
      assert.equal(written[0]!.model, 'claude-haiku-5-5');
    }
  });
});
