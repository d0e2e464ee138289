import type { Asked } from '../../commands/voice/testing/messages-api.js';
import { type Figures, feltIn, scenesOf, soonAgainOn, TARGETS } from './figures.js';
import type { Heard } from './play.js';

type Named = { name: string; figures: Figures };

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
const usd = (amount: number) => (amount === 0 ? '0' : amount.toPrecision(3));
const met = (is: boolean) => (is ? 'met' : 'missed');

const rows: [string, (figures: Figures) => string][] = [
  ['dialogues (a player in a match)', ({ dialogues }) => `${dialogues}`],
  ['minutes of match', ({ minutes }) => minutes.toFixed(0)],
  ['actions a minute', ({ acts, minutes }) => (acts / minutes).toFixed(2)],
  ['of them spoken, a minute', ({ spoken, minutes }) => (spoken / minutes).toFixed(2)],
  ['spoken by templates', ({ templateShare }) => percent(templateShare)],
  ['spoken by a model, from the cache', ({ bySource }) => `${bySource.llm}, ${bySource.cache}`],
  ['different lines of templates', ({ distinct }) => `${distinct}`],
  ['heard before by that player', ({ again }) => percent(again)],
  ['heard among the last 30', ({ againWithin30 }) => percent(againWithin30)],
  ['lines never said', ({ dead }) => `${dead.never} of ${dead.of}`],
  ['… though their occasion came about', ({ dead }) => `${dead.hadAChance}`],
  ['USD, each spoken line', ({ costUsd }) => usd(costUsd.perSpoken)],
  ['USD, each line by a model', ({ costUsd }) => usd(costUsd.perWritten)],
  ['USD, each dialogue', ({ costUsd }) => usd(costUsd.perDialogue)],
  ['tokens, each line by a model', ({ tokensPerWritten }) => tokensPerWritten.toFixed(0)],
  ['from event to template, p50 ms', ({ thoughtMs }) => thoughtMs.p50.toFixed(2)],
  ['… p99', ({ thoughtMs }) => thoughtMs.p99.toFixed(2)],
  ['… the quickest of three, p50', ({ leastThoughtMs }) => leastThoughtMs.p50.toFixed(2)],
  ['… p99', ({ leastThoughtMs }) => leastThoughtMs.p99.toFixed(2)],
];

const table = (lines: readonly (readonly string[])[]): string[] => {
  const [head, ...rest] = lines.map((cells) => `| ${cells.join(' | ')} |`);
  return [head!, `|${lines[0]!.map((_, at) => (at === 0 ? '---|' : '---:|')).join('')}`, ...rest];
};

export const figuresTable = (all: readonly Named[]): string[] =>
  table([
    ['', ...all.map(({ name }) => name)],
    ...rows.map(([title, cell]) => [title, ...all.map(({ figures }) => cell(figures))]),
  ]);

export const verdict = ({ templateShare, costUsd, bySource }: Figures): string =>
  [
    `Of all spoken actions ${percent(templateShare)} are templates (at least ${percent(TARGETS.templateShare)}: ${met(templateShare >= TARGETS.templateShare)});`,
    `a spoken line costs ${usd(costUsd.perSpoken)} USD on the average (under ${TARGETS.costUsd}: ${met(costUsd.perSpoken < TARGETS.costUsd)}),`,
    `one of the ${bySource.llm} by a model ${usd(costUsd.perWritten)}; a whole dialogue ${usd(costUsd.perDialogue)},`,
    `that of the dearest player ${usd(costUsd.dearestDialogue)}.`,
  ].join(' ');

export function scenesTable(heard: readonly Heard[], spoken: number): string[] {
  const failures = (failed: Record<string, number>) =>
    Object.entries(failed)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ');
  return table([
    ['scene', 'asked', 'of all spoken', 'written', 'from the cache', 'a template stood in', 'USD'],
    ...scenesOf(heard).map(({ scene, asked, written, cached, failed, usd: cost }) => [
      scene,
      `${asked}`,
      percent(asked / spoken),
      `${written}`,
      `${cached}`,
      failures(failed) || '0',
      usd(cost),
    ]),
  ]);
}

export const feltLine = (heard: readonly Heard[]): string =>
  `Felt: ${feltIn(heard)
    .sort(([, a], [, b]) => b - a)
    .map(([label, count]) => `${label} ${count}`)
    .join(', ')}.`;

export const occasionsTable = (heard: readonly Heard[]): string[] =>
  table([
    ['occasion', 'templates spoken', 'heard among the last 30'],
    ...soonAgainOn(heard).map(({ occasion, soon, spoken }) => [
      occasion,
      `${spoken}`,
      soon === 0 ? '0' : `${soon} (${percent(soon / spoken)})`,
    ]),
  ]);

/** One request as it was sent. */
export const promptPage = ({ body }: Asked): string[] => [
  '```',
  `model: ${body.model}, max_tokens: ${body.max_tokens}`,
  '',
  'system:',
  ...body.system.map(({ text }) => text),
  '',
  'user:',
  ...body.messages.map(({ content }) => content),
  '```',
];
