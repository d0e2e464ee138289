import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Message, type Plugin } from 'esbuild';
import { type Bundle, EXPORTS, InsightFailed } from './messages.js';

const ours = fileURLToPath(new URL('./define.js', import.meta.url));

/** @throws InsightFailed with the file and line of what cannot be read, or may not be imported. */
export async function bundled(file: string): Promise<Bundle> {
  if (!existsSync(file)) throw new InsightFailed(`${file}: there is no such file`);
  const path = resolve(file);
  try {
    const { outputFiles, warnings } = await build({
      entryPoints: [path],
      outfile: resolve(dirname(path), 'insight.bundle.js'),
      bundle: true,
      write: false,
      sourcemap: 'external',
      format: 'iife',
      globalName: EXPORTS,
      banner: { js: '"use strict";' },
      platform: 'neutral',
      target: 'es2022',
      charset: 'utf8',
      logLevel: 'silent',
      // What a tsconfig nearby says about paths is not for here.
      tsconfigRaw: {},
      plugins: [onlyItsOwn],
    });
    const missing = warnings.find(({ id }) => id === 'import-is-undefined');
    if (missing) throw new InsightFailed(lineOf(missing));
    const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))!.text;
    return { code: text('.js'), map: mapOf(text('.map'), dirname(path)), place: placeIn(path) };
  } catch (error) {
    const [first] = (error as { errors?: Message[] }).errors ?? [];
    throw first ? new InsightFailed(lineOf(first)) : error;
  }
}

/** A file's own files and `agl/insight`, nothing else. */
const onlyItsOwn: Plugin = {
  name: 'only its own',
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path, kind }) => {
      if (path === 'agl/insight') return { path: ours };
      if (kind === 'entry-point' || /^\.\.?\//.test(path)) return undefined;
      return {
        errors: [
          {
            text: `imports ${path}: an insight is a pure function, it may import its own files and agl/insight`,
          },
        ],
      };
    });
  },
};

const lineOf = ({ text, location }: Message): string =>
  location ? `${location.file}:${location.line}: ${text}` : text;

function mapOf(text: string, folder: string): string {
  const map = JSON.parse(text) as { sources: string[] };
  const sources = map.sources.map((source) => shown(resolve(folder, source)));
  return JSON.stringify({ ...map, sources, sourcesContent: undefined });
}

/** A path as seen from where the verb runs, unless it leads away from there. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') || isAbsolute(near) ? path : near;
}

function placeIn(path: string): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.findIndex((line) => /^\s*export\s+default\b|\bas\s+default\b/.test(line));
  return `${shown(path)}:${at + 1 || 1}`;
}
