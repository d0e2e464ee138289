import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
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
import { ask, openStudio, type Studio, seat } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));
const env = { AGL_DATA_DIR: join(dir, 'agl') };
const adminKey = 'an admin key for this test';

const file = (name: string, step: string) => {
  const path = join(dir, name);
  writeFileSync(
    path,
    `import { insight } from 'agl/insight';
export default insight({
  initial: () => ({ deaths: 0 }),
  step(state, event, { emotion }) {
    ${step}
  },
  end: ({ deaths }, { player }) => ({ player: player.id, deaths }),
  total: (rows) => [{ players: rows.length, deaths: rows.reduce((sum, { deaths }) => sum + Number(deaths), 0) }],
});
`,
  );
  return path;
};
const counting = `if (event.type !== 'GameEventRecorded' || event.data.type !== 'player.death') return state;
    return { deaths: state.deaths + 1 };`;

const onlyNotFound = (error: Error) => {
  if (!error.message.includes(': 404 ')) throw error;
  return null;
};

type Answer = { insight: { trouble: string | null }; items: Record<string, number>[] };

describe('an insight that is kept', { skip: slow }, () => {
  let engine: Engine;
  let studio: Studio;
  let player: string;
  const start = async () => {
    engine = await openEngine(env.AGL_DATA_DIR, { env: { AGL_ADMIN_KEY: adminKey } });
    if (studio) studio = { ...studio, base: engine.url };
  };
  const die = (count: number, of = player) =>
    ask(studio, '/events', {
      gameId: studio.gameId,
      playerId: of,
      events: Array.from({ length: count }, () => ({ id: randomUUID(), type: 'player.death' })),
    });
  const answered = (name: string, players: number, deaths: number) =>
    until(async () => {
      // A game that was made a moment ago may not be known yet where the question is put.
      const answer = await ask<Answer>(studio, `/insights/${name}`).catch(onlyNotFound);
      return answer?.items[0]?.deaths === deaths && answer.items[0]?.players === players;
    }, `${players} players with ${deaths} deaths`);

  it('goes on living: what comes is counted, also over a restart of the engine', async () => {
    await start();
    studio = await openStudio(engine.url);
    player = (await seat(studio, 'one')).id;
    await die(3);
    const args = ['insight', file('deaths.ts', counting), '--game', studio.gameId, '--keep', 'deaths'];
    const { code, out, err } = await run(args, { env });
    assert.equal(code, 0, err);
    assert.match(out, /^deaths is kept: answered from now on/);
    await answered('deaths', 1, 3);
    await die(2);
    await answered('deaths', 1, 5);
    await die(1, (await seat(studio, 'two')).id);
    await answered('deaths', 2, 6);
    assert.equal(await stopEngine(engine), 0);
    const shown = await run(['insight', '--show', 'deaths', '--json'], { env });
    assert.deepEqual(JSON.parse(shown.out), [{ players: 2, deaths: 6 }]);
    await start();
    await die(4);
    await answered('deaths', 2, 10);
  });

  it('is for those whose players it is about', async () => {
    const other = await openStudio(engine.url);
    await assert.rejects(ask(other, '/insights/deaths'), /404/);
    assert.deepEqual(await ask(other, '/insights'), { items: [] });
    const operator = { base: engine.url, apiKey: adminKey };
    assert.equal((await ask<{ items: unknown[] }>(operator, '/insights')).items.length, 1);
  });

  it('that throws says why and is answered no more; the engine is as it was', async () => {
    const path = file('throwing.ts', `throw new TypeError('no such death');`);
    const args = ['insight', path, '--game', studio.gameId, '--keep', 'throwing'];
    assert.equal((await run(args, { env })).code, 0);
    let trouble: string | null = null;
    await until(async () => {
      ({ trouble } = (await ask<Answer>(studio, '/insights/throwing')).insight);
      return trouble !== null;
    }, 'it is in trouble');
    assert.match(trouble!, /throwing\.ts:5: step at event .* threw TypeError: no such death/);
    await die(1);
    await answered('deaths', 2, 11);
  });

  it('of a game or a client that there is not is refused, and not kept', async () => {
    const path = file('nobody.ts', counting);
    const nobodys = (kind: string) => ['insight', path, `--${kind}`, `no-such-${kind}`, '--keep', 'nobody'];
    const [game, client, kept] = await runInTurn(
      [nobodys('game'), nobodys('client'), ['insight', '--kept']],
      env,
    );
    assert.deepEqual(game, refused(nobodys('game'), 'there is no game no-such-game'));
    assert.deepEqual(client, refused(nobodys('client'), 'there is no client no-such-client'));
    assert.doesNotMatch(kept!.out, /nobody/);
  });

  it('is forgotten when it is told to', async () => {
    const forget = ['insight', '--forget', 'deaths'];
    const bad = ['insight', file('x.ts', counting), '--game', studio.gameId, '--keep', 'No!'];
    const [kept, forgotten, again, wrong] = await runInTurn(
      [['insight', '--kept'], forget, forget, bad],
      env,
    );
    assert.match(kept!.out, /deaths .*\n.*throwing/s);
    assert.equal(forgotten!.code, 0);
    await assert.rejects(ask(studio, '/insights/deaths'), /404/);
    assert.deepEqual(again, refused(forget, 'none is kept as deaths'));
    assert.equal(wrong!.code, 2);
  });
});

const refused = (args: string[], why: string) => ({ args, code: 1, out: '', err: `agl: insight: ${why}\n` });
