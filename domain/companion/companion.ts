import { type Book, openBook } from '../emotion/book.js';
import { type Feeling, feel, feelingAt, heard, initialFeeling } from '../emotion/feel.js';
import type { GameEvent, GameEventType } from '../events/game-event.js';
import type { LogEvent, LogEventData, Sealed } from '../events/log-events.js';
import type { Language, Persona } from '../kernel/language.js';
import type { Recalled } from '../memory/recall.js';
import { type Facts, SAID_MAX, type Tastes } from '../voice/choose.js';
import { becauseOf } from '../voice/scene.js';
import { act, isAlwaysAsked } from './act.js';
import { type AtHand, atHandAfter } from './at-hand.js';
import { type Career, careerAfter, initialCareer } from './career.js';
import { factsOf } from './facts.js';
import { occasionIn } from './occasion-in.js';
import {
  abuseOccasion,
  chatOccasion,
  forgetOccasion,
  isGreat,
  type Occasion,
  occasionOf,
} from './occasions.js';
import { type SpokenOf, spokenOfAfter } from './recollection.js';
import { plainStage, type Stage } from './stage.js';
import { noTastes, type Spoken, tasted, withSpoken } from './tastes.js';

/** One player's companion: how it feels with the player, and what it has said. Plain JSON. */
export type Companion = {
  persona: Persona;
  /** A character of the game's own, played by the persona; `null`: the persona as it is. */
  character: string | null;
  lang: Language;
  /** What the player is called, for whoever may open it. */
  name: Sealed | null;
  feeling: Feeling;
  career: Career;
  /** Template ids, oldest first, each once. */
  said: readonly string[];
  /** The last lines of templates by their actions, for what the player thinks of them. */
  spoken: readonly Spoken[];
  tastes: Tastes;
  /** What the match is played with. */
  atHand: AtHand;
  /** The memories that were spoken of last, oldest first, each once. */
  recalled: readonly SpokenOf[];
  /** Game times in milliseconds since 1970. */
  lastSpoke: number | null;
  lastActed: number | null;
  /** When a line was last asked of a model, except for an answer. */
  lastAsked: number | null;
  /** The player asked for quiet: gestures only, until the next session. */
  muted: boolean;
};

export const initialCompanion: Companion = {
  persona: 'cheerful',
  character: null,
  lang: 'zh',
  name: null,
  feeling: initialFeeling,
  career: initialCareer,
  said: [],
  spoken: [],
  tastes: noTastes,
  atHand: {},
  recalled: [],
  lastSpoke: null,
  lastActed: null,
  lastAsked: null,
  muted: false,
};

/** An event of a player's stream, with its id. */
export type Told = LogEvent & { id: string };
export type Acted = LogEventData<'CompanionActed'>;
export type Moderated = LogEventData<'MessageModerated'>;

/** What a companion makes of an event: its state afterwards, and what it does, if this is an occasion. */
export type Reaction = { companion: Companion; acted: Acted | null; moderated?: Moderated };

type About = {
  book: Book;
  stage: Stage;
  /** What came to mind, if it was asked for. */
  recalled: readonly Recalled[];
  /** Around the choice of what is done and said, for who wants to know how long that takes: gives back what came of it. */
  choosing: (choose: () => Acted | null) => Acted | null;
};

const atOnce: About['choosing'] = (choose) => choose();

/** Of games that say nothing of feeling, without a model. */
const plainBook = openBook();

/** The state does not yet know of the act: that is `evolve` with the `CompanionActed`, live or recorded. */
export function react(
  companion: Companion,
  told: Told,
  { book = plainBook, stage = plainStage, recalled = [], choosing = atOnce }: Partial<About> = {},
): Reaction {
  const about = { book, stage, recalled, choosing };
  if (told.type === 'GameEventRecorded') return reactToPlay(companion, told, about);
  if (told.type === 'ChatMessageReceived') return answer(companion, told, about);
  return { companion: evolve(companion, told, book), acted: null };
}

export function evolve(companion: Companion, told: Told, book: Book = plainBook): Companion {
  switch (told.type) {
    case 'PlayerRegistered':
    case 'PersonaChosen':
      return introduced(companion, told.data);
    case 'GameEventRecorded':
      return lived(companion, told, book).companion;
    case 'ChatMessageReceived':
      return hearing(companion, told.data);
    case 'CompanionActed':
      return afterActing(companion, told.data);
    case 'LineWritten':
      return withRecalled(companion, told.data);
    case 'LineFailed':
      return told.data.dialogue ? withHeard(companion, told.data.actionId, told.data.dialogue) : companion;
    case 'FeedbackGiven':
      return {
        ...companion,
        tastes: tasted(companion.tastes, companion.spoken, told.data),
        muted: companion.muted || told.data.reaction === 'mute',
      };
    default:
      return companion;
  }
}

