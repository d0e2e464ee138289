import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Feeling } from '../domain/emotion/feel.js';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { FoldFailed, foldEvents } from './changes.js';
import { companionActions } from './companion-actions.js';
import { gameEvents } from './game-events.js';
import { games } from './games.js';
import { projections } from './index.js';
import { players } from './players.js';
import type { Projection, Row } from './projection.js';
import type { Recorded } from './recorded.js';
import { projectionNamed, read, rowsOf } from './testing/folded.js';
import { acted, CLIENT, GAME, gameEvent, play, registered, stored } from './testing/stories.js';
import { usage } from './usage.js';

const emotions = projectionNamed('emotions');

describe('given events, then rows', () => {
  test('game_events: the event as told, and its place', () => {
    const log = memoryLog();
    const first = gameEvent('player.kill', '2024-02-29T23:59:59.5+01:00', { killCount: 1, own: [1] });
    log.tell('player-p1', registered(), first);
    assert.deepEqual(rowsOf(gameEvents, log.events).game_events, [
      {
        player_id: 'p1',
        at: '2024-02-29T22:59:59.500Z',
        revision: 1,
        position: 2,
        id: first.id,
        game_id: GAME,
        client_id: CLIENT,
        type: 'player.kill',
        recorded_at: '2026-11-20T10:00:00.000Z',
        data: { killCount: 1, own: [1] },
        context: { playerLevel: 12 },
      },
    ]);
  });

  test('usage: each day by itself, by the clock of the engine', () => {
    const log = memoryLog();
    const recorded = (recordedAt: string) => {
      const event = gameEvent('player.kill', '2026-11-30T23:59:00Z');
      return { ...event, metadata: { ...event.metadata, recordedAt } };
    };
    log.tell('player-p1', recorded('2026-11-30T23:59:59Z'), recorded('2026-11-30T23:59:59Z'));
    log.tell('player-p1', recorded('2026-12-01T00:00:00Z'));
    const of = { client_id: CLIENT, game_id: GAME };
    assert.deepEqual(rowsOf(usage, log.events).usage_days, [
      { ...of, day: '2026-11-30', events: 2 },
      { ...of, day: '2026-12-01', events: 1 },
    ]);
  });

  test('emotions: what each event was felt as, going on from the feeling before', () => {
    const log = memoryLog();
    const deaths = [1, 2, 3, 4].map((second) =>
      gameEvent('player.death', `2026-01-01T00:00:0${second}Z`, {}),
    );
    log.tell('player-p1', ...deaths);
    const { emotions: felt, emotion_states: states } = rowsOf(emotions, log.events);
    assert.equal(felt!.length, 4);
    assert.equal(felt![3]!.label, 'frustrated');
    assert.equal(felt![3]!.source, 'rule');
    assert.equal(felt![3]!.event_id, deaths[3]!.id);
    assert.equal(states![0]!.revision, 3);
    assert.equal((states![0]!.feeling as Feeling).flow.course.streaks.deaths, 4);
  });

  test('companion_actions: what was done and said, by the time of its cause', () => {
    const log = memoryLog();
    const cause = gameEvent('player.kill', '2026-01-01T00:00:00Z');
    const action = acted(cause.id, '2026-01-01T00:00:00Z');
    log.tell('player-p1', cause, action);
    const [row, ...more] = rowsOf(companionActions, log.events).companion_actions!;
    assert.deepEqual(more, []);
    const data = action.data as Row;
    assert.equal(row!.action_id, data.actionId);
    assert.equal(row!.caused_by, cause.id);
    assert.equal(row!.at, '2026-01-01T00:00:00.000Z');
    assert.deepEqual(row!.dialogue, data.dialogue);
    assert.deepEqual(row!.emotion, data.emotion);
  });

  test('players: registered, then changed in part; names stay sealed', () => {
    const log = memoryLog();
    log.tell('player-p1', registered(), stored('PersonaChosen', { persona: 'cute' }));
    log.tell('player-p1', stored('PersonaChosen', { displayName: 'sealed:new' }));
    assert.deepEqual(rowsOf(players, log.events).players, [
      {
        id: 'p1',
        game_id: GAME,
        client_id: CLIENT,
        external_id: 'sealed:abc',
        person: undefined,
        display_name: 'sealed:new',
        persona: 'cute',
        own_character: null,
        lang: 'zh',
        registered_at: '2026-11-20T10:00:00.000Z',
        position: 1,
        revision: 2,
      },
    ]);
  });

  test('games: created, configured, deleted', () => {
    const log = memoryLog();
    log.tell('game-g1', stored('GameCreated', { clientId: CLIENT, name: 'Arena', config: { a: 1 } }));
    log.tell('game-g1', stored('GameConfigured', { name: 'Arena II' }));
    const [row] = rowsOf(games, log.events).games!;
    assert.deepEqual([row!.name, row!.config, row!.deleted, row!.revision], ['Arena II', { a: 1 }, false, 1]);
    log.tell('game-g1', stored('GameDeleted', {}));
    assert.equal(rowsOf(games, log.events).games![0]!.deleted, true);
  });
});

describe('every projection', () => {
  const history = read(play({ players: 4, events: 120 }).events);

  for (const projection of projections) {
    const mine = history.filter((event) => projection.types.includes(event.type));

    test(`${projection.name}: any batches give the same rows`, () => {
      const expected = inBatches(projection, [mine]);
      fc.assert(
        fc.property(fc.array(fc.nat(mine.length), { maxLength: 8 }), (cuts) => {
          assert.deepEqual(inBatches(projection, cutAt(mine, cuts)), expected);
        }),
        { numRuns: 30 },
      );
    });

    test(`${projection.name}: is pure and shows no event it is not about`, () => {
      assert.deepEqual(foldEvents(projection, mine, new Map()), foldEvents(projection, mine, new Map()));
      const others = history.filter((event) => !projection.types.includes(event.type));
      for (const event of others) assert.deepEqual(projection.fold(event, undefined), {});
    });
  }

  test('a fold that throws names the event', () => {
    const broken: Projection = {
      ...games,
      fold: () => {
        throw new TypeError('oops');
      },
    };
    assert.throws(
      () => foldEvents(broken, history.slice(0, 1), new Map()),
      (error: Error) => {
        assert.ok(error instanceof FoldFailed);
        assert.match(error.message, new RegExp(`GameCreated ${history[0]!.id} at 1: oops`));
        return true;
      },
    );
  });
});

const cutAt = (events: Recorded[], cuts: number[]): Recorded[][] => {
  const ends = [...cuts.sort((a, b) => a - b), events.length];
  return ends.map((end, nth) => events.slice(ends[nth - 1] ?? 0, end));
};

/** What the tables would hold: the key decides which row is new, as in the database. */
function inBatches(projection: Projection, batches: Recorded[][]) {
  const states = new Map<string, Row>();
  const tables: Record<string, Map<string, Row>> = {};
  for (const batch of batches) {
    const changes = foldEvents(projection, batch, states);
    for (const [subject, state] of changes.states) states.set(subject, state);
    for (const [name, rows] of changes.rows) {
      const { key, how } = projection.tables[name]!;
      tables[name] ??= new Map();
      for (const row of rows) {
        const place = JSON.stringify(key.map((column) => row[column]));
        const before = tables[name].get(place);
        assert.ok(how !== 'add' || before === undefined, `${name}: ${place} is added twice`);
        tables[name].set(place, how === 'sum' && before ? summed(before, row, key) : row);
      }
    }
  }
  return tables;
}

const summed = (before: Row, row: Row, key: readonly string[]): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      key.includes(column) ? value : Number(before[column]) + Number(value),
    ]),
  );
