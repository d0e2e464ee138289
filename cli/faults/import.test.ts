import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { putCluster } from '../../projections/testing/cluster.js';
import { runInTurn, type Said } from './testing/in-turn.js';
import { matchFolder } from './testing/match.js';
import {
  cleanUp,
  type Engine,
  lines,
  main,
  run,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { all } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

const insightFile = (name: string) => join(dirname(main), '..', 'docs', 'insights', name);

type Summary = {
  accepted: number;
  duplicates: number;
  events: number;
  agrees: boolean;
  gameId: string;
  playerIds: Record<string, string>;
};

describe('agl import', () => {
  const env = { AGL_DATA_DIR: join(dir, 'imports') };
  const first = matchFolder(join(dir, 'first'), 1);
  const second = matchFolder(join(dir, 'second'), 2);
  let adminKey: string;
  let engine: Engine | undefined;
  /** What was imported beside the engine, and what an insight said of it there. */
  let told: { summary: Summary; tilt: string[]; out: string };

  const summaryOf = ({ code, out, err }: Said): Summary => {
    assert.equal(code, 0, err);
    adminKey ??= /^admin key \(shown once\) (\S+)$/m.exec(err)![1]!;
    return (JSON.parse(out) as Summary[])[0]!;
  };
  const importing = (folder: string) => ['import', '--json', folder];

  it('of a file that is cut off is one line that names it, and nothing of the others is imported', async () => {
    const broken = matchFolder(join(dir, 'broken'), 3);
    const file = join(broken, 'replay.json');
    writeFileSync(file, readFileSync(file).subarray(0, 500));
    const ran = await run(['import', '--format', 'lol', first, broken], { env });
    assert.equal(ran.code, 1);
    assert.equal(ran.out, '');
    assert.equal(lines(ran.err).length, 1, ran.err);
    assert.match(ran.err, /^agl: .*broken\/replay\.json/);
    assert.ok(!existsSync(env.AGL_DATA_DIR));
  });

  it('twice adds nothing', async () => {
    await putCluster(join(env.AGL_DATA_DIR, 'postgres'));
    const ran = await runInTurn([importing(first), importing(first)], env);
    const [once, again] = ran.map(summaryOf);
    assert.ok(once!.accepted > 20 && once!.agrees);
    assert.equal(once!.accepted, once!.events);
    assert.deepEqual(
      { accepted: again!.accepted, duplicates: again!.duplicates, playerIds: again!.playerIds },
      { accepted: 0, duplicates: once!.events, playerIds: once!.playerIds },
    );
  });

  it('works beside a running engine, which has it in its read models', async () => {
    engine = await startEngine(env.AGL_DATA_DIR);
    const summary = summaryOf(await run(importing(second), { env }));
    assert.equal(summary.accepted, summary.events);
    const studio = { base: engine.url, apiKey: adminKey, gameId: summary.gameId };
    const rows = async () => {
      const players = Object.values(summary.playerIds);
      return (await Promise.all(players.map((id) => all(studio, `/players/${id}/timeline`)))).flat().length;
    };
    await until(async () => (await rows()) >= 2 * summary.events, 'the engine has read what was imported');
    assert.equal(await rows(), 2 * summary.events, 'those of both matches, each once');
    const tilt = ['insight', insightFile('tilt.ts'), '--game', summary.gameId, '--json'];
    const [again, beside] = await runInTurn([importing(second), tilt], env);
    assert.equal(summaryOf(again!).accepted, 0);
    assert.equal(beside!.code, 0, beside!.err);
    assert.equal((JSON.parse(beside!.out) as unknown[]).length, 3);
    assert.equal(await stopEngine(engine), 0);
    told = { summary, tilt, out: beside!.out };
  });

  it('without an engine as beside one; brings back nobody who was erased: others are as before', async () => {
    const { summary, tilt, out } = told;
    const [gone, ...others] = Object.entries(summary.playerIds);
    const [alone, erased, imported] = await runInTurn([tilt, ['erase', gone![1]], importing(second)], env);
    assert.deepEqual([alone!.code, alone!.out], [0, out]);
    assert.equal(erased!.code, 0, erased!.err);
    const after = summaryOf(imported!);
    assert.deepEqual(after.playerIds, { [gone![0]]: '', ...Object.fromEntries(others) });
    assert.deepEqual(
      [after.accepted, after.duplicates > 0, after.duplicates < summary.events],
      [0, true, true],
    );
  });
});
