import type { EmotionLabel } from '../../emotion/emotion.js';

/**
 * Everything a companion may have something to say about. `victory_dominant`: 15 or more kills, or mvp;
 * `victory_relief`: the first after 3 defeats; `milestone`: a round number of victories; `record`: the player's best
 * so far; `first_ever`: something done for the first time in this player's life; `returned`: back after a week and
 * more; `chat`: a reply that fits whatever the player wrote; `chat_abuse`: one to a message that insults;
 * `chat_forget`: one to a wish that something be forgotten.
 */
export const lineOccasions = [
  'kill',
  'kill_streak',
  'multi_kill',
  'first_blood',
  'death',
  'death_streak',
  'assist',
  'objective',
  'level_up',
  'loot',
  'achievement',
  'quest_completed',
  'damage_taken',
  'victory',
  'victory_dominant',
  'victory_relief',
  'comeback',
  'defeat',
  'defeat_streak',
  'match_start',
  'match_end',
  'session_start',
  'session_end',
  'save_loaded',
  'idle',
  'milestone',
  'record',
  'first_ever',
  'returned',
  'chat',
  'chat_abuse',
  'chat_forget',
  'custom',
] as const;

export type LineOccasion = (typeof lineOccasions)[number];

/**
 * What a line may name, written `{hero}` in its text. `hero` is the player's own and `weapon` the one the
 * player struck with; `name` is that of the achievement, quest or item; `streak` counts the same thing in a row;
 * `count` is how many victories a milestone is; `player` is what the player is called.
 * `memory` is something that the two remember, as "that five-kill streak as Jinx", and `when` how long ago that was, as
 * "in March": both begin small.
 * A line is only spoken when all it names is known. Numbers are written for 2 and more: below, they are not known.
 */
export const linePlaceholders = [
  'hero',
  'weapon',
  'killCount',
  'streak',
  'name',
  'level',
  'count',
  'player',
  'memory',
  'when',
] as const;

export type LinePlaceholder = (typeof linePlaceholders)[number];

/** Where it is natural to remember something: elsewhere nothing comes to mind. */
export const rememberedOn: readonly LineOccasion[] = [
  'match_start',
  'session_start',
  'returned',
  'victory',
  'victory_dominant',
  'defeat',
  'multi_kill',
  'achievement',
  'record',
  'first_blood',
  'death_streak',
  'chat',
  'save_loaded',
];

/** One sentence of one persona in one language. */
export type Line = {
  /** `<lang>.<persona>.<occasion>.<nn>`. The log keeps it for ever: never renumber, never reuse. */
  id: string;
  on: LineOccasion;
  /** The emotions it fits; absent: whatever is felt on that occasion. Never empty. */
  feels?: readonly EmotionLabel[];
  text: string;
};

/** The placeholders of a text, each once, in the order of their first use. Unknown ones are left out. */
export function placeholdersOf(text: string): LinePlaceholder[] {
  return [...new Set([...text.matchAll(BRACED)].map((match) => match[1] as LinePlaceholder))];
}

const BRACED = new RegExp(`\\{(${linePlaceholders.join('|')})\\}`, 'g');
