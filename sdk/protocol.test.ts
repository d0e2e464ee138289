import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clientFrame } from './protocol.js';

const frame = (data: unknown) => ({
  type: 'game_event',
  id: '6a0c1f52-8f3b-4c1e-9d27-000000000001',
  event: { type: 'player.save_loaded', data },
});

it('takes what a game says of a rival, a mode and a save game, and its own fields beside them', () => {
  const data = {
    rival: 'Zed',
    mode: 'ranked',
    savedAt: '2026-11-20T10:00:00+01:00',
    branch: 'slot 2',
    own: [1],
  };
  assert.deepEqual(clientFrame.parse(frame(data)), frame(data));
});

it('names the field that is not of its type', () => {
  const wrong = { rival: 7, mode: ['ranked'], savedAt: 'yesterday', branch: 'x'.repeat(201) };
  for (const [field, value] of Object.entries(wrong)) {
    const { error } = clientFrame.safeParse(frame({ [field]: value }));
    assert.deepEqual(error?.issues[0]?.path, ['event', 'data', field]);
  }
});
