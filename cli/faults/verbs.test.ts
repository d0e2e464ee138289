import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { dataAbsent, recorded } from '../imports/test-data.js';
import { lolSample } from '../imports/test-lol.js';
import {
  cleanUp,
  type Engine,
  lines,
  main,
  processesOn,
  run,
  seconds,
  startEngine,
  stopEngine,
  temporaryFolder,
  until,
} from './testing/processes.js';
import { all } from './testing/studio.js';

const onLinux = existsSync('/proc/self/task');
const dir = temporaryFolder();
after(() => cleanUp(dir));

/** The folder of a small match that the project writes itself. */
function matchFolder(name: string, number: number): string {
  const folder = join(dir, name);
  const { replay, meta } = lolSample();
  mkdirSync(folder);
  writeFileSync(join(folder, 'replay.json'), JSON.stringify(replay));
  writeFileSync(join(folder, 'meta_info.json'), JSON.stringify({ ...meta, day_match_num: number }));
  return folder;
}

const insightFile = (name: string) => join(dirname(main), '..', 'docs', 'insights', name);

type Said = { args: string[]; code: number; out: string; err: string };

/** Many calls in one process of their own: what is asked here starts no engine. */
function inOneProcess(calls: string[][]): Said[] {
  const script = `
    const { runVerb } = await import(${JSON.stringify(main.replace(/main\.js$/, 'cli/verbs.js'))});
    const print = process.stdout.write.bind(process.stdout);
    const said = [];
    for (const args of ${JSON.stringify(calls)}) {
      const one = { args, out: '', err: '' };
      process.stdout.write = (text) => ((one.out += text), true);
      process.stderr.write = (text) => ((one.err += text), true);
      one.code = await runVerb(args);
      said.push(one);
    }
    print(JSON.stringify(said));`;
  const env = { PATH: process.env.PATH ?? '', AGL_DATA_DIR: join(dir, 'never') };
  const node = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, timeout: 30_000 });
  return JSON.parse(`${node.stdout}`) as Said[];
}

