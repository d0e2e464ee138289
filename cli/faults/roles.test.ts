import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ask as over } from '../../projections/testing/processes.js';
import { nothingLostOrDoubled } from './testing/crowd.js';
import { ADMIN_KEY, openShared, type Shared } from './testing/instances.js';
import { type Engine, seconds, signal, stopEngine, until } from './testing/processes.js';
import { slow } from './testing/slow.js';
import { readLog } from './testing/stored.js';
import { all, ask, openStudio, type Studio, seat, webSocketOf } from './testing/studio.js';
import { play, type Traffic } from './testing/traffic.js';

/** Each process by its name, and what it does. */
const ROLES = {
  'gateway one': 'gateway',
  'gateway two': 'gateway',
  api: 'api',
  'reactor one': 'reactor',
  'reactor two': 'reactor',
  'projector one': 'projector',
  'projector two': 'projector',
} as const;
type Name = keyof typeof ROLES;
const names = Object.keys(ROLES) as Name[];

describe('an engine in seven processes of one role each', { skip: slow }, () => {
  let shared: Shared | null = null;
  const engines = {} as Record<Name, Engine>;
  let studio: Studio;
  let reads: Studio;
  let players: Traffic[] = [];

  const start = async (name: Name) => {
    engines[name] = await shared!.start(name, { env: { AGL_ROLES: ROLES[name] } });
  };
  before(async () => {
    shared = await openShared();
    if (!shared) return;
    for (const name of names) await start(name);
    studio = await openStudio(engines['gateway one'].url);
    reads = { ...studio, base: engines.api.url };
    const urls = (['gateway one', 'gateway two'] as const).map((name) =>
      webSocketOf({ base: engines[name].url }),
    );
    const seated = await Promise.all(['ann', 'bo', 'cem', 'dee'].map((name) => seat(studio, name)));
    players = seated.map((one) => play(studio, one, { urls, everyMs: 250 }));
  });
  after(async () => {
    await Promise.all(players.map((player) => player.close()));
    await shared?.stop();
  });

  /** What is told from now on is acknowledged, answered by companions, and can be read. */
  async function goesOn(): Promise<number> {
    const since = performance.now();
    const sent = players.map((player) => player.sent.events.length);
    const idOf = (player: Traffic, at: number) => player.sent.events[sent[at]! + 5] ?? '';
    await until(() => players.every((one, at) => one.acked.has(idOf(one, at))), 'events are acked', 120_000);
    const acts = players.map(({ actions }) => actions.length);
    await until(() => players.every((one, at) => one.actions.length > acts[at]!), 'companions act', 120_000);
    for (const [at, one] of players.entries())
      await until(
        async () =>
          (await all(reads, `/players/${one.player.id}/timeline`).catch(() => [])).length > sent[at]!,
        'events are read',
        120_000,
      );
    return performance.now() - since;
  }

  type Status = { reactors: { name: string; instances: number }[] };
  const playedBy = async (name: string) =>
    (await ask<Status>({ base: reads.base, apiKey: ADMIN_KEY }, '/projections')).reactors.find(
      (one) => one.name === name,
    )!.instances;
  /** Who holds a lock of a read model, and how many locks there are. */
  const writers = async () =>
    (await over(
      shared!.database,
      `select pid, count(*)::int as held from pg_locks where locktype = 'advisory' and granted group by pid`,
    )) as { pid: number; held: number }[];

  it('plays, acts and answers, and each process tells how it is', async (t) => {
    if (!shared) return t.skip('no redis-server on this machine');
    t.diagnostic(`all done ${seconds(await goesOn())} after it was sent`);
    for (const name of names) {
      const ready = await fetch(`${engines[name].url}/health/ready`);
      assert.equal(ready.status, 200, name);
      assert.match(await (await fetch(`${engines[name].url}/metrics`)).text(), /process_cpu/, name);
    }
    const { status } = await fetch(`${engines['reactor one'].url}/games`);
    assert.equal(status, 404, 'who reacts answers no game');
  });

  it('reactors share the players, projectors exclude each other', async (t) => {
    if (!shared) return t.skip('no redis-server on this machine');
    assert.equal(await playedBy('companions'), 2);
    assert.equal(await playedBy('voices'), 2);
    assert.equal((await writers()).filter(({ held }) => held > 1).length, 1);
  });

  for (const name of names)
    it(`goes on when the ${name} is killed, and when it is back`, async (t) => {
      if (!shared) return t.skip('no redis-server on this machine');
      signal(engines[name].pid, 'SIGKILL');
      await engines[name].exited;
      // Of what there is but one, it has to come back.
      if (ROLES[name] === 'api') await start(name);
      t.diagnostic(`all done again ${seconds(await goesOn())} after ${name} was killed`);
      if (ROLES[name] !== 'api') await start(name);
      if (ROLES[name] === 'reactor')
        await until(async () => (await playedBy('companions')) === 2, 'it takes part again');
    });

  it('lost nothing and doubled nothing', async (t) => {
    if (!shared) return t.skip('no redis-server on this machine');
    await Promise.all(players.map((player) => player.finish()));
    const { players: stored, position } = await readLog(shared.node.url);
    nothingLostOrDoubled(players, stored);
    for (const { player, sent } of players) {
      const timeline = await all<{ id: string }>(reads, `/players/${player.id}/timeline`, position);
      assert.deepEqual(timeline.map(({ id }) => id).sort(), [...sent.events].sort());
      const acts = await all<{ actionId: string }>(reads, `/players/${player.id}/actions`, position);
      assert.deepEqual(acts.map(({ actionId }) => actionId).sort(), [...stored.get(player.id)!.acts].sort());
    }
    const codes = await Promise.all(names.map((name) => stopEngine(engines[name])));
    assert.deepEqual(
      codes,
      names.map(() => 0),
    );
  });
});
