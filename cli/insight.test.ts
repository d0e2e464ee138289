import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type EmbeddedNode, startEmbeddedNode } from '../eventstore/embedded/start.js';
import { connectLog } from '../eventstore/log.eventstore.js';
import { newEvents, type Tenant, type Told } from '../projections/insight/testing/history.js';
import { type Call, runInTurn } from './faults/testing/in-turn.js';
import {
  cleanUp,
  isAlive,
  lines,
  processesOn,
  type Ran,
  run,
  signal,
  temporaryFolder,
  until,
} from './faults/testing/processes.js';
import { slow } from './faults/testing/slow.js';

const dir = temporaryFolder();
const data = join(dir, 'data');
let node: EmbeddedNode;
let env: Record<string, string>;
before(async () => {
  mkdirSync(join(data, 'log'), { recursive: true });
  node = await startEmbeddedNode({ dir: join(data, 'log') });
  env = { AGL_DATA_DIR: data, EVENTSTORE_URL: node.url };
  await history();
});
after(async () => {
  await node.stop();
  await cleanUp(dir);
});

const ours: Tenant = { gameId: 'ours', clientId: 'us' };
const theirs: Tenant = { gameId: 'theirs', clientId: 'them' };
const PLAYERS = 40;
const idOf = (name: string) => createHash('sha256').update(name).digest('hex').slice(0, 32);

/** A log with players of two games, a deed at a time, so that their events lie among each other. */
async function history(): Promise<void> {
  const log = connectLog({ url: node.url });
  for (const stream of ['game-ours', 'game-theirs', 'client-us'])
    await log.append(stream, newEvents(stream, [['PersonaChosen', {}]]), 'no_stream');
  const players = Array.from({ length: PLAYERS }, (_, n) => {
    const told: Told[] = [
      ['PlayerRegistered', {}],
      ['session.start', 0],
    ];
    for (let minute = 1; minute <= 10 + n; minute++)
      told.push([minute % 3 ? 'player.kill' : 'player.death', minute]);
    const id = idOf(`player ${n}`);
    return { stream: `player-${id}`, events: newEvents(id, told, n % 4 === 0 ? theirs : ours) };
  });
  for (let n = 0; n < 60; n++) {
    const appends = players.map(({ stream, events }) => events[n] && log.append(stream, [events[n]!], 'any'));
    await Promise.all(appends);
  }
  const broken = newEvents(
    idOf('player 1'),
    [
      ['player.kill', 0],
      ['player.kill', 1],
    ],
    ours,
  ).map((event, n) => ({
    ...event,
    id: event.id.replace(/^......../, `0000000${n}`),
    data: { at: 'never' },
  }));
  await log.append(`player-${idOf('player 1')}`, broken, 'any');
  await log.close();
}

const file = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, `import { insight } from 'agl/insight';\n${text}\n`);
  return path;
};

const counts = file(
  'counts.ts',
  `export default insight({
  initial: () => ({ kills: 0, deaths: 0, games: [] as string[] }),
  step(state, event, { player }) {
    if (event.type === 'GameEventRecorded' && event.data.type === 'player.kill') state.kills++;
    if (event.type === 'GameEventRecorded' && event.data.type === 'player.death') state.deaths++;
    state.games = [...new Set([...state.games, String(event.gameId), String(player.gameId)])];
    return state;
  },
  end: ({ kills, deaths, games }, { player }) => ({ player: player.id, games: games.join(' '), kills, deaths }),
});`,
);

type Row = { player: string; games: string; kills: number; deaths: number };
const insight = (...args: string[]): Promise<Ran> => run(['insight', ...args], { env });
/** What each answers, asked one after the other. */
async function rowsOf(...calls: (string[] | Call)[]): Promise<Row[][]> {
  const given = calls.map((call) => (Array.isArray(call) ? { args: call } : call));
  const ran = await runInTurn(
    given.map(({ args, ...rest }) => ({ ...rest, args: ['insight', ...args, '--json'] })),
    env,
  );
  return ran.map(({ code, out, err }) => {
    assert.equal(code, 0, err);
    return JSON.parse(out) as Row[];
  });
}

