import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyst, idOf, PLAYERS } from './faults/testing/analyst.js';
import { lines, processesOn } from './faults/testing/processes.js';
import { slow } from './faults/testing/slow.js';

const COUNTS = `export default insight({
  initial: () => ({ kills: 0, deaths: 0, games: [] as string[] }),
  step(state, event, { player }) {
    if (event.type === 'GameEventRecorded' && event.data.type === 'player.kill') state.kills++;
    if (event.type === 'GameEventRecorded' && event.data.type === 'player.death') state.deaths++;
    state.games = [...new Set([...state.games, String(event.gameId), String(player.gameId)])];
    return state;
  },
  end: ({ kills, deaths, games }, { player }) => ({ player: player.id, games: games.join(' '), kills, deaths }),
});`;

type Row = { player: string; games: string; kills: number; deaths: number };

describe('agl insight', { skip: slow }, () => {
  const { dir, data, open, shut, file, insight, inTurn, fail } = analyst();
  const counts = file('counts.ts', COUNTS);
  /** What each answers, asked one after the other. */
  const rowsOf = async (...calls: string[][]): Promise<Row[][]> => {
    const ran = await inTurn(...calls.map((args) => [...args, '--json']));
    return ran.map(({ code, out, err }) => {
      assert.equal(code, 0, err);
      return JSON.parse(out) as Row[];
    });
  };

  it('folds every player once, however many processes share them', async () => {
    const [one, ...shared] = await rowsOf(
      ...['1', '3', '18'].map((parallel) => [counts, '--all-games', '--parallel', parallel]),
    );
    const minutes = (n: number) => 10 + n;
    const expected = Array.from({ length: PLAYERS }, (_, n) => ({
      player: idOf(`player ${n}`),
      games: n % 4 === 0 ? 'theirs' : 'ours',
      kills: minutes(n) - Math.floor(minutes(n) / 3),
      deaths: Math.floor(minutes(n) / 3),
    }));
    assert.deepEqual(
      one,
      expected.toSorted((a, b) => (a.player < b.player ? -1 : 1)),
    );
    assert.deepEqual(shared, [one, one]);
  });

  it('shows nothing of others, nor what is not of the time', async () => {
    const times = ['--from', '2026-03-01T18:04', '--to', '2026-03-01T18:07:00Z'];
    const [mine, ofClient, part] = await rowsOf(
      [counts, '--game', 'ours'],
      [counts, '--client', 'us'],
      [counts, '--game', 'ours', ...times],
    );
    assert.equal(mine!.length, 30);
    assert.ok(mine!.every(({ games }) => games === 'ours'));
    assert.deepEqual(ofClient, mine);
    assert.ok(part!.every(({ kills, deaths }) => kills === 2 && deaths === 1));
  });

  it('prints a table, or writes a file, and says what it passed over', async () => {
    const asked = [counts, '--game', 'ours'];
    const files = ['x.csv', 'x.ndjson', 'x.parquet'].map((name) => join(dir, name));
    const [shown, ...written] = await inTurn(asked, ...files.map((name) => [...asked, '--out', name]));
    const { code, out, err } = shown!;
    assert.equal(code, 0);
    assert.match(out, /^player +games +kills +deaths\n─+/);
    assert.match(out, /^30 rows from 30 players, \d+ events$/m);
    assert.equal(err, 'agl: insight: 2 events could not be read and were passed over\n');
    assert.deepEqual(
      written.map((one) => one.code),
      [0, 0, 0],
    );
    const [head, ...rows] = readFileSync(files[0]!, 'utf8').trim().split('\r\n');
    assert.deepEqual([head, rows.length], ['player,games,kills,deaths', 30]);
    assert.equal(lines(readFileSync(files[1]!, 'utf8')).length, 30);
    assert.equal(readFileSync(files[2]!).subarray(0, 4).toString(), 'PAR1');
  });

  it('needs no node that runs already', async () => {
    const ours = [counts, '--game', 'ours'];
    const [beside] = await rowsOf(ours);
    await shut();
    const alone = await insight(...ours, '--json');
    assert.deepEqual([alone.code, JSON.parse(alone.out)], [0, beside]);
    await fail([[counts, '--game', 'nobodys'], /^agl: insight: there is no game nobodys$/m]);
    assert.deepEqual(processesOn(data), [], 'the log is let go');
    await open();
  });
});
