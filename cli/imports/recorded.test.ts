import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gameEventWithId, isGameEventType, MAX_EVENT_BYTES } from '../../sdk/protocol.js';
import {
  detectFormat,
  type ImportedMatch,
  type ImportedPlayer,
  type ImportFormat,
  loadMatch,
  summarize,
} from './index.js';
import { reconcile } from './summary.js';
import { dataAbsent, recorded } from './test-data.js';

/** Over every recorded match: what the reader tells is laid beside what the file itself states, counted here anew. */

type Stated = { kills: number; deaths: number; assists: number; result: string };
const counted = (player: ImportedPlayer): Stated => reconcile(player).counted;
// biome-ignore lint/suspicious/noExplicitAny: the files are read here without the reader under test
const json = (path: string): any => JSON.parse(readFileSync(path, 'utf8'));
const all = Object.entries(recorded) as [ImportFormat, string[]][];

test('all recorded matches are there', { skip: dataAbsent }, () => {
  assert.deepEqual(
    all.map(([format, paths]) => [format, paths.length]),
    [
      ['lol', 11],
      ['csgo', 14],
      ['csgo-log', 1],
      ['dota2', 2],
    ],
  );
});

describe('every recorded match', { skip: dataAbsent }, () => {
  for (const [format, paths] of all)
    for (const path of paths)
      test(`${format} ${path.split('/').at(-1)} is read whole, and twice the same`, () => {
        const match = loadMatch(path);
        assert.equal(match.format, format);
        assert.deepEqual(loadMatch(path, format), match);
        assert.equal(match.players.length, 10);
        assert.equal(new Set(match.players.map((player) => player.externalId)).size, 10);
        assert.ok(
          summarize(match, { accepted: 0, duplicates: 0 }).agrees,
          'events disagree with the end statistics',
        );
        wellFormed(match);
      });

  test('ids are unique over all matches', () => {
    const ids = all.flatMap(([, paths]) =>
      paths.flatMap((path) =>
        loadMatch(path).players.flatMap((player) => player.events.map((event) => event.id)),
      ),
    );
    assert.ok(ids.length > 10_000, `${ids.length}`);
    assert.equal(new Set(ids).size, ids.length);
  });
});

function wellFormed(match: ImportedMatch): void {
  const [start, end] = [Date.parse(match.startedAt), Date.parse(match.startedAt) + match.durationMs];
  for (const player of match.players) {
    const times = player.events.map((event) => Date.parse(event.at));
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
      `${player.externalId} is out of order`,
    );
    for (const event of player.events) {
      if (event.kind === 'chat') {
        assert.ok(event.text.trim().length > 0 && event.text.length <= 2000);
        continue;
      }
      gameEventWithId.parse(event);
      assert.ok(isGameEventType(event.type), event.type);
      assert.ok(Buffer.byteLength(JSON.stringify(event)) < MAX_EVENT_BYTES / 8);
      const at = Date.parse(event.at);
      if (!event.type.startsWith('session.'))
        assert.ok(at >= start && at <= end, `${event.type} outside of the match`);
    }
    const types = player.events.map((event) => (event.kind === 'chat' ? 'chat' : event.type));
    assert.equal(types[0], 'session.start');
    assert.equal(types.at(-1), 'session.end');
    for (const once of ['match.start', 'match.end', 'session.start', 'session.end'])
      assert.equal(types.filter((type) => type === once).length, 1, once);
  }
  assert.equal(mvps(match).length, new Set(match.players.map((player) => player.team)).size);
}

const mvps = (match: ImportedMatch) =>
  match.players.filter((player) =>
    player.events.some((event) => event.kind !== 'chat' && event.type === 'match.end' && event.data.mvp),
  );

