import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './settings.js';

type Options = NonNullable<ParseArgsConfig['options']>;
export type Given = { values: Record<string, string | boolean | undefined>; files: string[] };

export type Verb = {
  /** How it is called, for `--help`, below its summary. */
  help: string;
  options: Options;
  /** Does it; what it returns is the exit code. @throws UsageError with one clear line. */
  run(given: Given): Promise<number>;
};

/** A line for those who look for a verb, and where it is: what nobody asked for is not loaded. */
type Entry = { summary: string; load(): Promise<Verb> };

/** Every verb of `agl`. */
const verbs: Record<string, Entry> = {
  start: {
    summary: 'the engine: serves games, people and their questions until it is told to stop',
    load: async () => (await import('./start.js')).start,
  },
  demo: {
    summary: 'the whole engine on embedded parts, and a match with a companion to watch',
    load: async () => (await import('./demo/index.js')).demo,
  },
  import: {
    summary: 'reads recorded matches of real games into the log, each thing once',
    load: async () => (await import('./import.js')).importMatches,
  },
  insight: {
    summary: "an analyst's own question over all of history, from one TypeScript file",
    load: async () => (await import('./insight.js')).insight,
  },
  why: {
    summary: 'why a companion did something: from what it said down to the frame that was received',
    load: async () => (await import('./why.js')).why,
  },
  rebuild: {
    summary: 'builds read models anew from the log, beside those that are read, compares, and switches',
    load: async () => (await import('./rebuild/index.js')).rebuildVerb,
  },
  train: {
    summary: 'learns how players move from what they said they felt, and judges it on others',
    load: async () => (await import('./model/train.js')).train,
  },
  model: {
    summary: 'which models of feeling there are, which one a game asks, and how two compare',
    load: async () => (await import('./model/model.js')).model,
  },
  lines: {
    summary: 'checks the lines that companions say, and tells how much there is to say of what happens',
    load: async () => (await import('./lines/index.js')).lines,
  },
  forget: {
    summary: 'forgets what has faded from memory, as the engine does once a day',
    load: async () => (await import('./forget.js')).forget,
  },
  erase: {
    summary: 'erases a player: key, rows, memories, all that was derived; prints a signed certificate',
    load: async () => (await import('./erase.js')).erase,
  },
  parked: {
    summary: 'shows the events that could not be reacted to and were put aside, and gives them again',
    load: async () => (await import('./parked.js')).parked,
  },
  archive: {
    summary: 'takes old months of the read models into files, and puts them back',
    load: async () => (await import('./archive.js')).archive,
  },
  'rotate-master-key': {
    summary: 'changes the master key over to another: afterwards the old one opens nothing',
    load: async () => (await import('./rotate-master-key.js')).rotateMasterKey,
  },
  backup: {
    summary: 'copies the log into one file, also while the engine serves, and verifies the copy',
    load: async () => (await import('./backup.js')).backup,
  },
  restore: {
    summary: 'puts a backup of the log into a data folder that has no log',
    load: async () => (await import('./backup.js')).restore,
  },
  log: {
    summary: 'the event log alone: the embedded EventStoreDB node, for programs in any language',
    load: async () => (await import('./log.js')).log,
  },
};

const common: Options = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } };

export async function runVerb([name, ...args]: string[]): Promise<number> {
  const entry = name === undefined || !Object.hasOwn(verbs, name) ? undefined : verbs[name];
  if (!entry) {
    const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
    (asked ? process.stdout : process.stderr).write(overview(asked ? undefined : name));
    return asked ? 0 : 2;
  }
  try {
    const verb = await entry.load();
    const { values, positionals } = parseArgs({
      args,
      options: { ...common, ...verb.options },
      allowPositionals: true,
    });
    if (values.help) {
      process.stdout.write(`${entry.summary}\n\n${verb.help.replace(/^\n/, '').trimEnd()}\n`);
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
  const lines = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(17)} ${summary}`);
  const title =
    unknown === undefined ? 'AGL, the AI game companion engine' : `agl: there is no verb ${unknown}`;
  return `${title}\n\nagl <verb> [options]     agl <verb> --help\n\n${lines.join('\n')}\n`;
}
