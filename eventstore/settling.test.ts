import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Settling } from './settling.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

function aSettling() {
  const sent: unknown[] = [];
  const settling = new Settling<number>({
    ack: async (loans) => void sent.push(loans),
    nack: async (loans, { how, reason }) => {
      sent.push([how, reason, loans]);
      throw new Error('the connection is gone');
    },
  });
  for (let loan = 1; loan <= 9; loan++) settling.lend(loan);
  return { settling, sent };
}

describe('settling what is on loan', () => {
  it('sends what one turn settled together, the refused by their reason', async () => {
    const { settling, sent } = aSettling();
    for (const loan of [1, 2, 3]) settling.ack(loan);
    settling.nack(4, { how: 'park', reason: 'broken' });
    settling.nack(5, { how: 'retry', reason: 'broken' });
    settling.nack(6, { how: 'park', reason: 'broken' });
    assert.deepEqual(sent, []);
    await turn();
    assert.deepEqual(sent, [
      [1, 2, 3],
      ['park', 'broken', [4, 6]],
      ['retry', 'broken', [5]],
    ]);
  });

  it('settles each once, and nothing that was never on loan', async () => {
    const { settling, sent } = aSettling();
    settling.ack(1);
    settling.ack(1);
    settling.nack(1, { how: 'skip', reason: '' });
    settling.ack(99);
    await turn();
    assert.deepEqual(sent, [[1]]);
  });

  it('when it ends sends at once what was settled, and takes no more', async () => {
    const { settling, sent } = aSettling();
    settling.ack(1);
    assert.equal(settling.end(), true);
    assert.deepEqual(sent, [[1]]);
    settling.ack(2);
    await turn();
    assert.deepEqual(sent, [[1]]);
    assert.equal(aSettling().settling.end(), false);
  });
});
