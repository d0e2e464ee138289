// Runs every *.test.js of the build and closes with `N passed, N failed` alone on a line.
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = process.env.AGL_TEST_ROOT ?? 'dist';
const only = process.argv.slice(2);
const { AGL_SLOW, AGL_LONG } = process.env;
// What starts whole engines or kills processes takes most of the time: nobody's own run waits for it unless it is named.
const isWhole = (file) => /^(?:cli\/(?:faults|interface|model)|bench)\/|faults|crash|(?:archive|rebuild)\//.test(file);
const all = AGL_SLOW === '1' || AGL_LONG === '1' || only.length > 0;
const found = readdirSync(root, { recursive: true }).filter(
  (file) => file.endsWith('.test.js') && (only.length === 0 || only.some((part) => file.includes(part))),
);
const files = found
  .filter((file) => all || !isWhole(file))
  // Begun last, it would end alone.
  .sort((a, b) => Number(isWhole(b)) - Number(isWhole(a)) || (a < b ? -1 : 1))
  .map((file) => join(process.cwd(), root, file));

const count = { passed: 0, failed: 0, skipped: 0 };
// With AGL_LONG=1 what is tried out by chance, or again and again, is tried out much longer.
const timeout = AGL_LONG === '1' ? 3_600_000 : 360_000;
const stream = run({ files, concurrency: availableParallelism(), timeout });
stream.on('test:pass', (event) => {
  if (event.details.type === 'suite') return;
  if (event.skip !== undefined) count.skipped++;
  else count.passed++;
});
stream.on('test:fail', (event) => {
  if (event.details.type !== 'suite') count.failed++;
});
stream.compose(new spec()).pipe(process.stdout);
stream.on('end', () =>
  setImmediate(() => {
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    if (count.passed === 0) count.failed++;
    if (files.length < found.length)
      console.log(
        `\n${found.length - files.length} files of tests that start whole engines or kill processes were left out: AGL_SLOW=1 runs them too`,
      );
    console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
    process.exitCode = count.failed > 0 ? 1 : 0;
  }),
);
