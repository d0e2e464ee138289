/** What an analyst's file imports as `agl/insight`. No more than types and one function: it is bundled into the file. */
import type { Emotion } from '../../domain/emotion/emotion.js';
import type { GameEvent } from '../../domain/events/game-event.js';
import type { Language, Persona } from '../../domain/kernel/language.js';
import type { MemoryFacts, MemoryKind } from '../../domain/memory/memory.js';
import type { Session } from '../../domain/session/session.js';
import type { Recorded } from '../recorded.js';

export type { Emotion, EmotionLabel, Gesture } from '../../domain/emotion/emotion.js';
export type { GameEvent, GameEventType, KnownData } from '../../domain/events/game-event.js';
export type { Language, Persona } from '../../domain/kernel/language.js';
export type { MemoryFacts, MemoryKind } from '../../domain/memory/memory.js';
export type { Session } from '../../domain/session/session.js';

/** Something that a game told: `data.type` is `player.kill`, `data.data` the facts of it. */
export type Played = Recorded<'GameEventRecorded'> & { data: Omit<GameEvent, 'id'> };

/**
 * An event of a player's stream. `event.type` tells which; times are ISO 8601 in UTC with milliseconds. What a
 * person wrote (`ChatMessageReceived`, a display name) is sealed: that it was written is all there is to know.
 */
export type InsightEvent =
  | Played
  | Recorded<'CompanionActed' | 'FeedbackGiven' | 'PersonaChosen' | 'ChatMessageReceived'>;

export type Player = {
  /** The engine's own id: it tells nothing of the person. */
  id: string;
  gameId: string | null;
  persona: Persona;
  lang: Language;
};

/** How things stand with a player. */
export type Standing = {
  player: Player;
  /**
   * Milliseconds since 1970 by the game's clock: of the event or, where it has no time of its own (feedback, a
   * choice of persona), of the newest before it.
   */
  at: number;
  /** How the player feels now, the event taken in. */
  emotion: Emotion;
  /** The session at hand, with the event; `null` before the game has told anything. */
  session: Session | null;
};

/** Something that the companion remembers of a player, counted: without what a person wrote. Times are ISO 8601. */
export type MemoryBefore = {
  /** What is the same again has the same. */
  key: string;
  kind: MemoryKind;
  facts: MemoryFacts;
  count: number;
  /** 0 to 1. */
  importance: number;
  firstAt: string;
  lastAt: string;
};

/** How things stood when an event came. All that happened before counts, also what is not of the asked time. */
export type Context = Standing & {
  /** How the player felt right before the event: the mood of the last minutes, as far as it was left. */
  emotionBefore: Emotion;
  /** The one before, on the first event of a new session alone. It is over: its numbers are final. */
  previousSession: Session | null;
  /**
   * Of an insight that says `memories: true`: what was remembered of the player right before the event. Kept, not
   * forgotten, on the line of play that a loaded save game left, in the order in which it began; gathered when asked for.
   */
  readonly memories?: readonly MemoryBefore[];
};

/** A line of the result. Numbers are finite; what is not known is `null`. */
export type Row = { readonly [column: string]: string | number | boolean | null };

/** A question over all of history: a fold for each player and, if wanted, one look at all of them. Pure functions. */
export type Insight<State = unknown, R extends Row = Row> = {
  /** What is counted of a player, before anything is. JSON, if the insight shall be kept. */
  initial(): State;
  /** What it is with one more event; the old state may be changed and given back. Throwing ends the run. */
  step(state: State, event: InsightEvent, context: Context): State;
  /** The rows of a player who had at least one event in the asked time. Once, after the last of them. */
  end(state: State, standing: Standing): R | R[];
  /** Whether it is shown what was remembered: a fold of its own, that takes as long again. */
  memories?: boolean;
  /** What becomes of the rows of all players, in order of the players' ids. Once; without it they are the result. */
  total?(rows: R[]): Row[];
};

/** Defines an insight: `export default insight({ … })`. */
export const insight = <State, R extends Row>(definition: Insight<State, R>): Insight<State, R> => definition;
