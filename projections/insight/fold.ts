import { type Book, openBook } from '../../domain/emotion/book.js';
import { type Feeling, feel, feelingAt, heard, initialFeeling } from '../../domain/emotion/feel.js';
import type { GameEvent, GameEventType } from '../../domain/events/game-event.js';
import { type Session, sessionAfter } from '../../domain/session/session.js';
import type { Recorded } from '../recorded.js';
import type { Context, Insight, InsightEvent, Player, Row, Standing } from './define.js';
import { type Life, lifeAfter, memoriesIn, noLife } from './life.js';
import { rowsOf } from './rows.js';

/** Which events are counted: those of a game or of a client's games, and of a time; from is in it, to is not. */
export type Scope = { gameId?: string; clientId?: string; from?: number; to?: number };

type Tenant = { gameId?: string | null; clientId?: string | null };

/** Whether an event, by its metadata, is of those who ask. */
export const belongs = (event: Tenant, { gameId, clientId }: Scope): boolean =>
  (gameId === undefined || event.gameId === gameId) &&
  (clientId === undefined || event.clientId === clientId);

/** A player in the middle of the fold: plain JSON, if the insight's own state is. */
export type Folded<State = unknown> = {
  player: Player;
  feeling: Feeling;
  session: Session | null;
  life: Life;
  /** Game time of the newest event that had one. */
  at: number | null;
  /** Whether any event was counted: before that there is no state. */
  counted: boolean;
  state?: State;
};

/**
 * A player after one more event of the player's stream, in the stream's order. Feelings and sessions are of the whole
 * history: the insight itself is shown what is in the scope.
 */
export function advance<State>(
  insight: Insight<State>,
  scope: Scope,
  { before, event, book = plainBook }: { before: Folded<State> | undefined; event: Recorded; book?: Book },
): Folded<State> {
  const folded = before ?? unknown<State>(event);
  if (event.type === 'PlayerRegistered' || event.type === 'PersonaChosen') {
    const { persona = folded.player.persona, lang = folded.player.lang } = event.data;
    folded.player = { ...folded.player, persona, lang };
  }
  const stood = lived(folded, event, book);
  const context = insight.memories ? remembering(folded, stood, { event, book }) : stood;
  if (!isShown(event) || context.at < (scope.from ?? -Infinity) || context.at >= (scope.to ?? Infinity))
    return folded;
  const state = folded.counted ? (folded.state as State) : insight.initial();
  const next = insight.step(state, event as InsightEvent, context);
  if (next === undefined) throw new Error('it gave back nothing: it has to give back the state');
  folded.state = next;
  folded.counted = true;
  return folded;
}

/** The rows of a player. @throws Error when they are none. */
export function ended<State>(insight: Insight<State>, folded: Folded<State>): Row[] {
  if (!folded.counted) return [];
  const { player, session } = folded;
  const at = folded.at ?? 0;
  const standing: Standing = { player, at, emotion: feelingAt(folded.feeling, at), session };
  return rowsOf(insight.end(folded.state as State, standing));
}

/** Of games that say nothing of feeling, without a model. */
const plainBook = openBook();

const SHOWN = new Set([
  'GameEventRecorded',
  'CompanionActed',
  'FeedbackGiven',
  'PersonaChosen',
  'ChatMessageReceived',
]);

const isShown = (event: Recorded): boolean => SHOWN.has(event.type);

const unknown = <State>({ subject, gameId }: Recorded): Folded<State> => ({
  player: { id: subject, gameId, persona: 'cheerful', lang: 'zh' },
  feeling: initialFeeling,
  session: null,
  life: noLife,
  at: null,
  counted: false,
});

/** Lives through the event, and tells how things stand. */
function lived(folded: Folded, event: Recorded, book: Book): Context {
  const { at: told } = event.data as { at?: string };
  const at = told === undefined ? (folded.at ?? Date.parse(event.recordedAt)) : Date.parse(told);
  if (told !== undefined) folded.at = Math.max(folded.at ?? at, at);
  const { player } = folded;
  const emotionBefore = feelingAt(folded.feeling, at);
  const { emotion, session, previousSession } =
    event.type === 'GameEventRecorded'
      ? played(folded, event, book)
      : { emotion: emotionBefore, session: folded.session, previousSession: null };
  if (event.type === 'ChatMessageReceived' && event.data.tone)
    folded.feeling = heard(folded.feeling, { at, valence: event.data.tone.valence });
  return { player, at, emotion, emotionBefore, session, previousSession };
}

/** The same, with what was remembered before it. */
function remembering(
  folded: Folded,
  stood: Context,
  { event, book }: { event: Recorded; book: Book },
): Context {
  const before = folded.life;
  const { settings } = event.data as { settings?: string };
  folded.life = lifeAfter(before, event, { felt: stood.emotion, weighing: book.deciders(settings).weighing });
  return {
    ...stood,
    get memories() {
      return memoriesIn(before);
    },
  };
}

type Moment = Pick<Context, 'emotion' | 'session' | 'previousSession'>;

function played(folded: Folded, event: Recorded<'GameEventRecorded'>, book: Book): Moment {
  const { feeling, session } = folded;
  const told: GameEvent = { id: event.id, ...event.data, type: event.data.type as GameEventType };
  const felt = feel(told, feeling, book.deciders(event.data.settings));
  const current = sessionAfter(told, session);
  folded.feeling = felt.feeling;
  folded.session = current;
  const previousSession = session !== null && session.id !== current.id ? session : null;
  return { emotion: felt.emotion, session: current, previousSession };
}
