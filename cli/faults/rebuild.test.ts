import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatPosition } from '../../domain/kernel/position.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import type { EventLog, Position } from '../../eventstore/log.js';
import { ask as over } from '../../projections/testing/processes.js';
import { runInTurn } from './testing/in-turn.js';
import {
  cleanUp,
  type Engine,
  openEngine,
  run,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { all, ask, openStudio, type Studio, seat } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

type Status = { name: string; state: string; rebuild: unknown; position: number; lag: { events: number } };
type Rebuilt = { name: string; switched: boolean; comparison: { equal: boolean } | null };

const env = { AGL_DATA_DIR: join(dir, 'agl') };
const admin = 'an admin key for this test';

/** Times of play that hold a match's worth each. */
async function play(studio: Studio, playerId: string, batches: number): Promise<void> {
  const types = ['player.kill', 'player.death', 'player.victory', 'player.multi_kill'];
  for (let batch = 0; batch < batches; batch++) {
    const events = Array.from({ length: 100 }, (_, nth) => ({
      id: randomUUID(),
      event: { type: types[nth % types.length], data: { killCount: nth } },
    }));
    await ask(studio, '/events', {
      gameId: studio.gameId,
      playerId,
      events: events.map(({ id, event }) => ({ id, ...event })),
    });
  }
}

const addresses = () =>
  JSON.parse(readFileSync(join(env.AGL_DATA_DIR, 'engine.json'), 'utf8')) as {
    eventstore: string;
    database: string;
  };

describe('read models that are built anew beside a running engine', { skip: slow }, () => {
  let engine: Engine;
  let studio: Studio;
  let player: string;
  /** The end of the log after the last play. */
  let told: string;
  const operator = () => ({ base: engine.url, apiKey: admin });
  const status = async () => (await ask<{ items: Status[] }>(operator(), '/projections')).items;
  const settled = () =>
    until(
      async () =>
        (await status()).every(
          ({ state, rebuild, lag }) => state === 'live' && rebuild === null && lag.events === 0,
        ),
      'all is read',
    );

  /** The head of the log once nothing comes any more: companions answer in their own time. */
  const quiet = async (log: EventLog): Promise<Position> => {
    for (let head = -1; ; ) {
      await sleep(500);
      const next = await log.head();
      const { reactors } = await ask<{ reactors: { inFlight: number }[] }>(operator(), '/projections');
      if (next === head && reactors.every(({ inFlight }) => inFlight === 0)) return head;
      head = next;
    }
  };

  it('by the verb: while games go on, compared, switched; and nothing is appended for it', async () => {
    engine = await openEngine(env.AGL_DATA_DIR, { env: { AGL_ADMIN_KEY: admin } });
    studio = await openStudio(engine.url);
    player = (await seat(studio, 'one')).id;
    await play(studio, player, 10);
    await settled();
    const log = connectLog({ url: addresses().eventstore });
    const head = await quiet(log);
    const { code, out, err } = await run(['rebuild', '--all', '--json'], { env });
    assert.equal(code, 0, err);
    const { rebuilt } = JSON.parse(out) as { rebuilt: Rebuilt[] };
    assert.ok(rebuilt.length > 9);
    for (const { name, switched, comparison } of rebuilt) {
      assert.equal(comparison?.equal, true, name);
      assert.equal(switched, true, name);
    }
    assert.equal(await log.head(), head, 'something was appended');
    await play(studio, player, 1);
    told = formatPosition(await quiet(log), 0);
    await log.close();
    assert.equal((await all(studio, `/players/${player}/timeline`, told)).length, 1_100);
  });

  it('killed in the middle: what is read is as it was, and the same command goes on', async () => {
    const actions = await all(studio, `/players/${player}/actions`, told);
    let killed = 0;
    // How far it is by then, and whether it is at its end, depends on the machine.
    for (const seconds of ['0.8', '1.2']) {
      const ended = await run(['rebuild', '--all'], { env, wrap: ['timeout', '-s', 'KILL', seconds] });
      if (ended.code !== 0) killed++;
      assert.deepEqual(await all(studio, `/players/${player}/actions`), actions);
    }
    assert.ok(killed > 0, 'none was killed');
    const { code, out, err } = await run(['rebuild', '--all', '--parallel', '2'], { env });
    assert.equal(code, 0, err);
    assert.match(out, /emotions +2 +1100 .* the same rows/);
    await settled();
  });

  it('rows that somebody has tampered with are shown and mended', async () => {
    await over(addresses().database, "update emotions set label = 'serene' where revision = 5");
    const dry = await run(['rebuild', 'emotions', '--dry-run'], { env });
    assert.equal(dry.code, 0, dry.err);
    assert.match(dry.out, /OTHER ROWS BY THE SAME CODE/);
    assert.match(dry.out, /emotions, emotions: 1 changed \(label 1\)\n +\S+ \S+ 5: label serene → /);
    assert.match(dry.out, /nothing was switched/);
    assert.equal(
      (await over(addresses().database, "select 1 from emotions where label = 'serene'")).length,
      1,
    );
    const discarded = await run(['rebuild', 'emotions', '--discard'], { env });
    assert.equal(discarded.out, 'dropped: emotions\n', discarded.err);
    const nothing = await run(['rebuild', 'emotions', '--discard'], { env });
    assert.deepEqual([nothing.code, nothing.out], [1, '']);
    assert.match(nothing.err, /^.*nothing is being built of emotions\n$/);
    assert.equal((await run(['rebuild', 'emotions'], { env })).code, 0);
    assert.equal(
      (await over(addresses().database, "select 1 from emotions where label = 'serene'")).length,
      0,
    );
  });

  it('over HTTP, and told in the metrics', async () => {
    const generation = async () =>
      (
        await over(
          addresses().database,
          "select generation from read_models where name = 'sessions' and stage = 'live'",
        )
      )[0]!.generation;
    const first = await generation();
    await ask(operator(), '/projections/sessions/rebuild', {});
    await until(async () => (await generation()) !== first, 'it is switched');
    await settled();
    const metrics = await (await fetch(`${engine.url}/metrics`)).text();
    assert.match(metrics, /^agl_projection_lag_events\{projection="sessions"\} 0$/m);
    assert.match(metrics, /^agl_projection_state\{projection="sessions",state="live"\} 1$/m);
    assert.match(metrics, /^process_cpu_seconds_total /m);
  });

  it('gives up what was read before, when it is told to; and works without an engine', async () => {
    assert.equal(await stopEngine(engine), 0);
    const dropped = await run(['rebuild', 'emotions', 'sessions', '--drop-old'], { env });
    assert.equal(dropped.out, 'dropped: emotions, sessions\n');
    const { code, out, err } = await run(['rebuild', 'emotions'], { env });
    assert.deepEqual([code, err], [0, ''], 'what it started is not stopped under it');
    assert.match(out, /the same rows/);
  });

  it('says in one line what it cannot do', async () => {
    const bad: [string[], RegExp][] = [
      [['rebuild'], /name a read model, or --all: games, players/],
      [['rebuild', 'emotion'], /there is no read model emotion, only games/],
      [['rebuild', '--all', 'emotions'], /--all, or names, not both/],
      [['rebuild', '--all', '--parallel', '0'], /--parallel is a number from 1/],
      [['rebuild', '--all', '--discard', '--drop-old'], /--discard or --drop-old, not both/],
      [['parked', '--projection', 'emotion'], /there is no read model emotion/],
      [['parked', '--projection', 'emotions', '--skip', 'x'], /--skip is a position/],
      [['parked', '--group', 'voice'], /there is no group voice, only companions, voices/],
      [['parked', '--group', 'voices', '--projection', 'emotions'], /--group or --projection, not both/],
      [['parked', '--skip', '7'], /--skip is for a read model/],
    ];
    const none = { args: ['rebuild', '--all'], env: { AGL_DATA_DIR: join(dir, 'none') } };
    const ran = await runInTurn([...bad.map(([args]) => args), none], env);
    for (const [at, [args, line]] of bad.entries()) {
      const { code, out, err } = ran[at]!;
      assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1], args.join(' '));
      assert.match(err, line);
    }
    const last = ran.at(-1)!;
    assert.deepEqual([last.code, /there is no log in/.test(last.err)], [1, true]);
  });
});
