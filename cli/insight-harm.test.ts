import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { analyst } from './faults/testing/analyst.js';
import { isAlive, processesOn, signal, until } from './faults/testing/processes.js';
import { slow } from './faults/testing/slow.js';

describe('an insight that does harm', { skip: slow }, () => {
  const { dir, file, insight, inTurn, fail } = analyst();
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
    const ran = await inTurn(...[writing, env_, allowed].map((path) => [path, '--all-games']));
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
