import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ackedAgain, actsAgain, crowd, nothingLostOrDoubled } from './testing/crowd.js';
import { openShared, type Shared, type Wires } from './testing/instances.js';
import {
  type Engine,
  isAlive,
  seconds,
  signal,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { readLog } from './testing/stored.js';
import type { Traffic } from './testing/traffic.js';

const PLAYERS = 200;
/** Over a hundred events a second together. */
const EVERY_MS = 2_000;
const HOUR_MS = 3_600_000;

describe(`two instances and ${PLAYERS} players, while what they stand on is killed and cut`, {
  skip: slow,
}, () => {
  let shared: Shared | null = null;
  let wires: Wires;
  let one: Engine;
  let two: Engine;
  let players: Traffic[] = [];
  const dir = temporaryFolder();
  const clock = join(dir, 'off');
  const setClock = new URL(`./testing/set-clock.js?off=${clock}`, import.meta.url);
  const startTwo = () => shared!.start('two', { wires, env: { NODE_OPTIONS: `--import=${setClock}` } });

  before(async () => {
    writeFileSync(clock, '0');
    shared = await openShared();
    if (!shared) return;
    wires = await shared.wires();
    [one, two] = await Promise.all([shared.start('one'), startTwo()]);
    players = await crowd([one.url, two.url], { size: PLAYERS, everyMs: EVERY_MS });
    await ackedAgain(players);
    await actsAgain(players);
  });
  after(async () => {
    await Promise.all(players.map((player) => player.close()));
    await shared?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  type Fault = { name: string; happen(): Promise<void>; mend?(): Promise<void> };
  const faults: Fault[] = [
    {
      name: 'an instance is killed, and comes back',
      async happen() {
        signal(one.pid, 'SIGKILL');
        await one.exited;
      },
      async mend() {
        one = await shared!.start('one');
      },
    },
    {
      name: 'an instance is told to stop, and comes back',
      async happen() {
        if ((await stopEngine(two)) !== 0) throw new Error(two.err());
      },
      async mend() {
        two = await startTwo();
      },
    },
    { name: 'Redis is killed', happen: () => shared!.killRedis(), mend: () => shared!.startRedis() },
    {
      name: 'Postgres is killed',
      async happen() {
        const pid = (await shared!.postgres())!;
        signal(pid, 'SIGKILL');
        await until(() => !isAlive(pid), 'it is dead');
      },
    },
    {
      name: 'the event store is killed',
      async happen() {
        const pid = shared!.node.pid();
        signal(pid, 'SIGKILL');
        await until(() => !isAlive(pid), 'it is dead');
      },
    },
    {
      name: 'an instance is cut off from all, after answers were lost for a while',
      async happen() {
        for (const wire of Object.values(wires)) wire.mute();
        await sleep(2_000);
        for (const wire of Object.values(wires)) wire.cut();
      },
    },
    {
      name: "an instance's clock is set forward by an hour",
      happen: async () => writeFileSync(clock, String(HOUR_MS)),
    },
  ];

  for (const { name, happen, mend } of faults)
    it(`${name}: everybody is acknowledged again, and companions act`, async (t) => {
      if (!shared) return t.skip('no redis-server on this machine');
      const since = performance.now();
      await happen();
      const happened = performance.now() - since;
      const [acked, acted] = await Promise.all([ackedAgain(players), actsAgain(players)]);
      t.diagnostic(
        `${name}: took ${seconds(happened)}; all acked ${seconds(acked)}, companions acting ${seconds(acted)} later`,
      );
      await mend?.();
    });

  it('every acknowledged event is in the log once, every act was told once, in order', async (t) => {
    if (!shared) return t.skip('no redis-server on this machine');
    await Promise.all(players.map((player) => player.finish()));
    const { players: stored } = await readLog(shared.node.url);
    nothingLostOrDoubled(players, stored);
    const count = (of: (player: Traffic) => number) => players.reduce((sum, player) => sum + of(player), 0);
    t.diagnostic(
      `${count(({ acked }) => acked.size)} acked, ${count(({ actions }) => actions.length)} acts told`,
    );
  });
});