describe('League of Legends counts', { skip: dataAbsent }, () => {
  for (const path of recorded.lol)
    test(path.split('/').at(-1)!, () => {
      const match = loadMatch(path);
      const replay = json(join(path, 'replay.json'));
      match.players.forEach((player, i) => {
        const { stats, timelineStats } = replay[`player_${i}`];
        const { kills, deaths, assists } = stats;
        const result = stats.win ? 'victory' : 'defeat';
        assert.deepEqual(counted(player), { kills, deaths, assists, result }, player.externalId);
        const told = player.events.filter((event) => event.kind !== 'chat');
        const largest = told
          .filter((event) => event.type === 'player.multi_kill')
          .map((event) => event.data.killCount ?? 0);
        // The game's own largest multi-kill: its window is ten seconds as well.
        assert.equal(Math.max(kills > 0 ? 1 : 0, ...largest), stats.largestMultiKill);
        const levels = told
          .filter((event) => event.type === 'player.level_up')
          .map((event) => event.data.level);
        assert.equal(levels.at(-1), timelineStats.at(-1).level);
        assert.equal(
          told.filter((event) => event.type === 'player.first_blood').length,
          stats.firstBloodKill ? 1 : 0,
        );
        const taken = (kind: string) =>
          told.filter(
            (event) =>
              event.type === 'player.objective' &&
              event.data.objective === kind &&
              event.data.role === 'killer',
          ).length;
        assert.equal(taken('tower'), stats.turretKills);
        assert.equal(taken('inhibitor'), stats.inhibitorKills);
      });
    });

  test('a kill that killTimes do not hold is a death without a killer', () => {
    const executions = recorded.lol.flatMap((path) =>
      loadMatch(path).players.flatMap((player) =>
        player.events.filter(
          (event) =>
            event.kind !== 'chat' && event.type === 'player.death' && event.data.killerKind === 'none',
        ),
      ),
    );
    assert.equal(executions.length, 3);
  });

  test('the same people play in all matches of a team', () => {
    const people = new Set(
      recorded.lol.flatMap((path) =>
        loadMatch(path)
          .players.slice(0, 5)
          .map((player) => player.externalId),
      ),
    );
    const expected = ['amateurs', 'pros'].flatMap((team) => [0, 1, 2, 3, 4].map((i) => `${team}-${i}`));
    assert.deepEqual([...people].sort(), expected);
  });
});

describe('CS:GO counts', { skip: dataAbsent }, () => {
  for (const path of recorded.csgo)
    test(path.split('/').at(-1)!, () => {
      const file = json(path);
      const stated = new Map<string, Stated>();
      for (const round of file.rounds)
        for (const [team, other] of [
          ['team1', 'team2'],
          ['team2', 'team1'],
        ] as const)
          for (const [id, record] of Object.entries<{ kills: unknown[]; deaths: number; assists: number }>(
            round[team].players,
          )) {
            const before = stated.get(id) ?? { kills: 0, deaths: 0, assists: 0, result: '' };
            stated.set(id, {
              kills: before.kills + record.kills.length,
              deaths: before.deaths + record.deaths,
              assists: before.assists + record.assists,
              result: round[team].score > round[other].score ? 'victory' : 'defeat',
            });
          }
      for (const player of loadMatch(path).players)
        assert.deepEqual(counted(player), stated.get(player.externalId), player.externalId);
    });

  test('a match whose times are seconds lies on the same day as its start says', () => {
    const path = recorded.csgo.find((one) => one.includes('kotnq2f0'))!;
    assert.ok(loadMatch(path).startedAt.startsWith('2018-02-24T17:21'));
  });
});

describe('the CS:GO server log', { skip: dataAbsent }, () => {
  test('counts agree with the lines of live play', () => {
    const path = recorded['csgo-log'][0]!;
    const lines = readFileSync(path, 'utf8').split('\n');
    const over = lines.findIndex((line) => line.includes('Game Over'));
    const live = lines.slice(
      lines.slice(0, over).findLastIndex((line) => line.includes('"Match_Start"')),
      over,
    );
    const match = loadMatch(path);
    for (const player of match.players) {
      const id = `<${player.externalId}>`;
      const parts = (verb: string) =>
        live.filter((line) => line.includes(verb)).map((line) => line.split(verb));
      const kills = parts('] killed "').filter(([killer]) => killer!.includes(id)).length;
      const fallen = parts('] killed "').filter(([, victim]) => victim!.includes(id)).length;
      const bombed = parts(' was killed by the bomb').filter(([victim]) => victim!.includes(id)).length;
      const assists = parts(' assisted killing ').filter(([helper]) => helper!.includes(id)).length;
      const result = player.team === 'TERRORIST' ? 'victory' : 'defeat';
      assert.deepEqual(
        counted(player),
        { kills, deaths: fallen + bombed, assists, result },
        player.externalId,
      );
    }
    assert.match(match.title, /CT 14:16 T/);
    assert.equal(live.filter((line) => line.includes('"Round_End"')).length, 30);
  });
});

describe('Dota 2 counts', { skip: dataAbsent }, () => {
  for (const path of recorded.dota2)
    test(path.split('/').at(-1)!, () => {
      const file = json(path);
      loadMatch(path).players.forEach((player, i) => {
        const { kills, deaths, assists, win } = file.players[i];
        assert.deepEqual(
          counted(player),
          { kills, deaths, assists, result: win === 1 ? 'victory' : 'defeat' },
          player.externalId,
        );
      });
    });
});

test('formats are told from the files', { skip: dataAbsent }, () => {
  for (const [format, paths] of all)
    for (const path of paths) {
      const name = format === 'lol' ? join(path, 'replay.json') : path;
      assert.equal(detectFormat({ name, text: readFileSync(name, 'utf8') }), format);
    }
});
