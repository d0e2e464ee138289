/**
 * `npm run report:dialogue`: what companions say beside every recorded match, through the log, the reactor and the
 * voices, with a stub in the place of the model. Markdown on stdout.
 */
import { livesOf } from '../cli/lines/lived.js';
import { cacheInProcess } from '../commands/voice/line-cache.js';
import { anthropicClient, writeWithClaude } from '../commands/voice/line-writer.anthropic.js';
import { languages, personas } from '../domain/kernel/language.js';
import { bookOf } from '../projections/emotion-model/models.js';
import { figuresOf } from './dialogue/figures.js';
import {
  feltLine,
  figuresTable,
  occasionsTable,
  promptPage,
  scenesTable,
  verdict,
} from './dialogue/pages.js';
import { type Heard, heardBy } from './dialogue/play.js';
import { scenesFrom } from './dialogue/scenes.js';
import { startStub } from './dialogue/stub.js';
import { folderOf, recordedIn } from './recorded.js';

const say = (line: string) => process.stderr.write(`${line}\n`);

const folder = folderOf(process.argv[2]);
const matches = recordedIn(folder);
if (matches === null) {
  say(`dialogue: there are no recorded matches in ${folder}: npm run report:dialogue -- FOLDER`);
  process.exit(2);
}
const lives = livesOf(matches);
const book = await bookOf('.', say);
const stub = await startStub();
const write = writeWithClaude(anthropicClient({ apiKey: 'none', baseURL: stub.url }));
const warn = (message: string, error: unknown) => say(`${message}: ${(error as Error).message}`);

const speakers = languages.flatMap((lang) => personas.map((persona) => ({ lang, persona })));
const runs: { lang: (typeof languages)[number]; persona: (typeof personas)[number]; heard: Heard[] }[] = [];
for (const { lang, persona } of speakers) {
  const cache = cacheInProcess();
  const heard: Heard[] = [];
  for (const life of lives) heard.push(await heardBy(life, { lang, persona, book, write, cache, warn }));
  runs.push({ lang, persona, heard });
  say(`${lang} ${persona}: ${heard.length} players`);
}
await stub.close();

const all = runs.flatMap(({ heard }) => heard);
const whole = figuresOf(all, speakers);
const named = runs.map(({ lang, persona, heard }) => ({
  name: `${persona} ${lang}`,
  figures: figuresOf(heard, [{ lang, persona }]),
}));
const print = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n\n`);
print([`${matches.length} matches, ${lives.length} players. ${verdict(whole)}`]);
print(figuresTable([{ name: 'all', figures: whole }, ...named]));
print(scenesTable(all, whole.spoken));
print([feltLine(all)]);
const formats = [...new Set(matches.map(({ format }) => format))];
const playing = (format: string) => all.filter(({ life }) => life.matches[0]!.match.format === format);
print(figuresTable(formats.map((name) => ({ name, figures: figuresOf(playing(name), speakers) }))));
for (const format of formats)
  print([`${format}:`, '', ...scenesTable(playing(format), figuresOf(playing(format), speakers).spoken)]);
print(occasionsTable(all));
for (const [at, { lang, persona, heard }] of runs.entries())
  print([
    `### ${persona}, ${lang}`,
    '',
    ...scenesFrom(heard, lang, at * 11).map((scene, nr) => `${nr + 1}. ${scene}`),
  ]);
const chat = stub.asked.findLast(({ body }) => /"scene":"chat".*"talk"/.test(body.messages[0]!.content));
print(['### A prompt in full', '', ...promptPage(chat ?? stub.asked.at(-1)!)]);
