import { readFileSync } from 'node:fs';
import { type Language, languages, type Persona, personas } from '../../domain/kernel/language.js';
import { lineFaults, lineFiles } from '../../domain/voice/lines/check.js';
import { script } from '../../domain/voice/lines/script.js';
import { loadMatch } from '../imports/index.js';
import { UsageError } from '../settings.js';
import type { Given, Verb } from '../verbs.js';
import { coverageOf } from './coverage.js';
import { coverageTable } from './coverage-table.js';
import { eventsOf, livesOf, simulatedEvents } from './lived.js';

export const lines: Verb = {
  help: `
  agl lines check [--file PATH --lang ${languages.join('|')} --persona ${personas.join('|')}]
  agl lines coverage [MATCH…] [--lang ${languages.join('|')}]

  check        all that is wrong with the lines that companions can say, one fault a line; exit code 1 when there are any
  --file PATH  with this script in the place of that persona's lines: a text as in domain/voice/lines, or the .ts file around it
  coverage     how much can be said of each occasion with each feeling, by each persona, knowing no fact; and over a run
               which lines were never said, and which too often
  MATCH…       recorded matches to run; what the simulator writes when none is named
  --json       the same as JSON
`,
  options: { file: { type: 'string' }, lang: { type: 'string' }, persona: { type: 'string' } },
  run,
};

async function run({ values, files: [what, ...files] }: Given): Promise<number> {
  const json = values.json === true;
  const lang = oneOf('lang', values.lang, languages);
  const persona = oneOf('persona', values.persona, personas);
  if (what === 'check' && files.length === 0) return check({ file: values.file, lang, persona, json });
  if (what === 'coverage' && persona === undefined && values.file === undefined)
    return coverage(files, lang ? [lang] : languages, json);
  throw new UsageError('lines: check, or coverage [MATCH…]: agl lines --help', 2);
}

function oneOf<T extends string>(name: string, value: unknown, known: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new UsageError(`lines: --${name} is one of ${known.join(', ')}`, 2);
  return found;
}

type Checking = {
  file: unknown;
  lang: Language | undefined;
  persona: Persona | undefined;
  json: boolean;
};

function check({ file, lang, persona, json }: Checking): number {
  if (typeof file === 'string' && (!lang || !persona))
    throw new UsageError('lines: whose lines are in the file: --lang and --persona', 2);
  if (typeof file !== 'string' && (lang || persona))
    throw new UsageError('lines: --lang and --persona say whose lines --file holds', 2);
  const faults = typeof file === 'string' ? faultsWith(file, lang!, persona!) : lineFaults();
  if (json) process.stdout.write(`${JSON.stringify(faults)}\n`);
  else if (faults.length > 0) process.stdout.write(`${faults.join('\n')}\n`);
  else process.stdout.write('nothing is wrong with the lines\n');
  return faults.length > 0 ? 1 : 0;
}

/** Beside all the others, for no two are to be alike. */
function faultsWith(file: string, lang: Language, persona: Persona): string[] {
  const text = scriptIn(file);
  try {
    const lines = script(lang, persona, text);
    return lineFaults(
      lineFiles.map((one) => (one.lang === lang && one.persona === persona ? { lang, persona, lines } : one)),
    );
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Its rows keep their numbers. */
function scriptIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n');
  } catch (error) {
    throw new UsageError(`lines: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (!file.endsWith('.ts')) return text;
  const [from, to] = [text.indexOf('`') + 1, text.lastIndexOf('`')];
  if (from === 0 || to < from) throw new UsageError(`lines: ${file} holds no script between backticks`);
  return '\n'.repeat(text.slice(0, from).split('\n').length - 1) + text.slice(from, to);
}

function coverage(files: readonly string[], langs: readonly Language[], json: boolean): number {
  const matches = files.map((file) => loadMatch(file));
  const all = langs.map((lang) =>
    coverageOf(lang, matches.length > 0 ? livesOf(matches).map(eventsOf) : simulatedEvents(lang)),
  );
  const shown = json
    ? JSON.stringify(all)
    : all
        .flatMap((one) => [...coverageTable(one), ''])
        .join('\n')
        .trimEnd();
  process.stdout.write(`${shown}\n`);
  return 0;
}
