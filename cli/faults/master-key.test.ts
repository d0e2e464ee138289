import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { wrap } from '../../commands/person-keys/master-keys.js';
import { keysForPersonsIn } from '../secrets.js';
import { readSettings } from '../settings.js';
import { runInTurn, type Said } from './testing/in-turn.js';
import {
  cleanUp,
  type Engine,
  environment,
  lines,
  main,
  openEngine,
  run,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { slow } from './testing/slow.js';
import { ask, openStudio, type Studio } from './testing/studio.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

const AGL_DATA_DIR = join(dir, 'data');
const file = join(AGL_DATA_DIR, 'master.key');
const keyIn = () => readFileSync(file, 'utf8').trim();
const ROWS = 20_000;

/** Persons of whom there is nothing but their keys, so that changing them over takes a while. */
async function fill(): Promise<void> {
  const { database } = JSON.parse(readFileSync(join(AGL_DATA_DIR, 'engine.json'), 'utf8'));
  const masters = keysForPersonsIn(readSettings({ AGL_DATA_DIR }))!;
  const subjects = Array.from({ length: ROWS }, (_, n) => `person-${n}`);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(
    'insert into person_keys (subject, wrapped) select * from unnest($1::text[], $2::bytea[])',
    [subjects, subjects.map((subject) => wrap(masters, Buffer.alloc(32, 5), subject))],
  );
  await client.end();
}

/** Killed as soon as it has told how far it is. */
function killedInTheMiddle(): Promise<string> {
  const child = spawn(process.execPath, [main, 'rotate-master-key'], { env: environment({ AGL_DATA_DIR }) });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
    child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.once('close', (_code, signal) => resolve(`${signal} ${said}`)));
}

/** Read models come after. */
function noneYet(error: Error): undefined {
  if (!/: (404|503) /.test(error.message)) throw error;
}

describe('the master key is changed over', () => {
  let engine: Engine;
  let studio: Studio;
  let player: string;
  const registration = { externalId: 'steam-1', displayName: 'Ann', lang: 'en' };
  const register = () => ask<{ id: string }>(studio, `/games/${studio.gameId}/players`, registration);
  const serves = async (env: Record<string, string> = {}) => {
    engine = await startEngine(AGL_DATA_DIR, { env });
    studio = { ...studio, base: engine.url };
    assert.equal((await register()).id, player, 'who is who is known as before');
    let known: { displayName?: string } | undefined;
    const look = async () => {
      known = await ask<object>(studio, `/players/${player}`).catch(noneYet);
      return known !== undefined;
    };
    await until(look, 'the player is read');
    assert.equal(known?.displayName, 'Ann', 'names can be read');
  };
  const isRefused = ({ code, err }: Said) =>
    assert.deepEqual(
      [code, lines(err)],
      [1, ['agl: AGL_MASTER_KEY: is not the master key of this installation: its keys do not open with it']],
    );
  before(async () => {
    engine = await openEngine(AGL_DATA_DIR);
    studio = await openStudio(engine.url);
    player = (await register()).id;
    await fill();
  });

  it('not while an engine has the key of its folder in its memory', async () => {
    const { code, err } = await run(['rotate-master-key'], { env: { AGL_DATA_DIR } });
    assert.equal(code, 1);
    assert.match(err, /^agl: the engine on \S+ \(process \d+\) must be stopped first\n$/);
    await stopEngine(engine);
  });

  it('killed in the middle, all can be read; begun again, it ends, and the old key opens nothing', async () => {
    const old = keyIn();
    assert.match(await killedInTheMiddle(), new RegExp(`^SIGKILL \\d+ of ${ROWS + 2} keys`));
    assert.ok(existsSync(`${file}.next`) && keyIn() === old);
    const next = readFileSync(`${file}.next`, 'utf8').trim();
    isRefused(await run(['start'], { env: { AGL_DATA_DIR, AGL_MASTER_KEY: next } }));
    await serves();
    await stopEngine(engine);
    const [rotated, refused] = await runInTurn(
      [['rotate-master-key'], { args: ['start'], env: { AGL_MASTER_KEY: old } }],
      { AGL_DATA_DIR },
    );
    const { code, out, err } = rotated!;
    assert.equal(code, 0, err);
    const [, changed] = /^the new master key wraps all: 20002 keys of persons, (\d+) of them/.exec(out)!;
    assert.ok(Number(changed) < ROWS, 'what was done before it was killed stays done');
    assert.ok(!existsSync(`${file}.next`) && keyIn() !== old);
    isRefused(refused!);
  });

  it('from that of the folder to one of the settings, beside an engine that has both', {
    skip: slow,
  }, async () => {
    const both = {
      AGL_MASTER_KEY: Buffer.alloc(32, 9).toString('base64'),
      AGL_MASTER_KEY_PREVIOUS: keyIn(),
    };
    await serves(both);
    const rotated = await run(['rotate-master-key', '--json'], { env: { AGL_DATA_DIR, ...both } });
    assert.deepEqual(JSON.parse(rotated.out), { keys: ROWS + 2, changed: ROWS + 2, stuck: 0 });
    await stopEngine(engine);
    await serves({ AGL_MASTER_KEY: both.AGL_MASTER_KEY });
    await stopEngine(engine);
    const refused = await run(['start'], { env: { AGL_DATA_DIR } });
    assert.deepEqual(
      [refused.code, lines(refused.err)],
      [1, [`agl: ${file} is not the master key of this installation: its keys do not open with it`]],
    );
  });
});