/** Each with its line, tried one after the other. */
async function fail(...calls: [string[], RegExp][]): Promise<void> {
  const ran = await runInTurn(
    calls.map(([args]) => ['insight', ...args]),
    env,
  );
  for (const [at, { code, out, err }] of ran.entries()) {
    assert.equal(code, 1, err);
    assert.equal(out, '');
    assert.equal(lines(err).length, 1, err);
    assert.match(err, calls[at]![1]);
  }
}

describe('agl insight', { skip: slow }, () => {
  it('folds every player once, however many processes share them', async () => {
    const [one, ...shared] = await rowsOf(
      ...['1', '3', '18'].map((parallel) => [counts, '--all-games', '--parallel', parallel]),
    );
    const minutes = (n: number) => 10 + n;
    const expected = Array.from({ length: PLAYERS }, (_, n) => ({
      player: idOf(`player ${n}`),
      games: n % 4 === 0 ? 'theirs' : 'ours',
      kills: minutes(n) - Math.floor(minutes(n) / 3),
      deaths: Math.floor(minutes(n) / 3),
    }));
    assert.deepEqual(
      one,
      expected.toSorted((a, b) => (a.player < b.player ? -1 : 1)),
    );
    assert.deepEqual(shared, [one, one]);
  });

  it('shows nothing of others, nor what is not of the time', async () => {
    const times = ['--from', '2026-03-01T18:04', '--to', '2026-03-01T18:07:00Z'];
    const [mine, ofClient, part] = await rowsOf(
      [counts, '--game', 'ours'],
      [counts, '--client', 'us'],
      [counts, '--game', 'ours', ...times],
    );
    assert.equal(mine!.length, 30);
    assert.ok(mine!.every(({ games }) => games === 'ours'));
    assert.deepEqual(ofClient, mine);
    assert.ok(part!.every(({ kills, deaths }) => kills === 2 && deaths === 1));
  });

  it('prints a table, or writes a file, and says what it passed over', async () => {
    const asked = ['insight', counts, '--game', 'ours'];
    const files = ['x.csv', 'x.ndjson', 'x.parquet'].map((name) => join(dir, name));
    const [shown, ...written] = await runInTurn(
      [asked, ...files.map((name) => [...asked, '--out', name])],
      env,
    );
    const { code, out, err } = shown!;
    assert.equal(code, 0);
    assert.match(out, /^player +games +kills +deaths\n─+/);
    assert.match(out, /^30 rows from 30 players, \d+ events$/m);
    assert.equal(err, 'agl: insight: 2 events could not be read and were passed over\n');
    assert.deepEqual(
      written.map((one) => one.code),
      [0, 0, 0],
    );
    const [head, ...rows] = readFileSync(files[0]!, 'utf8').trim().split('\r\n');
    assert.deepEqual([head, rows.length], ['player,games,kills,deaths', 30]);
    assert.equal(lines(readFileSync(files[1]!, 'utf8')).length, 30);
    assert.equal(readFileSync(files[2]!).subarray(0, 4).toString(), 'PAR1');
  });

  it('needs no node that runs already', async () => {
    const ours = [counts, '--game', 'ours'];
    const [beside] = await rowsOf(ours);
    await node.stop();
    env = { AGL_DATA_DIR: data };
    const alone = await insight(...ours, '--json');
    assert.deepEqual([alone.code, JSON.parse(alone.out)], [0, beside]);
    await fail([[counts, '--game', 'nobodys'], /^agl: insight: there is no game nobodys$/m]);
    assert.deepEqual(processesOn(data), [], 'the log is let go');
    node = await startEmbeddedNode({ dir: join(data, 'log') });
    env = { AGL_DATA_DIR: data, EVENTSTORE_URL: node.url };
  });
});

