import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { languages, personas } from '../../domain/kernel/language.js';
import { LEAST_PLAIN, lineFiles } from '../../domain/voice/lines/check.js';
import { linesFor } from '../../domain/voice/lines/index.js';
import { lineOccasions } from '../../domain/voice/lines/line.js';
import { runVerb } from '../verbs.js';
import { coverageOf, isThin } from './coverage.js';
import { simulatedEvents } from './lived.js';

const dir = mkdtempSync(join(tmpdir(), 'agl-lines-test-'));
after(() => rmSync(dir, { recursive: true, force: true }));

/** In this process; what the runner of the tests writes meanwhile is bytes, and goes its way. */
async function agl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const untie = [collect(process.stdout, (text) => (said.out += text))];
  untie.push(collect(process.stderr, (text) => (said.err += text)));
  try {
    const code = await runVerb(['lines', ...args]);
    return { code, ...said };
  } finally {
    for (const one of untie) one();
  }
}

function collect(stream: NodeJS.WriteStream, take: (text: string) => void): () => void {
  const { write } = stream;
  stream.write = ((piece: string | Uint8Array, ...more: never[]) => {
    if (typeof piece !== 'string') return write.call(stream, piece, ...more);
    take(piece);
    return true;
  }) as typeof write;
  return () => {
    stream.write = write;
  };
}

/** The lines of a persona as a writer keeps them. */
function scriptOf(lang: 'en' | 'zh', persona: 'cool' | 'cute' | 'cheerful'): string {
  const lines = linesFor(lang, persona);
  return lineOccasions
    .map((on) => {
      const rows = lines
        .filter((line) => line.on === on)
        .map(
          (line) =>
            `  ${line.id.split('.').at(-1)} ${line.feels ? `(${line.feels.join(' ')}) ` : ''}${line.text}`,
        );
      return [on, ...rows].join('\n');
    })
    .join('\n\n');
}

const written = (name: string, text: string) => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

describe('agl lines check', () => {
  it('finds nothing wrong with the lines there are, nor with a script that says the same', async () => {
    const { code, out, err } = await agl('check');
    assert.deepEqual([code, out, err], [0, 'nothing is wrong with the lines\n', '']);
    const file = written('good.txt', scriptOf('en', 'cool'));
    const same = await agl('check', '--file', file, '--lang', 'en', '--persona', 'cool', '--json');
    assert.deepEqual([same.code, JSON.parse(same.out)], [0, []]);
  });

  it('tells every fault of a script that is being written, one a line, and exits with 1', async () => {
    const loud = scriptOf('en', 'cool').replace('  01 Clean.', '  01 Clean! 🎉');
    const doubled = loud.replace('02 You waited', '01 You waited');
    const file = written('bad.txt', doubled);
    const { code, out } = await agl('check', '--file', file, '--lang', 'en', '--persona', 'cool');
    assert.equal(code, 1);
    for (const fault of [/en\.cool\.kill\.01: a foreign character/, /kill\.01 is doubled/, /1 loud lines/])
      assert.match(out, fault);
    assert.doesNotMatch(out, /^zh/m, 'nobody else is blamed');
  });

  it('names the row that cannot be read, also inside of a source file', async () => {
    const source = `// a comment\nexport const lines = script('en', 'cool', \`\nkill\n  01 (smug) Clean.\n\`);\n`;
    const file = written('bad.ts', source);
    const { code, out } = await agl('check', '--file', file, '--lang', 'en', '--persona', 'cool');
    assert.equal(code, 1);
    assert.equal(out, 'the lines of en.cool, row 4: "smug" is no emotion\n');
    const real = join(import.meta.dirname, '..', '..', '..', 'domain', 'voice', 'lines', 'en', 'cool.ts');
    assert.ok(readFileSync(real, 'utf8').includes('`'));
    assert.equal((await agl('check', '--file', real, '--lang', 'en', '--persona', 'cool')).code, 0);
  });

  it('says in one line what it was not told', async () => {
    const wrong: [string[], RegExp, number][] = [
      [[], /^agl: lines: check, or coverage/, 2],
      [['check', 'x'], /^agl: lines: check, or coverage/, 2],
      [['check', '--file', 'x'], /^agl: lines: whose lines are in the file/, 2],
      [['check', '--lang', 'fr'], /^agl: lines: --lang is one of zh, en/, 2],
      [['check', '--lang', 'en'], /^agl: lines: --lang and --persona say whose/, 2],
      [
        ['check', '--file', join(dir, 'none'), '--lang', 'en', '--persona', 'cool'],
        /cannot be read \(ENOENT\)/,
        1,
      ],
      [['coverage', join(dir, 'none')], /^agl: .*none: cannot be read/, 1],
    ];
    for (const [args, line, exit] of wrong) {
      const { code, err, out } = await agl(...args);
      assert.equal(code, exit, args.join(' '));
      assert.match(err, line);
      assert.equal(out, '');
    }
  });
});

describe('agl lines coverage', () => {
  it('shows what came about and how much there is to say of it', async () => {
    const { code, out } = await agl('coverage', '--lang', 'en');
    assert.equal(code, 0);
    assert.match(out, /^en: \d+ events of \d+ players$/m);
    assert.match(out, /^kill +\w+ +\d+ +\d+ +\d+ +\d+$/m);
    assert.match(out, /^every one of 495 cells, seen or not, has 6 lines and more$/m);
    assert.match(out, /^cheerful +\d+ +\d+ % +\d+ +\d+ +\d+$/m);
  });

  it('answers JSON: each line was said, or is told of', async () => {
    const { code, out } = await agl('coverage', '--lang', 'zh', '--json');
    assert.equal(code, 0);
    const [coverage] = JSON.parse(out);
    for (const { persona, lines, unused, spoken } of coverage.uses) {
      assert.equal(
        lines,
        lineFiles.find((file) => file.lang === 'zh' && file.persona === persona)!.lines.length,
      );
      assert.ok(spoken >= lines - unused.length);
      assert.ok(unused.length < lines);
    }
  });

  for (const lang of languages)
    it(`finds at least ${LEAST_PLAIN} ${lang} lines for what is common, beside every persona`, () => {
      const { cells } = coverageOf(lang, simulatedEvents(lang));
      const common = cells.filter(({ seen }) => seen > 0);
      assert.ok(common.length > 40, `${common.length} came about`);
      assert.deepEqual(common.filter(isThin), []);
      for (const { eligible } of common) assert.deepEqual(Object.keys(eligible), [...personas]);
    });
});
