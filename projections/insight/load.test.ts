import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../eventstore/embedded/engine/testing.js';
import { bundled } from './bundle.js';
import { advance, ended, type Folded } from './fold.js';
import { loaded } from './load.js';
import { InsightFailed } from './messages.js';
import { playerEvents, type Told } from './testing/history.js';

/** Loads files as `agl insight` does; the first is the insight. */
async function load(test: TestContext, files: Record<string, string>) {
  const dir = temporaryFolder(test);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return loaded(await bundled(join(dir, Object.keys(files)[0]!)));
}

const refusal = (test: TestContext, files: Record<string, string>, line: RegExp) =>
  assert.rejects(load(test, files), (error) => {
    assert.ok(error instanceof InsightFailed, String((error as Error).stack));
    assert.match(error.message, line);
    assert.ok(!error.message.includes('\n'));
    return true;
  });

const fine = `initial: () => 0, step: (n: number) => n + 1, end: (n: number) => ({ n })`;
const head = "import { insight } from 'agl/insight';\n";

describe('the file of an insight', () => {
  it('is TypeScript, with types and files of its own', async (t) => {
    const { insight } = await load(t, {
      'a.ts': `${head}import { one, type Count } from './b.js';\nexport default insight({
        initial: (): Count => 0, step: (n) => n + one, end: (n) => ({ n }) });`,
      'b.ts': 'export type Count = number;\nexport const one: Count = 1;',
    });
    let before: Folded | undefined;
    const told: Told[] = [
      ['player.kill', 0],
      ['player.kill', 1],
    ];
    for (const event of playerEvents('p', told)) before = advance(insight, {}, { before, event });
    assert.deepEqual(ended(insight, before!), [{ n: 2 }]);
  });

  it('imports nothing else, however it tries', async (t) => {
    const pure = (name: string, line: number) =>
      new RegExp(`a\\.ts:${line}: imports ${name}: an insight is a pure function`);
    const with_ = (text: string) => ({ 'a.ts': `${head}${text}\nexport default insight({ ${fine} });` });
    await refusal(
      t,
      with_("import { readFileSync } from 'node:fs';\nreadFileSync('/etc/passwd');"),
      pure('node:fs', 2),
    );
    await refusal(t, with_("import fs from 'fs';\nfs.rmSync('x');"), pure('fs', 2));
    await refusal(t, with_("\nimport { z } from 'zod';\nz.string();"), pure('zod', 3));
    await refusal(t, with_("await import('node:net');"), /a\.ts:2: /);
    await refusal(t, with_("export const net = () => import('node:net');"), pure('node:net', 2));
    await refusal(t, with_("export const net = () => require('net');"), pure('net', 2));
    await refusal(
      t,
      { ...with_("import './b.js';"), 'b.ts': "import 'node:os';" },
      /b\.ts:1: imports node:os/,
    );
    await refusal(t, with_("import './gone.js';"), /a\.ts:2: Could not resolve ".\/gone.js"/);
    const hidden = await load(t, with_("export const net = () => import(['node', 'net'].join(':'));"));
    assert.ok(hidden, 'what cannot be seen is refused when it is done');
  });

  it('has no time, dice or world of its own', async (t) => {
    const doing = (what: string) => ({ 'a.ts': `${head}\n${what};\nexport default insight({ ${fine} });` });
    const no = (what: string) =>
      new RegExp(`a\\.ts:3: the file threw Error: .*pure function: it has no ${what}`);
    await refusal(t, doing('Math.random()'), no('Math.random'));
    await refusal(t, doing('Date.now()'), no('Date.now'));
    await refusal(t, doing('export const now = new Date()'), no('time'));
    await refusal(t, doing("process.env.HOME ?? ''"), no('process'));
    await refusal(
      t,
      doing("await_(fetch('http://127.0.0.1/'));\nfunction await_(x: unknown) { return x; }"),
      no('fetch'),
    );
    await refusal(t, doing('globalThis.process.exit(0)'), no('globalThis'));
    await load(t, doing("Math.max(1, Date.parse('2026-01-01'), new Date(5).getTime(), Date.UTC(2026, 1))"));
  });

  it('that is none is one line with its place', async (t) => {
    await refusal(t, { 'a.ts': 'const x = ;' }, /a\.ts:1: Unexpected ";"/);
    await refusal(t, { 'a.ts': `export const x = 1;` }, /a\.ts:1: there is no default export/);
    await refusal(
      t,
      { 'a.ts': 'const x = 1;\n\nexport default x;' },
      /a\.ts:3: the insight is none: export default/,
    );
    const shaped = (text: string) => ({ 'a.ts': `${head}\nexport default insight({ ${text} });` });
    await refusal(t, shaped('initial: () => 0, end: () => []'), /a\.ts:3: the insight: step is missing/);
    await refusal(t, shaped(`${fine}, total: 4`), /a\.ts:3: the insight: total is no function/);
    await refusal(t, shaped(`${fine}, memories: 1`), /a\.ts:3: the insight: memories is neither true nor/);
    await refusal(t, shaped(`${fine}, sum: () => 1`), /a\.ts:3: the insight has no sum/);
    await refusal(
      t,
      { 'a.ts': `${head}\nthrow new TypeError('oh\\nno');` },
      /a\.ts:3: the file threw TypeError: oh$/,
    );
    await refusal(
      t,
      { 'a.ts': "import { insigth } from 'agl/insight';\nexport default insigth({});" },
      /a\.ts:1: /,
    );
    await assert.rejects(
      bundled('/nowhere/a.ts'),
      /^InsightFailed: \/nowhere\/a\.ts: there is no such file$/,
    );
  });

  it('is blamed for what its functions throw, line by line, also in a file of its own', async (t) => {
    const { insight, blame } = await load(t, {
      'a.ts': `${head}import { fail } from './b.js';\nexport default insight({ initial: () => 0,\n  step: () => fail(),
        end: () => [] });`,
      'b.ts':
        'type Never = never;\n\nexport function fail(): Never {\n  throw new RangeError("too much");\n}',
    });
    const [event] = playerEvents('p', [['player.kill', 0]]);
    try {
      advance(insight, {}, { before: undefined, event: event! });
      assert.fail('it throws');
    } catch (error) {
      assert.match(
        blame(error, 'step', ' at event e').message,
        /\/b\.ts:4: step at event e threw RangeError: too much$/,
      );
    }
  });
});