describe('the verbs', () => {
  it('help is on stdout with exit code 0, bad usage one line on stderr with 2', () => {
    const help = [
      [],
      ['--help'],
      ['help'],
      ...['start', 'demo', 'import', 'insight', 'lines', 'parked', 'archive', 'backup', 'restore', 'log'].map(
        (verb) => [verb, '--help'],
      ),
    ];
    for (const { args, code, out, err } of inOneProcess(help)) {
      assert.equal(code, 0, args.join(' '));
      assert.match(
        out,
        args.length === 2 ? new RegExp(`^ +agl ${args[0]}`, 'm') : /start.*\n.*demo.*\n.*import/,
      );
      assert.equal(err, '');
    }
    const asked = ['insight', 'a.ts', '--all-games'];
    const wrong: [string[], RegExp][] = [
      [['fly'], /^agl: there is no verb fly$/m],
      [['start', '--fast'], /^agl: Unknown option '--fast'/],
      [['start', 'now'], /^agl: start: now is not expected here$/m],
      [['import', '--speed', '3'], /^agl: Unknown option '--speed'/],
      [['import'], /^agl: import: name at least one FILE$/m],
      [['import', '--format', 'chess', 'a'], /^agl: import: --format is one of lol, /],
      [['import', '--format'], /^agl: Option '--format/],
      [['insight'], /^agl: insight: name one FILE$/m],
      [['insight', 'a.ts'], /^agl: insight: say whose players: one of --game ID, --client ID, --all-games$/m],
      [['insight', 'a.ts', '--game', 'a', '--all-games'], /^agl: insight: say whose players/],
      [[...asked, '--from', 'yesterday'], /--from is a time such as .*, not yesterday$/m],
      [[...asked, '--from', '2026-02-02', '--to', '2026-02-01'], /--from is to be before --to$/m],
      [[...asked, '--parallel', '0'], /--parallel is a whole number from 1 to 256$/m],
      [[...asked, '--memory', '1'], /--memory is a whole number from 64 to/],
      [[...asked, '--timeout', 'x'], /--timeout is a whole number from 1 to/],
      [[...asked, '--out', 'x.xlsx'], /--out: the file is to end in \.csv/],
      [['archive'], /^agl: archive: say one of --before MONTH, --list, --restore MONTH, --restore-all$/m],
      [['archive', '--list', '--restore-all'], /^agl: archive: say one of /],
      [['archive', '--before', '2026-13'], /--before is a month such as 2026-01, not 2026-13$/m],
      [['archive', '--before', '2999-01'], /--before is at most \d{4}-\d\d, the month that goes on$/m],
      [['archive', '--restore', 'May'], /--restore is a month such as 2026-01, not May$/m],
      [['archive', '--list', 'now'], /^agl: archive: takes no now$/m],
      [['log', '--port', 'x'], /^agl: log: --port must be a whole number from 0 to 65535$/m],
      [['log', '--host', '0.0.0.0'], /^agl: log: --host 0\.0\.0\.0 needs --tls-cert/],
      [['demo', 'match.json'], /^agl: demo: match\.json is not expected here/],
      [['demo', '--speed', '-1'], /^agl: /],
      [['demo', '--speed', 'fast'], /^agl: demo: --speed is a number above 0, not fast$/m],
      [['demo', '--persona', 'grim'], /^agl: demo: --persona is one of cheerful/],
    ];
    const said = inOneProcess(wrong.map(([args]) => args));
    for (const [at, [args, line]] of wrong.entries()) {
      const { code, out, err } = said[at]!;
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(err, line);
      if (args[0] !== 'fly') assert.equal(lines(err).length, 1, err);
    }
    assert.ok(!existsSync(join(dir, 'never')), 'nothing was begun');
  });
});

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
  const first = matchFolder('first', 1);
  const second = matchFolder('second', 2);
  let adminKey: string;
  let engine: Engine | undefined;

  const importing = async (...args: string[]): Promise<Summary[]> => {
    const { code, out, err } = await run(['import', '--json', ...args], { env });
    assert.equal(code, 0, err);
    adminKey ??= /^admin key \(shown once\) (\S+)$/m.exec(err)![1]!;
    return JSON.parse(out) as Summary[];
  };

  it('of a file that is cut off is one line that names it, and nothing of the others is imported', async () => {
    const broken = matchFolder('broken', 3);
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
    const [once] = await importing(first);
    assert.ok(once!.accepted > 20 && once!.agrees);
    assert.equal(once!.accepted, once!.events);
    const [again] = await importing(first);
    assert.deepEqual(
      { accepted: again!.accepted, duplicates: again!.duplicates, playerIds: again!.playerIds },
      { accepted: 0, duplicates: once!.events, playerIds: once!.playerIds },
    );
  });

  it('works beside a running engine, which has it in its read models', async () => {
    engine = await startEngine(env.AGL_DATA_DIR);
    const [summary] = await importing(second);
    assert.equal(summary!.accepted, summary!.events);
    const studio = { base: engine.url, apiKey: adminKey, gameId: summary!.gameId };
    const rows = async () => {
      const players = Object.values(summary!.playerIds);
      return (await Promise.all(players.map((id) => all(studio, `/players/${id}/timeline`)))).flat().length;
    };
    await until(async () => (await rows()) >= 2 * summary!.events, 'the engine has read what was imported');
    assert.equal(await rows(), 2 * summary!.events, 'those of both matches, each once');
    const [again] = await importing(second);
    assert.equal(again!.accepted, 0);
    const tilt = ['insight', insightFile('tilt.ts'), '--game', summary!.gameId, '--json'];
    const beside = await run(tilt, { env });
    assert.equal(beside.code, 0, beside.err);
    assert.equal((JSON.parse(beside.out) as unknown[]).length, 3);
    assert.equal(await stopEngine(engine), 0);
    const alone = await run(tilt, { env });
    assert.deepEqual([alone.code, alone.out], [0, beside.out]);
  });
});

type Outcome = {
  events: number;
  actions: number;
  spoken: number;
  templateShare: number;
  latency: { p50: number; p99: number };
  emotions: Record<string, number>;
};

describe('agl demo', () => {
  const env = { AGL_DATA_DIR: join(dir, 'demos') };
  const demo = async (...args: string[]): Promise<Outcome & { ms: number }> => {
    const { code, out, err, ms } = await run(['demo', '--exit', '--json', ...args], { env });
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /"level":[56]0/);
    return { ...(JSON.parse(out) as Outcome), ms };
  };
  const isSensible = ({ events, actions, spoken, templateShare, latency, emotions }: Outcome) => {
    assert.ok(events > 20 && actions > 0 && spoken > 0 && spoken <= actions && actions <= events);
    assert.equal(templateShare, 1);
    assert.ok(latency.p50 > 0 && latency.p50 <= latency.p99 && latency.p99 < 30_000);
    assert.equal(
      Object.values(emotions).reduce((sum, count) => sum + count, 0),
      actions,
    );
  };

  it('plays its match and ends, leaving nothing; and again on the same folder', async (t) => {
    const once = await demo('--speed', '2000');
    isSensible(once);
    const again = await demo('--speed', '2000', '--lang', 'en', '--persona', 'cool');
    isSensible(again);
    t.diagnostic(`${once.events} events, ${once.actions} acts; ${seconds(once.ms)} and ${seconds(again.ms)}`);
    if (onLinux) assert.deepEqual(processesOn(env.AGL_DATA_DIR), []);
  });

  it('plays a match from a file', async (t) => {
    if (dataAbsent) t.diagnostic(`${dataAbsent}: it plays one that the project writes`);
    isSensible(await demo('--speed', '4000', '--match', recorded.csgo[0] ?? matchFolder('played', 4)));
  });
});
