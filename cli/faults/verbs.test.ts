import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { runInTurn } from './testing/in-turn.js';
import { cleanUp, lines, temporaryFolder } from './testing/processes.js';

const dir = temporaryFolder();
after(() => cleanUp(dir));

/** None of them begins anything. */
const inOneProcess = (calls: string[][]) => runInTurn(calls, { AGL_DATA_DIR: join(dir, 'never') });

describe('the verbs', () => {
  it('help is on stdout with exit code 0, bad usage one line on stderr with 2', async () => {
    const help = [
      [],
      ['--help'],
      ['help'],
      ...[
        'start',
        'demo',
        'import',
        'insight',
        'lines',
        'why',
        'parked',
        'forget',
        'archive',
        'backup',
        'restore',
        'log',
      ].map((verb) => [verb, '--help']),
    ];
    for (const { args, code, out, err } of await inOneProcess(help)) {
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
      [['why'], /^agl: why: name one ACTION_ID$/m],
      [['why', 'a', 'b'], /^agl: why: name one ACTION_ID$/m],
      [['why', 'no id'], /^agl: why: "no id" is not an id$/m],
      [['forget'], /^agl: forget: say --faded: what else is forgotten, players ask for$/m],
      [['forget', '--faded', 'ann'], /^agl: forget: takes no ann$/m],
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
    const said = await inOneProcess(wrong.map(([args]) => args));
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
