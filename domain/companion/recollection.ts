import type { EmotionLabel } from '../emotion/emotion.js';
import { happeningOf, momentOf } from '../emotion/moment.js';
import type { GameEvent, GameEventType } from '../events/game-event.js';
import type { Language } from '../kernel/language.js';
import type { MemoryKind, Remembered } from '../memory/memory.js';
import type { Cue, Recalled, Use } from '../memory/recall.js';
import { phraseOf } from '../memory/sentence.js';
import { whenOf } from '../memory/when.js';
import type { Facts } from '../voice/choose.js';
import { type LineOccasion, rememberedOn } from '../voice/lines/line.js';
import { mayAsk } from './act.js';
import { atHandAfter } from './at-hand.js';
import type { Companion, Told } from './companion.js';
import { occasionIn } from './occasion-in.js';
import { chatOccasion, mayInterrupt, type Occasion, occasions } from './occasions.js';
import { plainStage, type Stage } from './stage.js';

/** A memory that was spoken of, and when by the game's time, in milliseconds since 1970. */
export type SpokenOf = { memoryId: string; at: number };

const MINUTE = 60_000;
/** Whoever says the same again, soon, has nothing else to say. */
const AGAIN_AFTER_MS = 3 * 24 * 60 * MINUTE;
/** Somebody who is always in the past is tiring; an answer is asked for. */
const PAUSE_MS = 5 * MINUTE;
/** What has only just happened is no memory yet. */
const YOUNGEST_MS = 60 * MINUTE;
const SPOKEN_OF_MAX = 60;

/** Only these may be told where they are not asked for: what a player once said is told back by a writer who reads the talk. */
const feats: readonly MemoryKind[] = ['moment', 'first', 'record', 'match'];
const seasons: readonly MemoryKind[] = [...feats, 'week', 'rivalry'];
const greetings = new Set<LineOccasion>(['match_start', 'session_start', 'returned']);
const kindsOn = (on: LineOccasion) => (greetings.has(on) ? seasons : feats);

const natural = new Set(rememberedOn);
/** The types of events that may come to such an occasion: of all others nothing has to be looked at. */
const types = new Set<string>(occasions.filter(({ says }) => natural.has(says)).map(({ on }) => on));

/** Whether an event of this type, as the log and then the game calls it, may be one to remember at. */
export const mayRemember = (type: string, of: unknown): boolean =>
  type === 'ChatMessageReceived' || (type === 'GameEventRecorded' && types.has(of as string));

/** What comes to mind is asked for with this; `null`: nothing is to, as at nearly all events. */
export function wantsMemory(companion: Companion, told: Told, stage: Stage = plainStage): Cue | null {
  if (told.type === 'ChatMessageReceived') {
    const { at, tone, wishes } = told.data;
    // Who writes an answer asks for memories with the words of the message.
    if (companion.muted || stage.llm || tone?.abuse !== undefined || wishes !== undefined) return null;
    return { at, facts: companion.atHand, kinds: kindsOn(chatOccasion.says) };
  }
  if (told.type !== 'GameEventRecorded' || !mayRemember(told.type, told.data.type)) return null;
  const event: GameEvent = { id: told.id, ...told.data, type: told.data.type as GameEventType };
  const now = Date.parse(event.at);
  if (companion.muted && event.type !== 'session.start') return null;
  if (since(companion.recalled.at(-1)?.at, now) < PAUSE_MS) return null;
  const occasion = speaking(companion, { event, now, stage });
  return occasion && { at: event.at, facts: factsOf(companion, event), kinds: kindsOn(occasion.says) };
}

