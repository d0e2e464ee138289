import { type Book, openBook } from '../emotion/book.js';
import type { Emotion } from '../emotion/emotion.js';
import { type Feeling, feel, feelingAt, heard, initialFeeling } from '../emotion/feel.js';
import type { Moment } from '../emotion/moment.js';
import type { GameEvent, GameEventType } from '../events/game-event.js';
import type { LogEvent, LogEventData } from '../events/log-events.js';
import { derivedId } from '../kernel/ids.js';
import type { Language, Persona } from '../kernel/language.js';
import { chooseLine, type Facts, SAID_MAX } from '../voice/choose.js';
import { gestureFor } from './gestures.js';
import { chatOccasion, isWorthAGesture, mayInterrupt, type Occasion, occasionOf } from './occasions.js';

/** One player's companion: how it feels with the player, and what it has said. Plain JSON. */
export type Companion = {
  persona: Persona;
  lang: Language;
  feeling: Feeling;
  /** Template ids, oldest first, each once. */
  said: readonly string[];
  /** Game times in milliseconds since 1970. */
  lastSpoke: number | null;
  lastActed: number | null;
  /** The player asked for quiet: gestures only, until the next session. */
  muted: boolean;
};

export const initialCompanion: Companion = {
  persona: 'cheerful',
  lang: 'zh',
  feeling: initialFeeling,
  said: [],
  lastSpoke: null,
  lastActed: null,
  muted: false,
};

/** An event of a player's stream, with its id. */
export type Told = LogEvent & { id: string };
export type Acted = LogEventData<'CompanionActed'>;

/** Of games that say nothing of feeling, without a model. */
const plainBook = openBook();

/** Gestures closer together than this would only twitch. */
const GESTURE_PAUSE_MS = 400;

/**
 * What the companion makes of an event: its state afterwards, and what it does, if this is an occasion.
 * The state does not yet know of the act: that is `evolve` with the `CompanionActed`, live or recorded.
 */
export function react(
  companion: Companion,
  told: Told,
  book: Book = plainBook,
): { companion: Companion; acted: Acted | null } {
  if (told.type === 'GameEventRecorded') return reactToPlay(companion, told, book);
  if (told.type === 'ChatMessageReceived') {
    const cause = { id: told.id, at: told.data.at, lang: told.data.lang ?? companion.lang };
    const emotion = feelingAt(companion.feeling, Date.parse(told.data.at));
    const after = evolve(companion, told, book);
    return { companion: after, acted: act(companion, cause, { emotion, occasion: chatOccasion, facts: {} }) };
  }
  return { companion: evolve(companion, told, book), acted: null };
}

export function evolve(companion: Companion, told: Told, book: Book = plainBook): Companion {
  switch (told.type) {
    case 'PlayerRegistered':
      return { ...companion, persona: told.data.persona, lang: told.data.lang };
    case 'PersonaChosen':
      return {
        ...companion,
        persona: told.data.persona ?? companion.persona,
        lang: told.data.lang ?? companion.lang,
      };
    case 'GameEventRecorded':
      return reactToPlay(companion, told, book).companion;
    case 'ChatMessageReceived':
      return hearing(companion, told.data);
    case 'CompanionActed':
      return afterActing(companion, told.data);
    case 'FeedbackGiven':
      return told.data.reaction === 'mute' ? { ...companion, muted: true } : companion;
    default:
      return companion;
  }
}

type Played = { id: string; data: LogEventData<'GameEventRecorded'> };

function reactToPlay(before: Companion, { id, data }: Played, book: Book) {
  const event: GameEvent = { id, ...data, type: data.type as GameEventType };
  const { emotion, feeling, moment } = feel(event, before.feeling, book.deciders(data.settings));
  const muted = before.muted && event.type !== 'session.start';
  const companion = { ...before, feeling, muted };
  const occasion = occasionOf(event, moment);
  const cause = { id, at: event.at, lang: before.lang };
  return { companion, acted: act(companion, cause, { emotion, occasion, facts: factsOf(event, moment) }) };
}

function hearing(companion: Companion, { at, tone }: LogEventData<'ChatMessageReceived'>): Companion {
  if (!tone) return companion;
  const told = { at: Date.parse(at), valence: tone.valence };
  return { ...companion, feeling: heard(companion.feeling, told) };
}

type Cause = { id: string; at: string; lang: Language };
type Scene = { emotion: Emotion; occasion: Occasion; facts: Facts };

function act(companion: Companion, cause: Cause, { emotion, occasion, facts }: Scene): Acted | null {
  const now = Date.parse(cause.at);
  const seed = seedOf(cause.id);
  const speaks = !companion.muted && mayInterrupt(occasion, since(companion.lastSpoke, now));
  const line = speaks
    ? chooseLine({
        lang: cause.lang,
        persona: companion.persona,
        occasion: occasion.says,
        feels: emotion.label,
        facts,
        said: companion.said,
        seed,
      })
    : null;
  if (!line && !moves(companion, { emotion, occasion, now })) return null;
  return {
    actionId: derivedId(cause.id, 'companion-action'),
    causedBy: cause.id,
    at: cause.at,
    emotion,
    action: gestureFor(emotion.label, seed, occasion.says),
    occasion: occasion.says,
    ...(line && { dialogue: { ...line, lang: cause.lang, source: 'template' as const } }),
  };
}

/** A gesture needs a feeling of its own: a mood that merely goes on is no reason to move. */
function moves(companion: Companion, scene: { emotion: Emotion; occasion: Occasion; now: number }): boolean {
  if (since(companion.lastActed, scene.now) < GESTURE_PAUSE_MS) return false;
  return scene.emotion.source !== 'carried' && isWorthAGesture(scene.occasion);
}

function afterActing(companion: Companion, acted: Acted): Companion {
  const at = Date.parse(acted.at);
  const spoken = acted.dialogue?.templateId;
  return {
    ...companion,
    lastActed: at,
    lastSpoke: acted.dialogue ? at : companion.lastSpoke,
    said: spoken
      ? [...companion.said.filter((id) => id !== spoken), spoken].slice(-SAID_MAX)
      : companion.said,
  };
}

/** Silence so far; a game whose clock was set back is not silent for ever. */
const since = (past: number | null, now: number) =>
  past === null ? Number.POSITIVE_INFINITY : Math.abs(now - past);

function factsOf({ type, data }: GameEvent, moment: Moment): Facts {
  const facts: Record<string, unknown> = {
    hero: data.hero,
    weapon: data.weapon,
    killCount: data.killCount,
    name: data.name,
    level: data.level,
    streak: streakOf(type, moment),
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) => {
      const text = sayable(value);
      return text === null ? [] : [[fact, text]];
    }),
  );
}

/** How many in a row, this one included. */
function streakOf(type: string, moment: Moment): number | undefined {
  if (type === 'player.kill') return moment.killsInRow + 1;
  if (type === 'player.death') return moment.deathsInRow + 1;
  return type === 'player.defeat' ? moment.defeatsInRow + 1 : undefined;
}

/** Only short plain words and numbers are spoken: what a game sends is data, never markup. */
function sayable(value: unknown): string | null {
  // Lines speak of several: "1 kills" is said by nobody.
  if (typeof value === 'number') return value >= 2 && Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text.length > 0 && text.length <= 40 && !/[<>{}\p{Cc}]/u.test(text) ? text : null;
}

const seedOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(-8), 16) >>> 0;
