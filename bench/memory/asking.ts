import type { ImportedMatch } from '../../cli/imports/index.js';
import { eventsOf, type Life, livesOf } from '../../cli/lines/lived.js';
import { memoryIn } from '../../commands/players/play.js';
import { type Language, languages } from '../../domain/kernel/language.js';
import { tellsOfOneself } from '../../domain/memory/telling.js';
import type { Embedder } from '../../projections/embedding/embedder.js';
import { longHistory, type Told } from './long-history.js';
import { type Keeps, personOf } from './person.js';
import { questions } from './questions.js';
import { type Answer, answering } from './rankings.js';
import { facts } from './told.js';

/** A question that was asked, and where the right memory stood. */
export type Answered = Answer & { lang: Language; kind: string; asks: string };

const HOUR_MS = 3_600_000;

/** The 50 questions, each to the one who played: an hour after the last of their matches. */
export async function askRecorded(
  matches: readonly ImportedMatch[],
  embedder: Embedder,
): Promise<Answered[]> {
  const lives = livesOf(matches);
  const asked = new Map<string, ReturnType<typeof answering>>();
  const answered: Answered[] = [];
  for (const { player, lang, asks, match } of questions) {
    const { life, played } = playedBy(lives, player, match);
    const events = eventsOf(life);
    const key = `${player} ${lang}`;
    if (!asked.has(key)) asked.set(key, answering(personOf(events, lang), embedder));
    const answer = await asked.get(key)!;
    const about = new Set([match, ...played.events.map(({ id }) => id)]);
    const at = new Date(Date.parse(events.at(-1)!.at) + HOUR_MS).toISOString();
    answered.push({
      lang,
      kind: 'match',
      asks,
      ...(await answer({ asks, about, at, revision: events.length })),
    });
  }
  return answered;
}

/** Whose match it was, and their part in it. @throws where nobody of that name played it. */
export function playedBy(lives: readonly Life[], player: string, match: string) {
  for (const life of lives) {
    const found = life.matches.find((one) => one.match.matchId === match && one.player.externalId === player);
    if (found) return { life, played: found.player };
  }
  throw new Error(`${player} has not played ${match}`);
}

/** How much of what was written was taken for something told of oneself. */
export type Kept = {
  lang: Language;
  told: number;
  kept: number;
  chatter: number;
  chatterKept: number;
  lost: readonly string[];
};

/** Everything that is asked of the long history, in either language, of those who keep what they are told so. */
export async function askLong(embedder: Embedder, keeps: Keeps): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const lang of languages) {
    const { events, asked } = longHistory(lang);
    const answer = await answering(personOf(events, lang, keeps), embedder);
    for (const { kind, asks, about, at } of asked) {
      const revision = events.filter((event) => event.at < at).length;
      answered.push({ lang, kind, asks, ...(await answer({ asks, about: new Set(about), at, revision })) });
    }
  }
  return answered;
}

const statements = new Set(
  Object.values(facts).flatMap((all) => all.flatMap(({ says }) => says.map(([, text]) => text))),
);

/** As though every statement that is asked for had been recognised as one; all else as it is. */
export const keepsStatements: Keeps = (text) => ({
  ...memoryIn(text),
  ...(statements.has(text) && { tells: true }),
});

export function keptOf(lang: Language): Kept {
  const { told } = longHistory(lang);
  const count = (which: (one: Told) => boolean) => told.filter(which).length;
  return {
    lang,
    told: count(({ chatter }) => !chatter),
    kept: count(({ text, chatter }) => !chatter && tellsOfOneself(text)),
    chatter: count(({ chatter }) => chatter),
    chatterKept: count(({ text, chatter }) => chatter && tellsOfOneself(text)),
    lost: told.flatMap(({ text, chatter }) => (chatter || tellsOfOneself(text) ? [] : [text])),
  };
}
