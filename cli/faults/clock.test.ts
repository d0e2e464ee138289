import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask as over } from '../../projections/testing/processes.js';
import {
  cleanUp,
  type Engine,
  lines,
  openEngine,
  run,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { all, ask, openStudio, type Studio, seat } from './testing/studio.js';
import { play, type Traffic } from './testing/traffic.js';

const LONG = process.env.AGL_LONG === '1';
const YEAR_MS = 365 * 24 * 3_600_000;
type Rebuilt = { name: string; comparison: { equal: boolean } | null };

describe('an engine whose clock is set while it runs', { skip: slow }, () => {
  const dir = temporaryFolder();
  const file = join(dir, 'off');
  const setClock = new URL(`./testing/set-clock.js?off=${file}`, import.meta.url);
  const env = { AGL_DATA_DIR: join(dir, 'agl') };
  let engine: Engine;
  let studio: Studio;
  let players: Traffic[] = [];
  const set = (off: number) => writeFileSync(file, String(off));
  const timeline = ({ player }: Traffic) =>
    all<{ id: string; at: string }>(studio, `/players/${player.id}/timeline`).catch(() => []);
  const flowing = async () => {
    const acked = players.map((one) => one.acked.size);
    await until(() => players.every((one, at) => one.acked.size > acked[at]! + 40), 'events are acked');
    const acts = players.map((one) => one.actions.length);
    await until(() => players.every((one, at) => one.actions.length > acts[at]!), 'companions act');
    const sent = players.map((one) => one.sent.events.length);
    await until(async () => {
      const read = await Promise.all(players.map(timeline));
      return read.every(({ length }, at) => length >= sent[at]!);
    }, 'events are read');
  };

  before(async () => {
    set(0);
    engine = await openEngine(env.AGL_DATA_DIR, { env: { NODE_OPTIONS: `--import=${setClock}` } });
    studio = await openStudio(engine.url);
    players = (await Promise.all(['ann', 'bo'].map((name) => seat(studio, name)))).map((one) =>
      play(studio, one),
    );
  });
  after(async () => {
    for (const one of players) await one.close();
    await cleanUp(dir);
  });

  it('forward by a year and back again: events are taken, felt, and read all the while', async () => {
    await flowing();
    for (const off of LONG ? [YEAR_MS, 0, YEAR_MS, 0] : [YEAR_MS, 0]) {
      set(off);
      await flowing();
    }
  });

  it('waits no year for what was to come within seconds', async () => {
    const never = `/players/${players[0]!.player.id}/timeline?after=900000000000000:0`;
    set(YEAR_MS);
    await sleep(100);
    const asked = ask(studio, never);
    await sleep(300);
    set(0);
    await assert.rejects(asked, /503/);
    await flowing();
  });

  it('has every event once, in its month, and the rows that a rebuild makes', async () => {
    for (const one of players) await one.finish();
    for (const one of players) {
      await until(async () => (await timeline(one)).length >= one.sent.events.length, 'all is read');
      const rows = await timeline(one);
      assert.deepEqual(rows.map(({ id }) => id).sort(), [...one.sent.events].sort());
      assert.deepEqual(one.refused, []);
      const years = new Set(rows.map(({ at }) => at.slice(0, 4)));
      assert.equal(years.size, 2, [...years].join());
    }
    const { code, out, err } = await run(['rebuild', '--all', '--dry-run', '--json'], { env });
    assert.equal(code, 0, err);
    for (const { name, comparison } of (JSON.parse(out) as { rebuilt: Rebuilt[] }).rebuilt)
      assert.equal(comparison?.equal, true, name);
    const { database } = JSON.parse(readFileSync(join(env.AGL_DATA_DIR, 'engine.json'), 'utf8'));
    const months = [0, YEAR_MS].map((off) =>
      new Date(Date.now() + off).toISOString().slice(0, 7).replace('-', '_'),
    );
    for (const table of ['game_events', 'emotions', 'companion_actions'])
      for (const month of months)
        assert.equal(
          (await over(database, 'select 1 where to_regclass($1) is not null', [`${table}_${month}`])).length,
          1,
          `${table}_${month}`,
        );
    assert.deepEqual(
      lines(engine.err()).filter((line) => /"level":"(error|fatal)"/.test(line)),
      [],
    );
    assert.equal(await stopEngine(engine), 0);
  });
});
