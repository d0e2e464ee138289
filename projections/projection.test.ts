import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PlacedEvent } from '../eventstore/log.js';
import { memoryLog } from '../eventstore/testing/memory-log.js';
import { companionActions } from './companion-actions.js';
import { emotions } from './emotions.js';
import { gameEvents } from './game-events.js';
import { games } from './games.js';
import { projections } from './index.js';
import { players } from './players.js';
import { FoldFailed, foldEvents, type Projection, type Row } from './projection.js';
import { type Recorded, recordedOf } from './recorded.js';
import { acted, CLIENT, GAME, gameEvent, play, registered, stored } from './testing/stories.js';

const read = (events: readonly PlacedEvent[]) => events.map((event) => recordedOf(event)!);

/** Given events, then rows: what a projection makes of a history from its beginning. */
function rowsOf(projection: Projection, events: readonly PlacedEvent[]) {
  const mine = read(events).filter((event) => projection.types.includes(event.type));
  const { appends, keeps } = foldEvents(projection, mine, new Map());
  return { appends, keeps: [...keeps.values()] };
}

describe('given events, then rows', () => {
  test('game_events: the event as told, its place, and one more used this month', () => {
    const log = memoryLog();
    const first = gameEvent('player.kill', '2024-02-29T23:59:59.5+01:00', { killCount: 1, own: [1] });
    log.tell('player-p1', registered(), first);
    const { appends, keeps } = rowsOf(gameEvents, log.events);
    assert.deepEqual(appends, [
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
    assert.deepEqual(keeps, [
      { player_id: 'p1', client_id: CLIENT, month: '2026-11', events: 1, revision: 1 },
    ]);
  });

  test('game_events: a new month counts from one', () => {
    const log = memoryLog();
    const at = '2026-11-30T23:59:00Z';
    const recorded = (recordedAt: string) => ({
      ...gameEvent('player.kill', at),
      metadata: { ...meta, recordedAt },
    });
    const meta = gameEvent('player.kill', at).metadata;
    log.tell('player-p1', recorded('2026-11-30T23:59:59Z'), recorded('2026-11-30T23:59:59Z'));
    log.tell('player-p1', recorded('2026-12-01T00:00:00Z'));
    assert.deepEqual(
      rowsOf(gameEvents, log.events).keeps.map(({ month, events }) => ({ month, events })),
      [{ month: '2026-12', events: 1 }],
    );
  });

  test('emotions: what each event was felt as, going on from the feeling before', () => {
    const log = memoryLog();
    const deaths = [1, 2, 3, 4].map((second) =>
      gameEvent('player.death', `2026-01-01T00:00:0${second}Z`, {}),
    );
    log.tell('player-p1', ...deaths);
    const { appends, keeps } = rowsOf(emotions, log.events);
    assert.equal(appends.length, 4);
    assert.equal(appends[3]!.label, 'frustrated');
    assert.equal(appends[3]!.source, 'rule');
    assert.equal(appends[3]!.event_id, deaths[3]!.id);
    assert.equal(keeps[0]!.revision, 3);
    assert.equal((keeps[0]!.feeling as { streaks: { deaths: number } }).streaks.deaths, 4);
  });

  test('companion_actions: what was done and said, by the time of its cause', () => {
    const log = memoryLog();
    const cause = gameEvent('player.kill', '2026-01-01T00:00:00Z');
    const action = acted(cause.id, '2026-01-01T00:00:00Z');
    log.tell('player-p1', cause, action);
    const [row, ...more] = rowsOf(companionActions, log.events).appends;
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
    assert.deepEqual(rowsOf(players, log.events).keeps, [
      {
        id: 'p1',
        game_id: GAME,
        client_id: CLIENT,
        external_id: 'sealed:abc',
        display_name: 'sealed:new',
        persona: 'cute',
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
    const [row] = rowsOf(games, log.events).keeps;
    assert.deepEqual([row!.name, row!.config, row!.deleted, row!.revision], ['Arena II', { a: 1 }, false, 1]);
    log.tell('game-g1', stored('GameDeleted', {}));
    assert.equal(rowsOf(games, log.events).keeps[0]!.deleted, true);
  });
});

describe('every projection', () => {
  const history = read(play({ players: 4, events: 120 }).events);

  for (const projection of projections) {
    const mine = history.filter((event) => projection.types.includes(event.type));

    test(`${projection.name}: any batches, any of them delivered again, give the same rows`, () => {
      const expected = inBatches(projection, [mine]);
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.nat(mine.length), fc.nat(5)), { maxLength: 8 }), (cuts) => {
          assert.deepEqual(inBatches(projection, withRepeats(mine, cuts)), expected);
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
        assert.match(error.message, new RegExp(`GameCreated ${history[0]!.id}: oops`));
        return true;
      },
    );
  });
});

/** Each batch may be followed by the delivery, once more, of the events just before its end. */
function withRepeats(events: Recorded[], cuts: [at: number, again: number][]): Recorded[][] {
  const ends = [...cuts.sort((a, b) => a[0] - b[0]), [events.length, 3] as const];
  let from = 0;
  return ends.flatMap(([end, again]) => {
    const batch = events.slice(from, end);
    from = Math.max(from, end);
    return [batch, events.slice(Math.max(0, end - again), end)];
  });
}

/** What the tables would hold: the key decides which added row is new, as in the database. */
function inBatches(projection: Projection, batches: Recorded[][]) {
  const added = new Map<string, Row>();
  const kept = new Map<string, Row>();
  for (const batch of batches) {
    const { appends, keeps } = foldEvents(projection, batch, kept);
    for (const row of appends) {
      const key = `${row.player_id} ${row.at} ${row.revision}`;
      if (!added.has(key)) added.set(key, row);
    }
    for (const [key, row] of keeps) kept.set(key, row);
  }
  return { added: [...added.values()], kept: [...kept.values()] };
}
