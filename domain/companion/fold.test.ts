import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { foldMark } from './fold.js';

const built = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = resolve(built, '../../node_modules');

/** The mark of this code with one place of it changed. */
async function markWith(file: string, from: string, to: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'agl-fold-'));
  try {
    cpSync(built, join(folder, 'domain'), { recursive: true });
    symlinkSync(modules, join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const path = join(folder, 'domain', file);
    const text = readFileSync(path, 'utf8');
    assert.ok(text.includes(from), `${file} holds ${from}`);
    writeFileSync(path, text.replace(from, to));
    const copy: { foldMark(): string } = await import(
      pathToFileURL(join(folder, 'domain/companion/fold.js')).href
    );
    return copy.foldMark();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('the mark of the fold is the same for the same code', async () => {
  assert.match(foldMark(), /^[0-9a-f]{32}$/);
  assert.equal(await markWith('companion/fold.js', 'of', 'of'), foldMark());
});

it('the mark of the fold changes with the rules and with the code', async () => {
  const changes: [file: string, from: string, to: string][] = [
    ['emotion/built-in-rules.js', 'intensity: 0.75', 'intensity: 0.76'],
    ['emotion/flow.js', 'happy: 150', 'happy: 151'],
    ['emotion/flow.js', 'HISTORY_MAX = 32', 'HISTORY_MAX = 31'],
    ['emotion/flow.js', 'HISTORY_MS = 5 * 60_000', 'HISTORY_MS = 6 * 60_000'],
    ['emotion/course.js', 'PACE_HALF_LIFE_MS = 60_000', 'PACE_HALF_LIFE_MS = 61_000'],
    ['emotion/findings.js', '2 * MINUTE', '3 * MINUTE'],
    ['companion/companion.js', "'session.start'", "'session.end'"],
    ['companion/companion.js', '(id) => id !== templateId', '(id) => id === templateId'],
    ['companion/career.js', 'victories + 1', 'victories + 2'],
    ['companion/tastes.js', "=== 'like' ?", "!== 'like' ?"],
    ['companion/at-hand.js', "'match.start'", "'match.end'"],
    ['companion/recollection.js', 'SPOKEN_OF_MAX = 60', 'SPOKEN_OF_MAX = 59'],
    ['companion/companion.js', "case 'LineWritten'", "case 'LineWriter'"],
    ['voice/choose.js', 'SAID_MAX = 400', 'SAID_MAX = 399'],
    ['events/stored/persona-chosen.js', '}));', '}), { shape: z.object({}), upcast: (data) => data });'],
  ];
  for (const [file, from, to] of changes)
    assert.notEqual(await markWith(file, from, to), foldMark(), `${file}: ${to}`);
});
