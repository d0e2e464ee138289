import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anEvent } from '../../eventstore/testing/events.js';
import { mainThreadWaited, restWhileOthersWait } from './rest.js';

type World = { share: number | null; recordedMsAgo?: number; recordedEveryMs?: number };

/** A clock, what of its time was waited for a processor, and how long was rested. */
function world({ share, recordedMsAgo = 0, recordedEveryMs = 0.1 }: World) {
  const state = { now: Date.parse('2026-01-01'), share, rested: 0, waited: 0 };
  let recordedAt = state.now - recordedMsAgo;
  const pass = (ms: number) => {
    state.now += ms;
    state.waited += ms * (state.share ?? 0);
  };
  const rest = restWhileOthersWait(
    () => (state.share === null ? null : state.waited),
    () => state.now,
    async (ms) => {
      state.rested += ms;
      pass(ms);
    },
  );
  const stop = new AbortController();
  const told = {
    state,
    stop,
    /** As many events have come as tell how fast they come. */
    async judged() {
      state.share = 0;
      for (let nth = 0; nth < 6; nth++) await told.after100();
      state.share = share;
      return told;
    },
    /** How long is rested after a batch of 100 that took 60 ms to come. */
    async after100() {
      pass(60);
      const before = state.rested;
      recordedAt += 100 * recordedEveryMs;
      const { metadata, ...event } = { ...anEvent(), stream: 's', revision: 0, position: 1 };
      const at = new Date(recordedAt).toISOString();
      const events = Array.from({ length: 100 }, () => ({
        ...event,
        metadata: { ...metadata, recordedAt: at },
      }));
      await rest(events, stop.signal);
      return state.rested - before;
    },
  };
  return told;
}

describe('the followers', () => {
  it('do not rest while nobody waits for a processor', async () => {
    assert.equal(await (await world({ share: 0.01 }).judged()).after100(), 0);
  });

  it('rest the longer the longer they are in the way, up to 4 ms an event, and stop when they no longer are', async () => {
    const { after100, state } = await world({ share: 0.5 }).judged();
    const rests = [];
    for (let nth = 0; nth < 8; nth++) rests.push(await after100());
    assert.ok(rests[0]! > 0 && rests[0]! < rests[4]!, String(rests));
    assert.equal(rests.at(-1), 400);
    state.share = 0;
    for (let nth = 0; nth < 8; nth++) rests.push(await after100());
    assert.equal(rests.at(-1), 0);
  });

  it('take their share again once they are more than 5 s behind', async () => {
    const { after100 } = await world({ share: 0.5, recordedMsAgo: 5_001 }).judged();
    for (let nth = 0; nth < 8; nth++) assert.equal(await after100(), 0);
  });

  it('do not rest at a pace that is no burst, whoever is in the way then', async () => {
    const { after100 } = await world({ share: 0.5, recordedEveryMs: 1.1 }).judged();
    for (let nth = 0; nth < 8; nth++) assert.equal(await after100(), 0);
  });

  it('do not rest when they are to stop, nor where nobody can tell who waits', async () => {
    const stopped = await world({ share: 0.5 }).judged();
    stopped.stop.abort();
    assert.equal(await stopped.after100(), 0);
    assert.equal(await (await world({ share: null }).judged()).after100(), 0);
  });

  it('learn from Linux how long the main thread has waited', { skip: process.platform !== 'linux' }, () => {
    const first = mainThreadWaited();
    assert.ok(first === null || first >= 0);
    assert.ok((mainThreadWaited() ?? 0) >= (first ?? 0));
  });
});
