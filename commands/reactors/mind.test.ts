import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { derivedId } from '../../domain/kernel/ids.js';
import type { PlacedEvent } from '../../eventstore/log.js';
import { anEvent } from '../../eventstore/testing/events.js';
import { memoryLog } from '../../eventstore/testing/memory-log.js';
import { aGameEvent } from '../testing/side.js';
import { Mind } from './mind.js';

const types = [
  'player.kill',
  'player.death',
  'player.victory',
  'player.defeat',
  'player.achievement',
  'chat',
  'mute',
];

function eventOf(type: string, at: number) {
  if (type === 'mute') return { ...anEvent({ actionId: 'x', reaction: 'mute' }), type: 'FeedbackGiven' };
  const { id, ...event } = aGameEvent(type, at, { killCount: at % 17 });
  if (type === 'chat')
    return { ...anEvent({ text: 'sealed:x', at: event.at }, id), type: 'ChatMessageReceived' };
  return { ...anEvent(event, id), type: 'GameEventRecorded' };
}

it('woken from the log at any event, is the companion that lived through it', async () => {
  const steps = fc.array(fc.record({ type: fc.constantFrom(...types), after: fc.nat(90), lag: fc.nat(4) }), {
    minLength: 1,
    maxLength: 40,
  });
  const property = fc.asyncProperty(steps, fc.nat(), fc.nat(6), async (plays, where, unwritten) => {
    const lived = new Mind();
    const log = memoryLog();
    const expected = new Map<string, unknown>();
    const late: { due: number; act: ReturnType<typeof anEvent> }[] = [];
    const heard: PlacedEvent[] = [];
    let at = 0;
    for (const [n, { type, after, lag }] of plays.entries()) {
      at += after;
      await log.append('player-a', [eventOf(type, at)], 'any');
      const stored = log.events.at(-1)!;
      heard.push(stored);
      const acted = lived.take(stored);
      expected.set(stored.id, acted);
      // An act stands somewhere after its cause; the last ones may not be written yet.
      const act = acted && {
        ...anEvent(acted, derivedId(stored.id, 'companion-acted')),
        type: 'CompanionActed',
      };
      if (act && n < plays.length - unwritten) late.push({ due: n + lag, act });
      for (const one of late.filter(({ due }) => due <= n)) {
        late.splice(late.indexOf(one), 1);
        await log.append('player-a', [one.act], 'any');
      }
    }
    for (const { act } of late) await log.append('player-a', [act], 'any');
    const written = new Set(
      log.events.flatMap(({ type, data }) =>
        type === 'CompanionActed' ? [(data as { causedBy: string }).causedBy] : [],
      ),
    );
    // Everything before the place of waking was answered durably: that is what a checkpoint says.
    const from = heard.findIndex(({ id }) => expected.get(id) !== null && !written.has(id));
    const places = from < 0 ? heard : heard.slice(0, from + 1);
    const { revision } = places[where % places.length]!;
    const woken = await Mind.wake(log, 'player-a', revision);
    for (const event of log.events) {
      const acted = woken.take(event);
      if (
        event.revision < revision ||
        event.type === 'CompanionActed' ||
        (revision > 0 && written.has(event.id))
      )
        assert.ok(acted === null || revision === 0);
      else assert.deepEqual(acted, expected.get(event.id));
    }
  });
  await fc.assert(property, { numRuns: 150 });
});

it('takes an event once', () => {
  const mind = new Mind();
  const victory = { ...eventOf('player.victory', 0), stream: 'player-a', revision: 4, position: 9 };
  assert.ok(mind.take(victory));
  assert.equal(mind.take(victory), null);
});
