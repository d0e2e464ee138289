import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logEvents } from '../../domain/events/log-events.js';
import { readFrame } from '../../gateway/ws/frames.js';
import { MAX_FRAME_BYTES } from '../../sdk/protocol.js';
import { draftsOf } from './drafts.js';
import { framesOf, Ids, tales } from './frames.js';

const read = (bytes: Buffer) => {
  const outcome = readFrame(bytes.toString());
  if ('refused' in outcome) throw new Error(outcome.refused.message);
  return outcome.frame;
};

describe('the frames of the load', () => {
  for (const size of [1, 100]) {
    it(`are frames of ${size} that the gateway takes`, () => {
      const ids = new Ids();
      for (const frame of framesOf('match', size)) {
        ids.into(frame);
        assert.ok(frame.bytes.length <= MAX_FRAME_BYTES);
        const told = read(frame.bytes);
        if (told.type === 'game_events') assert.equal(told.events.length, size);
        else assert.equal(told.type, size === 1 ? 'game_event' : 'game_events');
      }
    });
  }

  it('never carry an id twice, also when the same bytes are sent again', () => {
    const ids = new Ids();
    const [frame] = framesOf('match', 100);
    const seen = new Set<string>();
    for (let times = 0; times < 20; times++) {
      const id = ids.into(frame!);
      const told = read(frame!.bytes);
      assert.ok(told.type === 'game_events' && told.id === id);
      for (const event of [told, ...told.events]) seen.add(event.id);
    }
    assert.equal(seen.size, 20 * 101);
  });

  it('tell of whole matches, or of what is always answered', () => {
    const types = new Set(tales('match').map(({ type }) => type));
    for (const type of ['match.start', 'player.kill', 'player.death', 'player.victory'] as const)
      assert.ok(types.has(type), type);
    const answered = new Set(tales('answered').map(({ type }) => type));
    assert.deepEqual([...answered].sort(), ['player.achievement', 'player.multi_kill', 'player.victory']);
    assert.equal(tales('answered').length, tales('match').length);
  });

  it('are appended by the bare client in the shape that the engine stores', () => {
    for (const { type, data, metadata } of draftsOf('match')) {
      assert.deepEqual(logEvents[type].shape.parse(data), data);
      assert.deepEqual(Object.keys(metadata).sort(), [
        '$causationId',
        '$correlationId',
        'clientId',
        'gameId',
        'recordedAt',
        'schemaVersion',
      ]);
    }
  });
});
