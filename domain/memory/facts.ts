import { sayableText } from '../companion/facts.js';
import type { GameEvent } from '../events/game-event.js';
import type { MemoryFacts } from './memory.js';

/** What happened, and to whom: a game event without its time. */
export type Told = Pick<GameEvent, 'data'> & { type: string };

/** What is known of the match around it. */
export type Setting = Pick<MemoryFacts, 'hero' | 'map' | 'mode' | 'matchId'>;

const texts = ['hero', 'map', 'weapon', 'mode', 'name', 'rarity'] as const;
const counts = ['killCount', 'deathCount', 'assistCount', 'level'] as const;
const ID_MAX = 100;

/** Only what can be said: a game may send anything. */
export function factsOf(told: Told, around: Setting = {}): MemoryFacts {
  const { type, data } = told;
  const facts: MemoryFacts = { what: type, ...around };
  for (const fact of texts) {
    const text = sayableText(data[fact]);
    if (text !== null) facts[fact] = text;
  }
  for (const fact of counts) {
    const count = countOf(data[fact]);
    if (count !== undefined) facts[fact] = count;
  }
  const rival = rivalIn(told);
  if (rival !== undefined) facts.rival = rival;
  const matchId = matchIdIn(told);
  if (matchId !== undefined) facts.matchId = matchId;
  if (data.mvp === true) facts.mvp = true;
  if (type === 'player.victory') facts.result = 'victory';
  if (type === 'player.defeat') facts.result = 'defeat';
  return facts;
}

/** What an event tells of the match it is in. */
export function settingIn({ data }: Told): Setting {
  const setting: Setting = {};
  for (const fact of ['hero', 'map', 'mode'] as const) {
    const text = sayableText(data[fact]);
    if (text !== null) setting[fact] = text;
  }
  return setting;
}

/**
 * Who is met: as the game says; or who was killed, or killed the player, where heroes meet. Without a hero those may be
 * people, who are not kept.
 */
export function rivalIn({ type, data }: Told): string | undefined {
  const said = sayableText(data.rival);
  if (said !== null) return said;
  const met = type === 'player.kill' ? data.victim : type === 'player.death' ? data.killer : undefined;
  if (met === undefined || sayableText(data.hero) === null) return undefined;
  return sayableText(met) ?? undefined;
}

export function matchIdIn({ data: { matchId } }: Told): string | undefined {
  return typeof matchId === 'string' &&
    matchId.length > 0 &&
    matchId.length <= ID_MAX &&
    !/[\p{Cc}\p{Cs}]/u.test(matchId)
    ? matchId
    : undefined;
}

const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value + 0 : undefined;
