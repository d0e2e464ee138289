/**
 * `npm run report:memory -- FOLDER`: how well the right memory is found, of recorded matches and of a long history that
 * is made up, beside simpler ways to find it. Markdown on stdout; the same each time. Without recorded matches it says
 * so and goes on with the other one. After FOLDER may stand `recorded` or `long`: only that one.
 */

import { memoryIn } from '../commands/players/play.js';
import { languages } from '../domain/kernel/language.js';
import { cachedEmbedder } from '../projections/embedding/cached-embedder.js';
import { builtInEmbedder } from '../projections/embedding/embedder.built-in.js';
import type { Embedder } from '../projections/embedding/embedder.js';
import { askLong, askRecorded, keepsStatements, keptOf } from './memory/asking.js';
import { byKind, byLanguage, keptTable, missed } from './memory/pages.js';
import { folderOf, recordedIn } from './recorded.js';

const print = (...lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n\n`);

async function recorded(embedder: Embedder, folder: string): Promise<void> {
  const matches = recordedIn(folder);
  if (matches === null) {
    print(
      `There are no recorded matches in ${folder}, so nothing is asked of them: npm run report:memory -- FOLDER`,
    );
    return;
  }
  const answered = await askRecorded(matches, embedder);
  print('### Recorded matches', '', ...byLanguage(answered));
  print('Kept, and not among the first five:', '', ...missed(answered));
}

async function long(embedder: Embedder): Promise<void> {
  const histories = [
    ['A long history', await askLong(embedder, memoryIn)],
    ['The same, had every statement been kept', await askLong(embedder, keepsStatements)],
  ] as const;
  for (const [title, answered] of histories) {
    print(`### ${title}`, '', ...byLanguage(answered));
    for (const lang of languages)
      print(`By kind, ${lang}:`, '', ...byKind(answered.filter((one) => one.lang === lang)));
    print('Kept, and not among the first five:', '', ...missed(answered));
  }
  const kept = languages.map(keptOf);
  print('What was told:', '', ...keptTable(kept));
  print('Not recognised:', '', ...kept.flatMap(({ lost }) => lost.map((text) => `- ${text}`)));
}

const [, , named, only] = process.argv;
const embedder = cachedEmbedder(builtInEmbedder(), { max: 10_000 });
try {
  if (only !== 'long') await recorded(embedder, folderOf(named));
  if (only !== 'recorded') await long(embedder);
} finally {
  await embedder.close();
}
