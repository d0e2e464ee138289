import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { anEvent } from '../../eventstore/testing/events.js';
import { mainThreadWaited, restWhileOthersWait } from './rest.js';

/** A clock, what of its time was waited for a processor, and how long was rested. */
function world({ share, recordedMsAgo = 0 }: { share: number | null; recordedMsAgo?: number }) {
  const state = { now: Date.parse('2026-01-01'), share, rested: 0, waited: 0 };
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
  return {
    state,
    stop,
    /** How long is rested after a batch of 100 that took 60 ms to come. */
    async after100() {
      pass(60);
      const before = state.rested;
      const recordedAt = new Date(state.now - recordedMsAgo).toISOString();
      const event = { ...anEvent(), stream: 's', revision: 0, position: 1 };
      const events = Array.from({ length: 100 }, () => ({
        ...event,
        metadata: { ...event.metadata, recordedAt },
      }));
      await rest(events, stop.signal);
      return state.rested - before;
    },
  };
}

describe('the followers', () => {
  it('do not rest while nobody waits for a processor', async () => {
    assert.equal(await world({ share: 0.01 }).after100(), 0);
  });

  it('rest the longer the longer they are in the way, up to 4 ms an event, and stop when they no longer are', async () => {
    const { after100, state } = world({ share: 0.5 });
    const rests = [];
    for (let nth = 0; nth < 8; nth++) rests.push(await after100());
    assert.ok(rests[0]! > 0 && rests[0]! < rests[4]!, String(rests));
    assert.equal(rests.at(-1), 400);
    state.share = 0;
    for (let nth = 0; nth < 8; nth++) rests.push(await after100());
    assert.equal(rests.at(-1), 0);
  });

  it('take their share again once they are more than 5 s behind', async () => {
    const { after100 } = world({ share: 0.5, recordedMsAgo: 5_001 });
    for (let nth = 0; nth < 8; nth++) assert.equal(await after100(), 0);
  });

  it('do not rest when they are to stop, nor where nobody can tell who waits', async () => {
    const stopped = world({ share: 0.5 });
    stopped.stop.abort();
    assert.equal(await stopped.after100(), 0);
    assert.equal(await world({ share: null }).after100(), 0);
  });

  it('learn from Linux how long the main thread has waited', { skip: process.platform !== 'linux' }, () => {
    const first = mainThreadWaited();
    assert.ok(first === null || first >= 0);
    assert.ok((mainThreadWaited() ?? 0) >= (first ?? 0));
  });
});
