import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { Breaker } from './breaker.js';
import { LogUnavailable } from './log.js';
import { until } from './testing/events.js';

const away = new Error('connect ECONNREFUSED\nand more');

function aBreaker(t: TestContext, { openAfterMs = 0, answers = true } = {}) {
  const told: string[] = [];
  const probe = async () => {
    if (!answers) throw away;
  };
  const breaker = new Breaker({ openAfterMs, probe, onChange: (state) => told.push(state) });
  t.after(() => breaker.close());
  return { breaker, told };
}

describe('the breaker', () => {
  it('stays closed while some calls succeed, and for a short failure', (t) => {
    const { breaker, told } = aBreaker(t, { openAfterMs: 60_000 });
    for (let n = 0; n < 100; n++) breaker.failed('append', away);
    breaker.enter('append');
    const { breaker: other } = aBreaker(t);
    other.succeeded('append');
    assert.equal(other.state, 'closed');
    assert.deepEqual(told, []);
  });

  it('answers at once when it is open, in one line that says since when and why', (t) => {
    const { breaker, told } = aBreaker(t, { answers: false });
    breaker.failed('append', away);
    for (const kind of ['append', 'read'] as const) {
      assert.throws(() => breaker.enter(kind), LogUnavailable);
      assert.throws(
        () => breaker.enter(kind),
        /^LogUnavailable: the event log cannot be reached since 2.*Z: connect ECONNREFUSED$/,
      );
    }
    breaker.failed('append', away);
    assert.deepEqual(told, ['open']);
  });

  it('lets reads and one append through when the log answers again, and closes with that append', async (t) => {
    const { breaker, told } = aBreaker(t);
    breaker.failed('append', away);
    await until(() => breaker.state === 'half_open');
    breaker.enter('append');
    assert.throws(() => breaker.enter('append'), LogUnavailable);
    breaker.enter('read');
    breaker.succeeded('read');
    assert.equal(breaker.state, 'half_open');
    breaker.succeeded('append');
    assert.equal(breaker.state, 'closed');
    assert.equal(breaker.trouble, null);
    breaker.enter('append');
    breaker.enter('append');
    assert.deepEqual(told, ['open', 'closed']);
  });

  it('opens again without a word when that append fails, and asks on', async (t) => {
    const { breaker, told } = aBreaker(t);
    breaker.failed('append', away);
    for (let round = 0; round < 2; round++) {
      await until(() => breaker.state === 'half_open');
      breaker.enter('append');
      breaker.failed('append', away);
      assert.equal(breaker.state, 'open');
    }
    await until(() => breaker.state === 'half_open');
    breaker.enter('append');
    breaker.succeeded('append');
    assert.deepEqual(told, ['open', 'closed']);
  });

  it('counts appends and reads apart: a log that is read and not written opens it all the same', (t) => {
    const { breaker } = aBreaker(t, { answers: false });
    breaker.succeeded('read');
    breaker.failed('append', away);
    breaker.succeeded('read');
    assert.equal(breaker.state, 'open');
  });
});