describe('an insight that does harm', { skip: slow }, () => {
  const fold = (name: string, step: string) =>
    file(
      name,
      `export default insight({\n  initial: () => [] as unknown[],\n  step: ${step},\n  end: () => [],\n});`,
    );

  it('is ended at its time, and at its memory', async () => {
    const endless = fold('endless.ts', '(state) => { for (;;); return state; }');
    const greedy = fold('greedy.ts', '(state) => { for (;;) state.push({ a: [state.length] }); }');
    await fail(
      [
        [endless, '--all-games', '--timeout', '3'],
        /^agl: it took longer than 3 s: --timeout gives it more$/m,
      ],
      [[greedy, '--all-games', '--memory', '64'], /^agl: a worker needs more than 64 MiB: .*--memory$/m],
    );
  });

  it('that is none is refused with its place', () =>
    fail([[file('bad.ts', 'export default 4;'), '--all-games'], /bad\.ts:2: the insight is none/]));

  it('that throws names the event, the player and its own line', async () => {
    const throwing = fold(
      'throwing.ts',
      "(state, event) => {\n    if (event.type === 'GameEventRecorded' && event.data.type === 'player.death')\n      throw new TypeError('no deaths');\n    return state;\n  }",
    );
    const adding = file(
      'adding.ts',
      "export default insight({ initial: () => 0, step: (n) => n, end: () => ({ a: 1 }),\n  total() { throw new Error('no sum'); } });",
    );
    await fail(
      [
        [throwing, '--game', 'ours', '--parallel', '2'],
        /throwing\.ts:6: step at event [0-9a-f-]{36} \(GameEventRecorded\) of player [0-9a-f]{32} threw TypeError: no deaths$/m,
      ],
      [[adding, '--all-games'], /adding\.ts:3: total threw Error: no sum$/m],
    );
  });

  it('cannot write, nor start anything, even when it gets hold of the process', async () => {
    const world = "const world = (() => {}).constructor('return process')();";
    const reaching = (name: string, what: string) =>
      fold(name, `(state, event) => {\n    ${world}\n    ${what}\n    return state;\n  }`);
    const target = join(dir, 'written.txt');
    const fs = "world.getBuiltinModule ? world.getBuiltinModule('fs') : world.binding('fs')";
    const writing = reaching('writing.ts', `(${fs}).writeFileSync('${target}', 'x');`);
    const env_ = reaching(
      'env.ts',
      "if (world.env.AGL_DATA_DIR || world.env.PATH) throw new Error('environment');",
    );
    const allowed = reaching(
      'allowed.ts',
      "for (const what of ['fs.write', 'child', 'worker']) if (world.permission.has(what)) throw new Error(what);",
    );
    const ran = await runInTurn(
      [writing, env_, allowed].map((path) => ['insight', path, '--all-games']),
      env,
    );
    assert.deepEqual(
      ran.map(({ code }) => code),
      [1, 0, 0],
      'the process has none of these rights',
    );
    assert.ok(!existsSync(target));
  });

  it('whose process is killed leaves a clear line and no file', async () => {
    const endless = fold('waiting.ts', '(state) => { for (;;); return state; }');
    const out = join(dir, 'killed.csv');
    const running = insight(endless, '--all-games', '--out', out, '--parallel', '1');
    await until(() => workersOfOurs().length > 0, 'a worker runs');
    const [pid] = workersOfOurs();
    signal(pid!, 'SIGKILL');
    const { code, err } = await running;
    assert.equal(code, 1);
    assert.equal(err, 'agl: a worker ended (SIGKILL) before its end: there is no result\n');
    assert.ok(!isAlive(pid!));
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.includes('killed')),
      [],
    );
  });

  it('does not outlive its time when nobody waits for it any more', async (t) => {
    const endless = fold('left.ts', '(state) => { for (;;); return state; }');
    const running = insight(endless, '--all-games', '--parallel', '1', '--timeout', '20');
    await until(() => workersOfOurs().length > 0, 'a worker runs');
    const [pid] = workersOfOurs();
    t.after(() => signal(pid!, 'SIGKILL'));
    await until(() => worked(pid!) > 250, 'it is in its loop: it would start in less');
    signal(parentOf(pid!), 'SIGKILL');
    await running;
    assert.ok(isAlive(pid!));
    await until(() => !isAlive(pid!), 'the worker has ended');
  });
});

const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

/** Hundredths of a second of computing so far. */
const worked = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[11]);

const workersOfOurs = () => processesOn('insight/worker.js').filter(isOurs);

/** Whether a process was started, however far below, by this one. */
function isOurs(pid: number): boolean {
  for (let at = pid; at > 1; ) {
    if (at === process.pid) return true;
    at = parentOf(at);
  }
  return false;
}
