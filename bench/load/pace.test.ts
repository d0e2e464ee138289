import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Meter, paced } from './pace.js';

describe('the pace of the load', () => {
  it('sends all there is to send, whatever comes back, and never early', async () => {
    const sent: { at: number; measured: boolean }[] = [];
    const from = performance.now();
    const late = await paced({
      perSecond: 500,
      timing: { warmUpMs: 100, measureMs: 200 },
      send: (_, measured) => {
        sent.push({ at: performance.now() - from, measured });
      },
    });
    assert.equal(sent.length, 150);
    assert.equal(sent.filter(({ measured }) => measured).length, 100);
    assert.equal(late.length, 100);
    // The schedule starts after `from` was taken, so a sending before its time would show here.
    for (const [nth, { at }] of sent.entries())
      assert.ok(at >= nth * 2, `the ${nth}th was sent after ${at} ms`);
    assert.ok(late.every((ms) => ms >= 0));
  });

  it('catches up after a pause instead of sending less', async () => {
    let count = 0;
    const late = await paced({
      perSecond: 1000,
      timing: { warmUpMs: 0, measureMs: 200 },
      send: () => {
        if (++count !== 10) return;
        const until = performance.now() + 60;
        while (performance.now() < until);
      },
    });
    assert.equal(count, 200);
    assert.ok(Math.max(...late) >= 50, 'and says how late it was');
  });

  it('counts only what is done while it is measured', async () => {
    const meter = new Meter();
    meter.underWay = 3;
    meter.done(100);
    const measuring = meter.measure({ warmUpMs: 20, measureMs: 60 });
    await sleep(45);
    meter.done(100);
    meter.acted();
    const seconds = await measuring;
    meter.done(100);
    await meter.drained();
    assert.deepEqual([meter.events, meter.actions, meter.running], [100, 1, false]);
    assert.ok(seconds >= 0.055);
  });

  it('ends with what went wrong', async () => {
    const meter = new Meter();
    meter.underWay = 1;
    meter.fail(new Error('the gateway said no'));
    meter.fail(new Error('and closed'));
    await assert.rejects(meter.drained(), /the gateway said no/);
  });
});
