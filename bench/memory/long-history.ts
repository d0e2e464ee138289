import type { ImportedEvent } from '../../cli/imports/index.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { Language } from '../../domain/kernel/language.js';
import { playQuestions } from './play-questions.js';
import { type Match, matchesIn, playOf } from './played.js';
import { chatter, type Fact, facts } from './told.js';

/**
 * `fact`: told once; `update`: of what changed, the newest is right; `time`: of what changed, how it was in a month that
 * is named; `as of`: the same as an update, asked before it changed; `play`: of a match.
 */
export const askedKinds = ['fact', 'update', 'time', 'as of', 'play'] as const;
export type AskedKind = (typeof askedKinds)[number];

/** `about`: the statements, or the matches, of which any is right. `at`: when it is asked. */
export type Asked = { kind: AskedKind; asks: string; about: readonly string[]; at: string };
/** What was written, and whether it is chatter. */
export type Told = { id: string; at: string; text: string; chatter: boolean };

/**
 * A made-up history of 200 sessions, in the manner of LoCoMo (Maharana et al., 2024): things told once, things that
 * change, things of a time, and much else in between. The same every time.
 */
export type LongHistory = {
  told: readonly Told[];
  matches: readonly Match[];
  /** All of it, in the order of time. */
  events: readonly ImportedEvent[];
  asked: readonly Asked[];
};

const SESSIONS = 200;
const DAY_MS = 24 * 3_600_000;
const BEGAN = Date.parse('2026-01-05T19:00:00.000Z');
const at = (session: number, minute = 0) =>
  new Date(BEGAN + session * 1.5 * DAY_MS + minute * 60_000).toISOString();

export function longHistory(lang: Language): LongHistory {
  const told = [...factsTold(lang), ...chatterTold(lang)];
  const matches = matchesIn(lang, SESSIONS);
  const played = matches.flatMap((match) => playOf(match, (minute) => at(match.session, minute)));
  const chats = told.map(({ id, at, text }) => ({ id, kind: 'chat' as const, at, text }));
  const events = [...played, ...chats].sort((one, other) => (one.at < other.at ? -1 : 1));
  const ofPlay = playQuestions(lang, matches).map((one) => ({
    ...one,
    kind: 'play' as const,
    at: at(SESSIONS),
  }));
  return { told, matches, events, asked: [...facts[lang].flatMap((fact) => askedOf(lang, fact)), ...ofPlay] };
}

const idOf = (lang: Language, topic: string, nth: number) =>
  derivedId(`${lang} ${topic}`, `statement ${nth}`);

const factsTold = (lang: Language): Told[] =>
  facts[lang].flatMap(({ topic, says }) =>
    says.map(([session, text], nth) => ({
      ...{ id: idOf(lang, topic, nth), at: at(session, 31), text, chatter: false },
    })),
  );

const chatterTold = (lang: Language): Told[] =>
  Array.from({ length: SESSIONS }, (_, session) => ({
    ...{ id: idOf(lang, 'chatter', session), at: at(session, 30), chatter: true },
    text: chatter[lang][(session * 7) % chatter[lang].length]!,
  }));

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

function monthOf(session: number, lang: Language): string {
  const month = new Date(at(session)).getUTCMonth();
  return lang === 'en' ? MONTHS[month]! : `${month + 1}月`;
}

function askedOf(lang: Language, { topic, says, asks, was = [] }: Fact): Asked[] {
  const about = (nth: number) => [idOf(lang, topic, nth)];
  const newest: Asked = {
    kind: says.length > 1 ? 'update' : 'fact',
    asks,
    about: about(says.length - 1),
    at: at(SESSIONS),
  };
  const months = was.map((question, nth): Asked => {
    const named = question.replace('{month}', monthOf(says[nth]![0], lang));
    return { kind: 'time', asks: named, about: about(nth), at: at(SESSIONS) };
  });
  const before = says
    .slice(1)
    .map(([session], nth): Asked => ({ kind: 'as of', asks, about: about(nth), at: at(session) }));
  return [newest, ...months, ...before];
}