/** The occasion, where one may be remembering and speaks at all. */
function speaking(
  companion: Companion,
  { event, now, stage }: { event: GameEvent; now: number; stage: Stage },
): Occasion | null {
  const { feeling, career, lastSpoke } = companion;
  const moment = momentOf(happeningOf(event), feeling.flow.course, now);
  const { occasion, scene } = occasionIn({ event, moment, career, stage });
  // A line that is asked of a model names no memory that nobody gave to whoever writes it.
  if (stage.llm && scene && mayAsk(companion, scene, now)) return null;
  const speaks = natural.has(occasion.says) && mayInterrupt(occasion, since(lastSpoke ?? undefined, now));
  return speaks ? occasion : null;
}

const hard = new Set<string>(['player.defeat', 'player.death', 'player.damage_taken']);

/** After a fall more of the same would comfort nobody: there it is only looked for what the match shares. */
function factsOf(companion: Companion, event: GameEvent): Cue['facts'] {
  const atHand = atHandAfter(companion.atHand, event);
  if (hard.has(event.type)) return atHand;
  const { killCount, name } = event.data;
  return {
    what: event.type,
    ...atHand,
    ...(typeof killCount === 'number' && { killCount }),
    ...(typeof name === 'string' && { name }),
  };
}

/** Likely enough to be looked through for one that suits. */
export const RECALLED_FOR_LINE = 5;

type Speaking = { occasion: Occasion; now: number; lang: Language };

/** Of what came to mind the best that may be spoken of here; `null`: none. */
export function suiting(
  companion: Companion,
  recalled: readonly Recalled[],
  { occasion, now }: Omit<Speaking, 'lang'>,
): Recalled | null {
  const paused = occasion.says !== 'chat' && since(companion.recalled.at(-1)?.at, now) < PAUSE_MS;
  if (paused || !natural.has(occasion.says)) return null;
  const kinds = kindsOn(occasion.says);
  return (
    [...recalled]
      .sort((one, other) => other.score - one.score)
      .find(({ memory }) => {
        const last = companion.recalled.findLast(({ memoryId }) => memoryId === memory.memoryId);
        return (
          kinds.includes(memory.kind) &&
          isGood(memory) &&
          now - Date.parse(memory.lastAt) >= YOUNGEST_MS &&
          since(last?.at, now) >= AGAIN_AFTER_MS
        );
      }) ?? null
  );
}

const low = new Set<EmotionLabel>(['disappointed', 'sad', 'frustrated', 'angry', 'tense', 'bored']);

/** People are reminded of what went well. */
const isGood = ({ facts, felt }: Remembered): boolean =>
  facts.result !== 'defeat' && !hard.has(facts.what) && !low.has(felt.label);

const PHRASE_MAX = 80;

/** What a line may name of a memory; nothing, where a game has called something what nobody would say. */
export function memoryFacts({ memory }: Recalled, { now, lang }: Omit<Speaking, 'occasion'>): Facts {
  const phrase = phraseOf(memory, lang);
  if ([...phrase].length > PHRASE_MAX || /[<>{}\p{Cc}]/u.test(phrase)) return {};
  const today = new Date(now).toISOString();
  // Lines put it beside today; and which week it was is said with the week.
  const isPlain = memory.kind !== 'week' && memory.lastAt.slice(0, 10) !== today.slice(0, 10);
  return { memory: phrase, ...(isPlain && { when: whenOf(memory.lastAt, today, lang) }) };
}

export const useOf = ({ memory, score }: Recalled): Use => ({ memoryId: memory.memoryId, score });

/** The newest of each, oldest first. */
export function spokenOfAfter(
  before: readonly SpokenOf[],
  uses: readonly Use[] | undefined,
  at: number,
): readonly SpokenOf[] {
  if (!uses || uses.length === 0) return before;
  const ids = new Set(uses.map(({ memoryId }) => memoryId));
  const others = before.filter((one) => !ids.has(one.memoryId));
  return [...others, ...[...ids].map((memoryId) => ({ memoryId, at }))].slice(-SPOKEN_OF_MAX);
}

/** A game whose clock was set back has not been silent for ever. */
const since = (past: number | undefined, now: number) =>
  past === undefined ? Number.POSITIVE_INFINITY : Math.abs(now - past);
