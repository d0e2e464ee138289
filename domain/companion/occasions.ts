import type { Moment } from '../emotion/moment.js';
import type { GameEvent } from '../events/game-event.js';
import type { LineOccasion } from '../voice/lines/line.js';

/**
 * When a companion speaks. A companion that comments on everything is unbearable: each occasion has a
 * salience, and the more salient it is, the less silence it needs before it (see `mayInterrupt`).
 * 'always' needs none. Read from the top: the first row that fits is the occasion.
 */
export type Occasion = {
  says: LineOccasion;
  on: GameEvent['type'] | 'chat' | 'scene';
  when?: (moment: Moment, event: GameEvent) => boolean;
  salience: number | 'always';
  /** It has more to say than that something was a first or a record. */
  yields?: false;
};

const atLeast = (value: unknown, least: number) => typeof value === 'number' && value >= least;

// biome-ignore format: a table is read by its columns
export const occasions: readonly Occasion[] = [
  { says: 'chat',             on: 'chat',                   salience: 'always' },
  { says: 'chat_abuse',       on: 'chat',                   salience: 'always' },
  { says: 'chat_forget',      on: 'chat',                   salience: 'always' },
  { says: 'milestone',        on: 'scene',                  salience: 'always' },
  { says: 'record',           on: 'scene',                  salience: 'always' },
  { says: 'first_ever',       on: 'scene',                  salience: 'always' },
  { says: 'returned',         on: 'scene',                  salience: 'always' },
  { says: 'victory_relief',   on: 'player.victory',         salience: 'always', when: (m) => m.defeatsInRow >= 3, yields: false },
  { says: 'victory_dominant', on: 'player.victory',         salience: 'always', when: (m) => m.mvp || atLeast(m.killCount, 15), yields: false },
  { says: 'victory',          on: 'player.victory',         salience: 'always' },
  { says: 'defeat_streak',    on: 'player.defeat',          salience: 'always', when: (m) => m.defeatsInRow >= 2 },
  { says: 'defeat',           on: 'player.defeat',          salience: 'always' },
  { says: 'achievement',      on: 'player.achievement',     salience: 'always' },
  { says: 'multi_kill',       on: 'player.multi_kill',      salience: 'always' },
  { says: 'first_blood',      on: 'player.first_blood',     salience: 'always' },
  { says: 'quest_completed',  on: 'player.quest_completed', salience: 0.85 },
  { says: 'death_streak',     on: 'player.death',           salience: 0.7,  when: (m) => m.deathsInRow >= 2 },
  { says: 'death',            on: 'player.death',           salience: 0.45 },
  { says: 'comeback',         on: 'player.kill',            salience: 0.85, when: (m) => m.deathsInRow >= 3 },
  { says: 'kill_streak',      on: 'player.kill',            salience: 0.6,  when: (m) => m.killsInRow >= 2 },
  { says: 'kill',             on: 'player.kill',            salience: 0.3 },
  { says: 'objective',        on: 'player.objective',       salience: 0.5 },
  { says: 'assist',           on: 'player.assist',          salience: 0.15 },
  { says: 'level_up',         on: 'player.level_up',        salience: 0.2 },
  { says: 'loot',             on: 'player.loot',            salience: 0.7,  when: (_, e) => e.data.rarity === 'legendary' || e.data.rarity === 'epic' },
  { says: 'loot',             on: 'player.loot',            salience: 0.05 },
  { says: 'damage_taken',     on: 'player.damage_taken',    salience: 0.3,  when: (m) => atLeast(m.damage, 0.6) },
  { says: 'damage_taken',     on: 'player.damage_taken',    salience: 0.02 },
  { says: 'save_loaded',      on: 'player.save_loaded',     salience: 0.6 },
  { says: 'idle',             on: 'player.idle',            salience: 0.2 },
  { says: 'session_start',    on: 'session.start',          salience: 0.95 },
  { says: 'session_end',      on: 'session.end',            salience: 0.9 },
  { says: 'match_start',      on: 'match.start',            salience: 0.8 },
  { says: 'match_end',        on: 'match.end',              salience: 0.1 },
];

/** A game's own events: felt by the mood alone, spoken of now and then. */
const customOccasion: Occasion = { says: 'custom', on: 'custom.any', salience: 0.3 };

const byType = new Map<string, Occasion[]>();
for (const row of occasions) byType.set(row.on, [...(byType.get(row.on) ?? []), row]);

export const occasionOf = (event: GameEvent, moment: Moment): Occasion =>
  byType.get(event.type)?.find((row) => row.when?.(moment, event) ?? true) ?? customOccasion;

/** The occasion that has these lines and no other condition. */
export const occasionFor = (says: LineOccasion): Occasion => occasions.find((row) => row.says === says)!;

export const chatOccasion: Occasion = occasionFor('chat');
export const abuseOccasion: Occasion = occasionFor('chat_abuse');
export const forgetOccasion: Occasion = occasionFor('chat_forget');

/** Silence that an occasion of no salience at all would need. */
export const FULL_SILENCE_MS = 60_000;

/** May the companion speak now, after this much silence? */
export const mayInterrupt = (occasion: Occasion, silenceMs: number): boolean =>
  occasion.salience === 'always' || silenceMs >= FULL_SILENCE_MS * (1 - occasion.salience);

/** Below this, an occasion does not move the companion at all. */
const WORTH_A_GESTURE = 0.1;

export const isWorthAGesture = (occasion: Occasion): boolean =>
  occasion.salience === 'always' || occasion.salience >= WORTH_A_GESTURE;

/** Stands out of a match: several close together are a moment of their own. */
export const isGreat = (occasion: Occasion): boolean =>
  occasion.salience === 'always' || occasion.salience >= GREAT;

const GREAT = 0.85;
