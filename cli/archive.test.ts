import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { putCluster } from '../projections/testing/cluster.js';
import { runInTurn, type Said } from './faults/testing/in-turn.js';
import { matchFolder } from './faults/testing/match.js';
import {
  cleanUp,
  lines,
  processesOn,
  run,
  startEngine,
  stopEngine,
  temporaryFolder,
} from './faults/testing/processes.js';
import { slow } from './faults/testing/slow.js';

const dir = temporaryFolder();
const env = { AGL_DATA_DIR: join(dir, 'data') };
after(() => cleanUp(dir));

type File = { table: string; month: string; rows: number; file: string; there?: boolean };

/** What each answers, asked one after the other. */
async function asked(...calls: string[][]): Promise<File[][]> {
  const ran = await runInTurn(
    calls.map((args) => ['archive', '--json', ...args]),
    env,
  );
  return ran.map(({ code, out, err }) => {
    assert.deepEqual([code, err], [0, '']);
    const answer = JSON.parse(out) as File[] | { dir: string; files: File[] };
    return Array.isArray(answer) ? answer : answer.files;
  });
}

function failed({ code, out, err }: Said, line: RegExp): void {
  assert.deepEqual([code, out, lines(err).length], [1, '', 1], err);
  assert.match(err, line);
}

const isRoot = process.getuid?.() === 0;
const mayMount = isRoot && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

const rows = (files: { rows: number }[]) => files.map((one) => one.rows).sort();

describe('agl archive', { skip: slow }, () => {
  before(async () => {
    const { code, err } = await run(['import', matchFolder(join(dir, 'match'))], { env });
    assert.equal(code, 0, err);
  });

  it('without an engine: archives, lists, and what it started is stopped', async () => {
    const before = ['--before', '2020-01'];
    const [none, archived, listed] = await asked(['--before', '2019-11'], before, ['--list']);
    assert.deepEqual(none, []);
    assert.deepEqual(archived!.map(({ table, month }) => [table, month]).sort(), [
      ['companion_actions', '2019-11'],
      ['emotions', '2019-11'],
      ['game_events', '2019-11'],
    ]);
    assert.ok(archived!.every((one) => one.rows > 20));
    assert.equal(readdirSync(join(env.AGL_DATA_DIR, 'archive')).length, 4);
    assert.deepEqual(rows(listed!), rows(archived!));
    assert.ok(listed!.every(({ there, file }) => there && existsSync(file)));
    if (existsSync('/proc/self/task')) assert.deepEqual(processesOn(env.AGL_DATA_DIR), []);
    const { code, out } = await run(['archive', ...before], { env });
    assert.deepEqual([code, out], [0, 'nothing is there of before 2020-01\n']);
    if (existsSync('/proc/self/task')) assert.deepEqual(processesOn(env.AGL_DATA_DIR), []);
  });

  it('beside a running engine: puts back, and archives elsewhere', async () => {
    await putCluster(join(env.AGL_DATA_DIR, 'postgres'));
    const engine = await startEngine(env.AGL_DATA_DIR);
    const elsewhere = ['--before', '2020-01', '--dir', join(dir, 'elsewhere')];
    const [listed, restored, left, files] = await asked(
      ['--list'],
      ['--restore', '2019-11'],
      ['--list'],
      elsewhere,
    );
    assert.deepEqual(rows(restored!), rows(listed!));
    assert.deepEqual(left, []);
    assert.deepEqual(rows(files!), rows(listed!));
    assert.equal(await stopEngine(engine), 0);
    const all = ['archive', '--restore-all'];
    const [again, nothing] = await runInTurn([[...all, '--json'], all], env);
    assert.deepEqual(rows(JSON.parse(again!.out) as File[]), rows(listed!));
    assert.deepEqual([nothing!.code, nothing!.out], [0, 'nothing is archived\n']);
  });

  it('what cannot be done is one line, and nothing leaves its table', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    const nowhere = { AGL_DATA_DIR: join(dir, 'nowhere') };
    const [unknown, noFolder, noData, list] = await runInTurn(
      [
        ['archive', '--restore', '2001-01'],
        ['archive', '--before', '2020-01', '--dir', file],
        { args: ['archive', '--list'], env: nowhere },
        ['archive', '--list', '--json'],
      ],
      env,
    );
    failed(unknown!, /^agl: archive: nothing of 2001-01 is archived$/m);
    failed(noFolder!, /^agl: archive: .*file is not a folder$/m);
    assert.equal(noData!.err, `agl: there are no read models in ${nowhere.AGL_DATA_DIR}\n`);
    assert.equal(noData!.code, 1);
    assert.ok(!existsSync(nowhere.AGL_DATA_DIR));
    assert.deepEqual(JSON.parse(list!.out), []);
  });

  it('a full or read-only disk is named', { skip: mayMount ? false : 'it may not mount here' }, async () => {
    const to = join(dir, 'small');
    mkdirSync(to);
    const mounted = (how: string) => [
      ...['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o ${how} tmpfs ${to}; exec "$@"`, '-'],
    ];
    const args = ['--before', '2020-01', '--dir', to];
    const on = (how: string) => run(['archive', ...args], { env, wrap: mounted(how) });
    failed(await on('size=4k'), /^agl: archive: the disk of .*small is full$/m);
    failed(await on('ro'), /^agl: archive: .*small cannot be written$/m);
    const [none, files] = await asked(['--list'], args);
    assert.deepEqual(none, []);
    assert.equal(files!.length, 3);
  });
});
