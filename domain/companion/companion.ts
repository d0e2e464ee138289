import { type Book, openBook } from '../emotion/book.js';
import type { Emotion } from '../emotion/emotion.js';
import { type Feeling, feel, feelingAt, heard, initialFeeling } from '../emotion/feel.js';
import type { GameEvent, GameEventType } from '../events/game-event.js';
import type { LogEvent, LogEventData } from '../events/log-events.js';
import { derivedId } from '../kernel/ids.js';
import type { Language, Persona } from '../kernel/language.js';
import { chooseLine, type Facts, SAID_MAX, type Tastes } from '../voice/choose.js';
import { becauseOf, occasionOfScene, type Scene, sceneOf } from '../voice/scene.js';
import { type Career, careerAfter, initialCareer } from './career.js';
import { factsOf } from './facts.js';
import { gestureFor } from './gestures.js';
import {
  abuseOccasion,
  chatOccasion,
  isGreat,
  isWorthAGesture,
  mayInterrupt,
  type Occasion,
  occasionFor,
  occasionOf,
} from './occasions.js';
import { personaOnStage, plainStage, type Stage } from './stage.js';
import { noTastes, type Spoken, tasted, withSpoken } from './tastes.js';

/** One player's companion: how it feels with the player, and what it has said. Plain JSON. */
export type Companion = {
  persona: Persona;
  /** A character of the game's own, played by the persona; `null`: the persona as it is. */
  character: string | null;
  lang: Language;
  /** What the player is called is known to whoever may open it. */
  named: boolean;
  feeling: Feeling;
  career: Career;
  /** Template ids, oldest first, each once. */
  said: readonly string[];
  /** The last lines of templates by their actions, for what the player thinks of them. */
  spoken: readonly Spoken[];
  tastes: Tastes;
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
  named: false,
  feeling: initialFeeling,
  career: initialCareer,
  said: [],
  spoken: [],
  tastes: noTastes,
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

/** Of games that say nothing of feeling, without a model. */
const plainBook = openBook();

/** Gestures closer together than this would only twitch. */
const GESTURE_PAUSE_MS = 400;

/** Between two lines that are asked of a model, except for answers. */
const ASK_PAUSE_MS = 60_000;

/** The state does not yet know of the act: that is `evolve` with the `CompanionActed`, live or recorded. */
export function react(
  companion: Companion,
  told: Told,
  { book = plainBook, stage = plainStage }: { book?: Book; stage?: Stage } = {},
): Reaction {
  if (told.type === 'GameEventRecorded') return reactToPlay(companion, told, { book, stage });
  if (told.type === 'ChatMessageReceived') return answer(companion, told, stage);
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
    named: companion.named || displayName !== undefined,
  };
}

type Played = { id: string; data: LogEventData<'GameEventRecorded'> };

function lived(before: Companion, { id, data }: Played, book: Book) {
  const event: GameEvent = { id, ...data, type: data.type as GameEventType };
  const { emotion, feeling, moment } = feel(event, before.feeling, book.deciders(data.settings));
  const muted = before.muted && event.type !== 'session.start';
  const usual = occasionOf(event, moment);
  const career = careerAfter(before.career, event, isGreat(usual));
  return { companion: { ...before, feeling, muted, career }, event, emotion, moment, usual };
}

function reactToPlay(
  before: Companion,
  told: Played,
  { book, stage }: { book: Book; stage: Stage },
): Reaction {
  const { companion, event, emotion, moment, usual } = lived(before, told, book);
  const { career } = before;
  const recaps = event.type === 'session.end' && stage.recap;
  const scene = recaps ? 'recap' : sceneOf({ event, moment, career, salient: isGreat(usual) });
  const own = scene && occasionOfScene[scene];
  const occasion = own && usual.yields !== false ? occasionFor(own) : usual;
  const facts = factsOf(event, { moment, career, named: before.named });
  const cause = { id: told.id, at: event.at, lang: before.lang };
  return {
    companion,
    acted: act(companion, cause, {
      emotion,
      occasion,
      facts,
      scene,
      stage,
      ...(scene && { told: { because: becauseOf(scene, event, career) } }),
    }),
  };
}

