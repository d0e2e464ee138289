import { languages } from '../../domain/kernel/language.js';
import { ranksOfPlaces } from '../embedding/ranks.js';
import type { Answered, Kept } from './asking.js';
import { type Ranking, rankings } from './rankings.js';

const table = (rows: readonly (readonly string[])[]): string[] => {
  const [head, ...rest] = rows.map((cells) => `| ${cells.join(' | ')} |`);
  return [head!, `|${rows[0]!.map(() => '---|').join('')}`, ...rest];
};

/** hit@1, hit@5 and the mean reciprocal rank, over all that was asked: what is not kept at all is not found. */
function figures(answered: readonly Answered[], ranking: Ranking): string {
  const { r1, r5, mrr } = ranksOfPlaces(answered.map(({ places }) => places[ranking]));
  return [r1, r5, mrr].map((figure) => figure.toFixed(2)).join(' / ');
}

const kept = (answered: readonly Answered[]) => `${answered.filter((one) => one.kept).length}`;

type Column = { name: string; answered: readonly Answered[] };

function ranksTable(columns: readonly Column[]): string[] {
  const filled = columns.filter(({ answered }) => answered.length > 0);
  return table([
    ['hit@1 / hit@5 / MRR', ...filled.map(({ name, answered }) => `${name} (${answered.length})`)],
    ...rankings.map((one) => [one, ...filled.map(({ answered }) => figures(answered, one))]),
    ['kept at all', ...filled.map(({ answered }) => kept(answered))],
  ]);
}

export const byLanguage = (answered: readonly Answered[]): string[] =>
  ranksTable([
    ...languages.map((lang) => ({ name: lang, answered: answered.filter((one) => one.lang === lang) })),
    { name: 'all', answered },
  ]);

export const byKind = (answered: readonly Answered[]): string[] =>
  ranksTable(
    [...new Set(answered.map(({ kind }) => kind))].map((name) => ({
      ...{ name, answered: answered.filter(({ kind }) => kind === name) },
    })),
  );

export const keptTable = (all: readonly Kept[]): string[] =>
  table([
    ['', 'statements', 'kept', 'chatter', 'kept, though nobody would'],
    ...all.map(({ lang, told, kept: of, chatter, chatterKept }) => [
      ...[lang, `${told}`, `${of}`, `${chatter}`, `${chatterKept}`],
    ]),
  ]);

/** Of what was kept and not found among the first five. */
export const missed = (answered: readonly Answered[]): string[] =>
  answered
    .filter((one) => one.kept && one.places.recall > 5)
    .map(({ lang, kind, asks, places }) => `- ${lang}, ${kind}: ${asks} (${placeIn(places.recall)})`);

const placeIn = (place: number) => (Number.isFinite(place) ? `place ${place}` : 'not at all');