describe('the worked insights', () => {
  const folder = resolve(fileURLToPath(new URL('../../../docs/insights', import.meta.url)));
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

  const answer = async (name: string, ...players: Told[][]) => {
    const { insight } = loaded(await bundled(relative(process.cwd(), join(folder, name))));
    const rows = players.flatMap((told, n) => {
      let before: Folded | undefined;
      for (const event of playerEvents(`p${n}`, told)) before = advance(insight, {}, { before, event });
      return ended(insight, before!);
    });
    return insight.total!(rows);
  };

  it('are four, and each can be loaded', () => assert.equal(files.length, 4));

  it('rage-quit: who leaves a match after deaths in a row has left in anger', async () => {
    const deaths: Told[] = [0, 1, 2, 3].map((minute) => ['player.death', minute]);
    const rows = await answer(
      'rage-quit.ts',
      [['match.start', 0], ...deaths, ['session.start', 10], ['player.kill', 11]],
      [
        ['match.start', 0],
        ['player.kill', 1],
        ['match.end', 2],
        ['session.end', 2],
      ],
    );
    assert.deepEqual(
      rows.map(({ how, sessions, deaths }) => [how, sessions, deaths]),
      [
        ['left, in anger', 1, 4],
        ['played to the end', 2, 0],
      ],
    );
  });

  it('tilt: a death is held against a kill, and what the match cut off is not asked', async () => {
    const rows = await answer('tilt.ts', [
      ['match.start', 0],
      ['player.death', 1],
      ['player.death', 2],
      ['player.kill', 10],
      ['player.death', 20],
      ['match.end', 20],
    ]);
    const [, , within] = rows;
    assert.deepEqual(
      [within!['within s'], within!.deaths, within!['died again'], within!['died after a kill']],
      [120, 2, 0.5, 0],
    );
  });

  it('better-lines: a line is held against the others of its occasion', async () => {
    const said = (templateId: string, at: string) =>
      [
        'CompanionActed',
        { at, dialogue: { text: templateId, lang: 'en', source: 'template', templateId } },
      ] as Told;
    const told = (line: string, after: string): Told[] => [
      ['player.kill', 0],
      [after, 1],
      said(line, '2026-03-01T18:00:00.000Z'),
    ];
    const players = Array.from({ length: 40 }, (_, n) =>
      n % 2 ? told('good', 'player.victory') : told('bad', 'player.death'),
    );
    const rows = await answer('better-lines.ts', ...players);
    assert.deepEqual(
      rows.map(({ line, said }) => [line, said]),
      [
        ['good', 20],
        ['bad', 20],
      ],
    );
    assert.ok(Number(rows[0]!.better) > 0.3 && Number(rows[1]!.better) < -0.3);
  });

  it('old-heroes: a hero with memories is told from a new one', async () => {
    const match = (n: number, hero: string, end: string): Told[] => [
      ['match.start', 60 * n, { hero }],
      ['player.multi_kill', 60 * n + 1, { hero, killCount: 5 }],
      [end, 60 * n + 2, { hero }],
      ['match.end', 60 * n + 2],
    ];
    const rows = await answer('old-heroes.ts', [
      ...match(0, 'Jinx', 'player.defeat'),
      ...match(1, 'Jinx', 'player.victory'),
      ...match(2, 'Lux', 'player.defeat'),
    ]);
    assert.deepEqual(rows, [
      { hero: 'a new one', matches: 2, won: 0, kills: 0 },
      { hero: 'with memories', matches: 1, won: 1, kills: 0 },
    ]);
  });
});
