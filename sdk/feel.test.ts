import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formats } from '../cli/imports/index.js';
import { dataAbsent, recorded } from '../cli/imports/test-data.js';
import { type Deciders, feel, initialFeeling } from '../domain/emotion/feel.js';
import type { GameEvent } from '../domain/events/game-event.js';
import { bookOf } from '../projections/emotion-model/models.js';
import { localFeeling } from './feel.js';

/** The engine's answers and those of the game itself to the same history, event by event. */
function both(history: readonly GameEvent[], deciders: Deciders) {
  const local = localFeeling();
  let feeling = initialFeeling;
  return history.map((event) => {
    const engine = feel(event, feeling, deciders);
    feeling = engine.feeling;
    return { engine: engine.emotion, here: local.felt(event, event.id) };
  });
}

describe('feeling in the game itself', () => {
  it('agrees with the engine on every event of the recorded matches', { skip: dataAbsent }, async (t) => {
    const book = await bookOf('nowhere', assert.fail);
    const deciders = book.deciders(undefined);
    let [events, sure] = [0, 0];
    for (const history of histories())
      for (const { engine, here } of both(history, deciders)) {
        events++;
        if (here.sure) sure++;
        const { valence, dominance } = engine;
        assert.deepEqual([here.valence, here.dominance], [valence, dominance]);
        assert.equal(here.ruleId, engine.ruleId);
        if (here.sure) assert.deepEqual([here.label, here.intensity], [engine.label, engine.intensity]);
      }
    assert.ok(events > 5_000 && sure > events * 0.8);
    t.diagnostic(`${events} events, ${sure} of them decided by rules`);
  });

  it('goes on where it was, and by the rules of a game', () => {
    const rules = [
      {
        id: 'goal',
        on: 'custom.goal',
        feel: 'ecstatic',
        intensity: 0.9,
        confidence: 0.9,
        vad: [0.9, 0.9, 0.8],
        because: 'a goal',
      },
    ] as const;
    const first = localFeeling({ rules });
    first.felt({ type: 'player.death', at: '2026-01-01T00:00:00Z' });
    first.felt({ type: 'player.death', at: '2026-01-01T00:00:10Z' });
    const kept = JSON.parse(JSON.stringify(first.feeling));
    const again = localFeeling({ rules, feeling: kept });
    assert.equal(again.felt({ type: 'player.death', at: '2026-01-01T00:00:20Z' }).label, 'frustrated');
    assert.deepEqual(
      [again.felt({ type: 'custom.goal' }).label, again.felt({ type: 'custom.x' }).sure],
      ['ecstatic', false],
    );
  });
});

function histories(): GameEvent[][] {
  const read = (path: string) => ({ name: path, text: readFileSync(path, 'utf8') });
  const matches = [
    ...recorded.lol.map((folder) =>
      formats.lol.read([read(join(folder, 'replay.json')), read(join(folder, 'meta_info.json'))]),
    ),
    ...recorded.csgo.map((path) => formats.csgo.read([read(path)])),
    ...recorded.dota2.map((path) => formats.dota2.read([read(path)])),
  ];
  return matches.flatMap(({ players }) =>
    players.map(({ events }) =>
      events.filter((event): event is GameEvent & { kind?: never } => event.kind !== 'chat'),
    ),
  );
}