function answer(
  before: Companion,
  told: Extract<Told, { type: 'ChatMessageReceived' }>,
  stage: Stage,
): Reaction {
  const { id, data } = told;
  const { at, lang = before.lang, tone, stream } = data;
  const emotion = feelingAt(before.feeling, Date.parse(at));
  const abused = tone?.abuse !== undefined;
  const occasion = abused ? abuseOccasion : chatOccasion;
  // Insults are answered calmly, by lines that people have written.
  const scene = abused ? null : 'chat';
  const facts: Facts = before.named ? { player: '' } : {};
  const acted = act(
    before,
    { id, at, lang },
    { emotion, occasion, facts, scene, stage, ...(stream && { told: { stream: true } }) },
  );
  const companion = evolve(before, told);
  if (!abused) return { companion, acted };
  return { companion, acted, moderated: { messageId: id, at, kind: tone.abuse!, answer: 'calm' } };
}

function hearing(companion: Companion, { at, tone }: LogEventData<'ChatMessageReceived'>): Companion {
  if (!tone) return companion;
  const told = { at: Date.parse(at), valence: tone.valence };
  return { ...companion, feeling: heard(companion.feeling, told) };
}

type Cause = { id: string; at: string; lang: Language };
type Acting = {
  emotion: Emotion;
  occasion: Occasion;
  facts: Facts;
  scene: Scene | null;
  /** What whoever writes the line is told beside the scene. */
  told?: { because?: string; stream?: true };
  stage: Stage;
};

function act(companion: Companion, cause: Cause, acting: Acting): Acted | null {
  const { emotion, occasion, scene, stage, told } = acting;
  const now = Date.parse(cause.at);
  const seed = seedOf(cause.id);
  const line = lineFor(companion, cause, acting);
  if (!line && !moves(companion, { emotion, occasion, now })) return null;
  const said = line && { ...line, lang: cause.lang, source: 'template' as const };
  const asks = said && stage.llm && scene && mayAsk(companion, scene, now);
  return {
    actionId: derivedId(cause.id, 'companion-action'),
    causedBy: cause.id,
    at: cause.at,
    emotion,
    action: gestureFor(emotion.label, seed, occasion.says),
    occasion: occasion.says,
    // A look back takes its time: what is said meanwhile is the farewell.
    ...(said && (!asks || scene === 'recap') && { dialogue: said }),
    ...(asks && { asks: { scene, ...speaker(companion, stage), fallback: said, ...told } }),
  };
}

function lineFor(companion: Companion, { id, at, lang }: Cause, { emotion, occasion, facts, stage }: Acting) {
  const silence = since(companion.lastSpoke, Date.parse(at));
  if (companion.muted || !mayInterrupt(occasion, silence)) return null;
  const { character, said, tastes } = companion;
  const persona = personaOnStage(stage, companion);
  const own = stage.linesOf(character ?? persona, lang);
  const terms = { lang, persona, occasion: occasion.says, feels: emotion.label, facts, said, tastes };
  return chooseLine({
    ...terms,
    seed: seedOf(id),
    ...(own.length > 0 && { own, ownAlone: character !== null }),
  });
}

const speaker = (companion: Companion, stage: Stage) => ({
  persona: personaOnStage(stage, companion),
  ...(companion.character !== null && { character: companion.character }),
});

const mayAsk = (companion: Companion, scene: Scene, now: number): boolean =>
  scene === 'chat' || scene === 'recap' || since(companion.lastAsked, now) >= ASK_PAUSE_MS;

/** A gesture needs a feeling of its own: a mood that merely goes on is no reason to move. */
function moves(companion: Companion, scene: { emotion: Emotion; occasion: Occasion; now: number }): boolean {
  if (since(companion.lastActed, scene.now) < GESTURE_PAUSE_MS) return false;
  return scene.emotion.source !== 'carried' && isWorthAGesture(scene.occasion);
}

function afterActing(companion: Companion, acted: Acted): Companion {
  const at = Date.parse(acted.at);
  const { actionId, asks, dialogue = asks?.fallback } = acted;
  const templateId = dialogue?.templateId;
  return {
    ...companion,
    lastActed: at,
    lastSpoke: dialogue ? at : companion.lastSpoke,
    lastAsked: asks && asks.scene !== 'chat' && asks.scene !== 'recap' ? at : companion.lastAsked,
    said: templateId
      ? [...companion.said.filter((id) => id !== templateId), templateId].slice(-SAID_MAX)
      : companion.said,
    spoken: templateId ? withSpoken(companion.spoken, { actionId, templateId }) : companion.spoken,
  };
}

/** Silence so far; a game whose clock was set back is not silent for ever. */
const since = (past: number | null, now: number) =>
  past === null ? Number.POSITIVE_INFINITY : Math.abs(now - past);

const seedOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(-8), 16) >>> 0;
