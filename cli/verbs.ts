import { type ParseArgsConfig, parseArgs } from 'node:util';
import { backup, restore } from './backup.js';
import { demo } from './demo/index.js';
import { importMatches } from './import.js';
import { log } from './log.js';
import { parked } from './parked.js';
import { UsageError } from './settings.js';
import { start } from './start.js';

type Options = NonNullable<ParseArgsConfig['options']>;
export type Given = { values: Record<string, string | boolean | undefined>; files: string[] };

export type Verb = {
  /** One line of what it does, then its options, for `--help`. */
  help: string;
  options: Options;
  /** Does it; what it returns is the exit code. @throws UsageError with one clear line. */
  run(given: Given): Promise<number>;
};

/** Every verb of `agl`. */
export const verbs: Record<string, Verb> = {
  start,
  demo,
  import: importMatches,
  parked,
  backup,
  restore,
  log,
};

const common: Options = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } };

export async function runVerb([name, ...args]: string[]): Promise<number> {
  const verb = name === undefined ? undefined : verbs[name];
  if (!verb) {
    const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
    (asked ? process.stdout : process.stderr).write(overview(asked ? undefined : name));
    return asked ? 0 : 2;
  }
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...common, ...verb.options },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(`${verb.help.trim()}\n`);
      return 0;
    }
    return await verb.run({ values: values as Given['values'], files: positionals });
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  const { message, code } = error as Error & { code?: unknown };
  process.stderr.write(`agl: ${message.split('\n')[0]}\n`);
  if (String(code).startsWith('ERR_PARSE_ARGS')) return 2;
  return error instanceof UsageError ? error.exitCode : 1;
}

function overview(unknown?: string): string {
  const lines = Object.entries(verbs).map(
    ([name, { help }]) => `  ${name.padEnd(10)} ${help.trim().split('\n')[0]}`,
  );
  const title =
    unknown === undefined ? 'AGL, the AI game companion engine' : `agl: there is no verb ${unknown}`;
  return `${title}\n\nagl <verb> [options]     agl <verb> --help\n\n${lines.join('\n')}\n`;
}
