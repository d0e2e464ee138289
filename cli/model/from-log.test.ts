import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { builtIn, feel, initialFeeling } from '../../domain/emotion/feel.js';
import type { GameEvent, GameEventType } from '../../domain/events/game-event.js';
import { startEmbeddedNode } from '../../eventstore/embedded/start.js';
import { connectLog } from '../../eventstore/log.eventstore.js';
import { loadModel, readModelFile, versionOf } from '../../projections/emotion-model/model-file.js';
import { knownModels } from '../../projections/emotion-model/models.js';
import { runInTurn } from '../faults/testing/in-turn.js';
import { cleanUp, run, temporaryFolder } from '../faults/testing/processes.js';
import { contraryLog } from './testing/contrary-log.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));
const env = { AGL_DATA_DIR: join(dir, 'agl') };
const logDir = join(env.AGL_DATA_DIR, 'log');
const TRAINED_WITHIN_MS = 180_000;

type Report = {
  version: string;
  path: string;
  evaluations: Record<string, { rows: number; players: number }>;
};
const inTurn = (...calls: string[][]) => runInTurn(calls, env, TRAINED_WITHIN_MS);
const LIST = ['model', 'list', '--json'];

/** What is said of each game since it was made. */
async function configsOf(gameId: string): Promise<unknown[]> {
  const node = await startEmbeddedNode({ dir: logDir });
  const log = connectLog({ url: node.url });
  try {
    const configs: unknown[] = [];
    for await (const { data } of log.readStream(`game-${gameId}`))
      configs.push((data as { config: unknown }).config);
    return configs;
  } finally {
    await log.close();
    await node.stop();
  }
}

/** Recordings as AGAIN has them, of a few people whom kills stir. */
function recordings(): string {
  const folder = join(dir, 'recordings');
  mkdirSync(join(folder, 'again'), { recursive: true });
  const names =
    '[control]player_id,Time_Index,playerKillCount,playerDeath,playerDamaged,[output]arousal'.split(',');
  const rows = ['p1', 'p2', 'p3'].flatMap((player) =>
    Array.from({ length: 40 }, (_, nth) => {
      const kill = nth % 4 === 0;
      return [player, nth, kill ? 1 / 12 : 0, nth % 7 === 0 ? 1 / 12 : 0, 0, kill ? 0.9 : 0.3].join(',');
    }),
  );
  writeFileSync(join(folder, 'again', 'heist_3000ms.csv'), [names.join(','), ...rows].join('\n'));
  return folder;
}