type Introduction = LogEventData<'PersonaChosen'>;

function introduced(
  companion: Companion,
  { persona, character, lang, displayName }: Introduction,
): Companion {
  return {
    ...companion,
    persona: persona ?? companion.persona,
    // A persona that is chosen without a character is played as it is.
    character: character ?? (persona ? null : companion.character),
    lang: lang ?? companion.lang,
    name: displayName ?? companion.name,
  };
}

type Played = { id: string; data: LogEventData<'GameEventRecorded'> };

function lived(before: Companion, { id, data }: Played, book: Book) {
  const event: GameEvent = { id, ...data, type: data.type as GameEventType };
  const { emotion, feeling, moment } = feel(event, before.feeling, book.deciders(data.settings));
  const muted = before.muted && event.type !== 'session.start';
  const career = careerAfter(before.career, event, isGreat(occasionOf(event, moment)));
  const atHand = atHandAfter(before.atHand, event);
  return { companion: { ...before, feeling, muted, career, atHand }, event, emotion, moment };
}

function reactToPlay(
  before: Companion,
  played: Played,
  { book, stage, recalled, choosing }: About,
): Reaction {
  const { companion, event, emotion, moment } = lived(before, played, book);
  const { career } = before;
  const { occasion, scene } = occasionIn({ event, moment, career, stage });
  const facts = factsOf(event, { moment, career, named: before.name !== null });
  const cause = { id: played.id, at: event.at, lang: before.lang };
  const told = scene && { told: { because: becauseOf(scene, event, career) } };
  const what = { emotion, occasion, facts, scene, stage, recalled, ...told };
  return { companion, acted: choosing(() => act(companion, cause, what)) };
}

function answer(
  before: Companion,
  told: Extract<Told, { type: 'ChatMessageReceived' }>,
  { stage, recalled, choosing }: About,
): Reaction {
  const { id, data } = told;
  const { at, lang = before.lang, stream } = data;
  const emotion = feelingAt(before.feeling, Date.parse(at));
  const occasion = answering(data);
  const scene = occasion === chatOccasion ? 'chat' : null;
  const facts: Facts = before.name === null ? {} : { player: '' };
  const acted = choosing(() =>
    act(
      before,
      { id, at, lang },
      { emotion, occasion, facts, scene, stage, recalled, ...(stream && { told: { stream: true } }) },
    ),
  );
  const companion = evolve(before, told);
  const kind = data.tone?.abuse;
  if (kind === undefined) return { companion, acted };
  return { companion, acted, moderated: { messageId: id, at, kind, answer: 'calm' } };
}

/** A wish is answered as one, however it is put. Neither it nor an insult is any model's to answer. */
function answering({ tone, wishes }: LogEventData<'ChatMessageReceived'>): Occasion {
  if (wishes === 'forget') return forgetOccasion;
  return tone?.abuse === undefined ? chatOccasion : abuseOccasion;
}

function hearing(companion: Companion, { at, tone }: LogEventData<'ChatMessageReceived'>): Companion {
  if (!tone) return companion;
  const told = { at: Date.parse(at), valence: tone.valence };
  return { ...companion, feeling: heard(companion.feeling, told) };
}

function afterActing(companion: Companion, acted: Acted): Companion {
  const { actionId, asks, dialogue } = acted;
  const at = Date.parse(acted.at);
  const speaking = dialogue !== undefined || asks !== undefined;
  const heard = dialogue ? withHeard(companion, actionId, dialogue) : companion;
  return {
    ...withRecalled(heard, acted),
    lastActed: at,
    lastSpoke: speaking ? at : companion.lastSpoke,
    lastAsked: asks && !isAlwaysAsked(asks.scene) ? at : companion.lastAsked,
  };
}

const withRecalled = (companion: Companion, { at, recalled }: Pick<Acted, 'at' | 'recalled'>): Companion => {
  const spokenOf = spokenOfAfter(companion.recalled, recalled, Date.parse(at));
  return spokenOf === companion.recalled ? companion : { ...companion, recalled: spokenOf };
};

/** What a player has heard, and may think of: a template that stood by was not heard. */
function withHeard(
  companion: Companion,
  actionId: string,
  { templateId }: { templateId?: string | undefined },
): Companion {
  if (templateId === undefined) return companion;
  return {
    ...companion,
    said: [...companion.said.filter((id) => id !== templateId), templateId].slice(-SAID_MAX),
    spoken: withSpoken(companion.spoken, { actionId, templateId }),
  };
}
