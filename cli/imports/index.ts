import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCsgo } from './csgo.js';
import { readCsgoLog } from './csgo-log.js';
import { readDota2 } from './dota2.js';
import { readLol } from './lol.js';
import { ImportError, type ImportedMatch, type ImportFormat, importFormats, type Source } from './match.js';

type Format = {
  /** What people call it. */
  title: string;
  /** Whether a text looks like this format, by what is in it. */
  looksLike(text: string): boolean;
  /** Other files that a match of this format needs, beside the one named. */
  beside: string[];
  /** @throws ImportError naming the file and what is wrong. */
  read(sources: Source[]): ImportedMatch;
};

/** Every format there is: `agl import --format NAME`. */
export const formats: Record<ImportFormat, Format> = {
  lol: {
    title: 'League of Legends replay (replay.json and meta_info.json)',
    looksLike: (text) => isJson(text) && text.includes('"player_0"') && text.includes('"killTimes"'),
    beside: ['meta_info.json'],
    read: readLol,
  },
  csgo: {
    title: 'CS:GO match with a record a round (JSON)',
    looksLike: (text) => isJson(text) && text.includes('"rounds"') && text.includes('"starttime"'),
    beside: [],
    read: readCsgo,
  },
  'csgo-log': {
    title: 'CS:GO server log',
    looksLike: (text) => /^\uFEFF?L \d\d\/\d\d\/\d{4} - /.test(text),
    beside: [],
    read: readCsgoLog,
  },
  dota2: {
    title: 'Dota 2 match as OpenDota parses it (JSON)',
    looksLike: (text) => isJson(text) && text.includes('"radiant_win"') && text.includes('"kills_log"'),
    beside: [],
    read: readDota2,
  },
};

const isJson = (text: string) => /^\uFEFF?\s*\{/.test(text);

/**
 * The format of a file by what is in it.
 * @throws ImportError where it is none of the known ones.
 */
export function detectFormat(source: Source): ImportFormat {
  const found = importFormats.find((format) => formats[format].looksLike(source.text));
  if (found) return found;
  throw new ImportError(source.name, `is none of the known formats (${importFormats.join(', ')})`);
}

/**
 * Reads a recorded match. `path` may be the folder of a LoL match; without `format` it is detected.
 * @throws ImportError naming the file and what is wrong; nothing is returned of a file that is half good.
 */
export function loadMatch(path: string, format?: ImportFormat): ImportedMatch {
  const file = fileOf(path);
  const source = readSource(file);
  const kind = format ?? detectFormat(source);
  const beside = formats[kind].beside.map((name) => readSource(join(dirname(file), name)));
  return formats[kind].read([source, ...beside]);
}

function fileOf(path: string): string {
  try {
    return statSync(path).isDirectory() ? join(path, 'replay.json') : path;
  } catch (error) {
    throw new ImportError(path, `cannot be read (${reason(error)})`);
  }
}

function readSource(file: string): Source {
  try {
    return { name: file, text: readFileSync(file, 'utf8').replace(/^\uFEFF/, '') };
  } catch (error) {
    throw new ImportError(file, `cannot be read (${reason(error)})`);
  }
}

const reason = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

export * from './match.js';
export { type SummaryInput, summarize, summaryText } from './summary.js';
