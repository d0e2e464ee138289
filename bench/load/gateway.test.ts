import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { fill, gatewayClosed } from './gateway.js';
import { type Answer, gatewayOfFewWords, type Told } from './testing/few-words.js';

describe('the load on a gateway', () => {
  let close = () => {};
  afterEach(() => close());

  async function gateway(answer: Answer): Promise<string> {
    const server = await gatewayOfFewWords(answer);
    close = server.close;
    return server.url;
  }

  const ack = ({ id }: Told) => JSON.stringify({ type: 'ack', id, position: '1:1' });
  const error = (code: string) => JSON.stringify({ type: 'error', code, message: code, retryAfterMs: 20 });

  it('comes again when it is asked to, and counts only what was acknowledged', async () => {
    const seen = new Set<string>();
    let acked = 0;
    const url = await gateway((frame, nth, socket) => {
      seen.add(frame.id);
      if (nth % 3 === 0) return socket.send(error('unavailable'));
      acked++;
      socket.send(ack(frame));
    });
    const filled = await fill({ kind: 'fill', url, tokens: ['a', 'b'], events: 200, size: 10 });
    assert.deepEqual([filled.events, acked], [200, 20]);
    assert.equal(filled.refused, seen.size - acked);
  });

  it('counts companion actions beside the acks', async () => {
    const url = await gateway((frame, _, socket) => {
      socket.send(JSON.stringify({ type: 'companion_action', actionId: '1' }));
      setTimeout(() => socket.send(ack(frame)), 5);
    });
    const timing = { warmUpMs: 0, measureMs: 150 };
    const job = { kind: 'gateway-closed', url, tokens: ['a'], size: 10, window: 1, ...timing } as const;
    const { events, actions, refused } = await gatewayClosed({ ...job, tokens: ['a'] });
    assert.ok(events >= 50 && Math.abs(actions - events / 10) <= 2, `${events} events, ${actions} actions`);
    assert.equal(refused, 0);
  });

  it('ends with the words of a gateway that says no for good, or hangs up', async () => {
    const job = { kind: 'fill', tokens: ['a'], events: 10, size: 10 } as const;
    const no = await gateway((_, __, socket) => socket.send(error('unknown_type')));
    await assert.rejects(fill({ ...job, url: no, tokens: ['a'] }), /the gateway said .*unknown_type/);
    close();
    const gone = await gateway((_, __, socket) => socket.close(4401));
    await assert.rejects(fill({ ...job, url: gone, tokens: ['a'] }), /closed a connection \(4401\)/);
  });
});
