import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
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
import { lolSample } from './imports/test-lol.js';

const dir = temporaryFolder();
const env = { AGL_DATA_DIR: join(dir, 'data') };
after(() => cleanUp(dir));

type File = { table: string; month: string; rows: number; file: string };

/** A match of November 2019, and nothing later. */
before(async () => {
  const folder = join(dir, 'match');
  const { replay, meta } = lolSample();
  mkdirSync(folder);
  writeFileSync(join(folder, 'replay.json'), JSON.stringify(replay));
  writeFileSync(join(folder, 'meta_info.json'), JSON.stringify(meta));
  const { code, err } = await run(['import', folder], { env });
  assert.equal(code, 0, err);
});

async function asked<T>(...args: string[]): Promise<T> {
  const { code, out, err } = await run(['archive', '--json', ...args], { env });
  assert.deepEqual([code, err], [0, '']);
  return JSON.parse(out) as T;
}

const list = () => asked<(File & { there: boolean })[]>('--list');

async function fails(args: string[], line: RegExp, wrap?: string[]): Promise<void> {
  const ran = await run(['archive', ...args], { env, ...(wrap && { wrap }) });
  assert.deepEqual([ran.code, ran.out, lines(ran.err).length], [1, '', 1], ran.err);
  assert.match(ran.err, line);
}

const isRoot = process.getuid?.() === 0;
const mayMount = isRoot && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

describe('agl archive', { skip: slow }, () => {
  it('without an engine: archives, lists, and what it started is stopped', async () => {
    assert.deepEqual((await asked<{ files: File[] }>('--before', '2019-11')).files, []);
    const archived = await asked<{ dir: string; files: File[] }>('--before', '2020-01');
    assert.equal(archived.dir, join(env.AGL_DATA_DIR, 'archive'));
    assert.deepEqual(archived.files.map(({ table, month }) => [table, month]).sort(), [
      ['companion_actions', '2019-11'],
      ['emotions', '2019-11'],
      ['game_events', '2019-11'],
    ]);
    assert.ok(archived.files.every(({ rows }) => rows > 20));
    assert.equal(readdirSync(archived.dir).length, 4);
    const listed = await list();
    assert.deepEqual(listed.map(({ rows }) => rows).sort(), archived.files.map(({ rows }) => rows).sort());
    assert.ok(listed.every(({ there, file }) => there && existsSync(file)));
    if (existsSync('/proc/self/task')) assert.deepEqual(processesOn(env.AGL_DATA_DIR), []);
    const { code, out } = await run(['archive', '--before', '2020-01'], { env });
    assert.deepEqual([code, out], [0, 'nothing is there of before 2020-01\n']);
  });

  it('beside a running engine: puts back, and archives elsewhere', async () => {
    const engine = await startEngine(env.AGL_DATA_DIR);
    const rows = (files: { rows: number }[]) => files.map((one) => one.rows).sort();
    const listed = await list();
    const restored = await asked<File[]>('--restore', '2019-11');
    assert.deepEqual(rows(restored), rows(listed));
    assert.deepEqual(await list(), []);
    const elsewhere = join(dir, 'elsewhere');
    const { files } = await asked<{ files: File[] }>('--before', '2020-01', '--dir', elsewhere);
    assert.deepEqual(rows(files), rows(listed));
    assert.equal(await stopEngine(engine), 0);
    assert.deepEqual(rows(await asked<File[]>('--restore-all')), rows(listed));
    const { code, out } = await run(['archive', '--restore-all'], { env });
    assert.deepEqual([code, out], [0, 'nothing is archived\n']);
  });

  it('what cannot be done is one line, and nothing leaves its table', async () => {
    await fails(['--restore', '2001-01'], /^agl: archive: nothing of 2001-01 is archived$/m);
    const file = join(dir, 'file');
    writeFileSync(file, '');
    await fails(['--before', '2020-01', '--dir', file], /^agl: archive: .*file is not a folder$/m);
    const nowhere = { AGL_DATA_DIR: join(dir, 'nowhere') };
    const ran = await run(['archive', '--list'], { env: nowhere });
    assert.deepEqual([ran.code, ran.err], [1, `agl: there are no read models in ${nowhere.AGL_DATA_DIR}\n`]);
    assert.ok(!existsSync(nowhere.AGL_DATA_DIR));
    assert.deepEqual(await list(), []);
  });

  it('a full or read-only disk is named', { skip: mayMount ? false : 'it may not mount here' }, async () => {
    const to = join(dir, 'small');
    mkdirSync(to);
    const mounted = (how: string) => [
      ...['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o ${how} tmpfs ${to}; exec "$@"`, '-'],
    ];
    const args = ['--before', '2020-01', '--dir', to];
    await fails(args, /^agl: archive: the disk of .*small is full$/m, mounted('size=4k'));
    await fails(args, /^agl: archive: .*small cannot be written$/m, mounted('ro'));
    assert.deepEqual(await list(), []);
    assert.equal((await asked<{ files: File[] }>(...args)).files.length, 3);
  });
});