describe('a model trained from what players said they felt', () => {
  let report: Report;

  before(async () => {
    await contraryLog(logDir, 'contrary', 10);
    const { code, out, err } = await run(['train', '--from', 'log', '--json'], { env }, TRAINED_WITHIN_MS);
    assert.equal(code, 0, err);
    report = JSON.parse(out);
  });

  it('is in the data folder with its card, of every axis', () => {
    const { version, path, evaluations } = report;
    assert.equal(path, join(env.AGL_DATA_DIR, 'models', `${version}.json`));
    const file = readModelFile(readFileSync(path, 'utf8'));
    assert.equal(versionOf(file), version);
    assert.deepEqual(Object.keys(file.heads), ['valence', 'arousal', 'dominance']);
    assert.equal(file.trainedWith.data, 'feedback of players');
    assert.ok(evaluations.valence!.rows >= 200 && evaluations.valence!.players === 10);
    const card = readFileSync(path.replace(/json$/, 'md'), 'utf8');
    for (const word of [version, 'feedback of players', '## valence', '## dominance', '## Limits'])
      assert.ok(card.includes(word), word);
  });

  it('contradicts the rules where players did', async () => {
    const model = await loadModel(readModelFile(readFileSync(report.path, 'utf8')));
    const valence = (type: GameEventType, deciders = builtIn) => {
      const event: GameEvent = { id: 'e', type, at: '2026-01-01T00:00:00.000Z', data: {}, context: {} };
      return feel(event, initialFeeling, deciders).emotion.valence;
    };
    const asked = { ...builtIn, model };
    assert.ok(valence('player.kill', asked) < 0 && valence('player.kill') > 0);
    assert.ok(valence('player.death', asked) > 0 && valence('player.death') < 0);
    // A rule that is sure is not asked about.
    assert.equal(valence('player.victory', asked), valence('player.victory'));
    model.free();
  });

  it('is the same when trained again, byte for byte, and says when there is too little', async () => {
    const out = join(dir, 'again.json');
    const training = ['train', '--from', 'log', '--json', '--game'];
    const [again, other] = await inTurn([...training, 'contrary', '--out', out], [...training, 'other']);
    assert.equal(again!.code, 0, again!.err);
    const { trainedWith, ...same } = JSON.parse(readFileSync(out, 'utf8'));
    const { trainedWith: _, ...first } = JSON.parse(readFileSync(report.path, 'utf8'));
    assert.deepEqual(same, first);
    assert.equal(trainedWith.game, 'contrary');
    assert.deepEqual([other!.code, other!.out], [1, '']);
    assert.match(other!.err, /agl: train: 0 labelled moments of 0 players are too few/);
  });

  it('is listed, put to use for a game, and taken off again', async () => {
    const { version, path } = report;
    const use = (wanted: string) => ['model', 'use', wanted, '--game', 'contrary'];
    const wanted = [version, 'none'];
    const [listed, table, ...used] = await inTurn(LIST, LIST.slice(0, 2), ...wanted.map(use));
    const [shipped, own, ...rest] = JSON.parse(listed!.out);
    assert.deepEqual(rest, []);
    assert.deepEqual([shipped.shipped, own.shipped, own.version, own.path], [true, false, version, path]);
    assert.deepEqual(own.axes, ['valence', 'arousal', 'dominance']);
    assert.match(table!.out, new RegExp(`${version} +valence, arousal, dominance +${path}`));
    for (const [nth, { code, out, err }] of used.entries()) {
      assert.deepEqual([code, err], [0, '']);
      assert.match(out, new RegExp(`^contrary asks ${wanted[nth]} from its next event on\n`));
      assert.equal(/has to be restarted/.test(out), wanted[nth] === version, out);
    }
    assert.deepEqual(await configsOf('contrary'), [
      {},
      { emotion: { model: version } },
      { emotion: { model: 'none' } },
    ]);
  });

  it('is compared with the shipped one on recordings', async () => {
    const [shipped] = knownModels(env.AGL_DATA_DIR);
    const both = [shipped!.version, report.version];
    const compare = ['model', 'compare', ...both, '--data', recordings()];
    const [json, table] = await inTurn([...compare, '--json'], compare);
    assert.deepEqual([json!.code, json!.err], [0, '']);
    const rows = JSON.parse(json!.out) as { version: string; rank: number; direction: number }[];
    assert.deepEqual(
      rows.map(({ version }) => version),
      both,
    );
    for (const { rank, direction } of rows) {
      assert.ok(rank >= -1 && rank <= 1);
      assert.ok(direction >= 0 && direction <= 1);
    }
    for (const version of both) assert.ok(table!.out.includes(version));
  });

  it('of other features is refused by its name, with the reason', async () => {
    const file = { ...JSON.parse(readFileSync(report.path, 'utf8')), features: 'other' };
    const path = join(env.AGL_DATA_DIR, 'models', 'zz-other.json');
    writeFileSync(path, JSON.stringify(file));
    const version = versionOf(file);
    const [all, used] = await inTurn(LIST, ['model', 'use', version, '--game', 'contrary']);
    const listed = JSON.parse(all!.out).at(-1);
    assert.equal(listed.version, version);
    assert.match(listed.trouble, /trained on the features other, these are .*: train it anew/);
    assert.deepEqual([used!.code, used!.out], [1, '']);
    assert.match(used!.err, new RegExp(`^agl: model: ${version}: it was trained on the features other`));
    assert.equal((await configsOf('contrary')).length, 3, 'nothing was written');
    rmSync(path);
    assert.ok(existsSync(report.path));
  });
});
