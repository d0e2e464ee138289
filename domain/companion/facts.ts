import type { Moment } from '../emotion/moment.js';
import type { GameEvent } from '../events/game-event.js';
import type { Facts } from '../voice/choose.js';
import type { Career } from './career.js';

type Known = { moment: Moment; career: Career; named: boolean };

/** What a line about this event may name. What the player is called is put in where the line is shown. */
export function factsOf({ type, data }: GameEvent, { moment, career, named }: Known): Facts {
  const facts: Record<string, unknown> = {
    hero: data.hero,
    weapon: data.weapon,
    killCount: data.killCount,
    name: data.name,
    level: data.level,
    streak: streakOf(type, moment),
    count: type === 'player.victory' ? career.victories + 1 : undefined,
  };
  const known = Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]) => {
      const text = sayable(value);
      return text === null ? [] : [[fact, text]];
    }),
  );
  return named ? { ...known, player: '' } : known;
}

/** How many in a row, this one included. */
function streakOf(type: string, moment: Moment): number | undefined {
  if (type === 'player.kill') return moment.killsInRow + 1;
  if (type === 'player.death') return moment.deathsInRow + 1;
  return type === 'player.defeat' ? moment.defeatsInRow + 1 : undefined;
}

/** Only short plain words and numbers are spoken: what a game sends is data, never markup. */
export function sayable(value: unknown): string | null {
  // Lines speak of several: "1 kills" is said by nobody.
  if (typeof value === 'number') return value >= 2 && Number.isFinite(value) ? String(value) : null;
  return sayableText(value);
}

/** Without markup, and whole: half of a character is one to nobody. */
export function sayableText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text.length > 0 && text.length <= 40 && !/[<>{}\p{Cc}\p{Cs}]/u.test(text) ? text : null;
}

/** Something that happened, as whoever writes a line is told of it: known facts alone, for a game may send anything. */
export type Occurrence = { what: string } & Record<string, string | number | boolean>;

const toldOf = [
  'hero',
  'weapon',
  'map',
  'name',
  'rarity',
  'killCount',
  'deathCount',
  'level',
  'mvp',
  'personalRecord',
  'headshot',
];

export function occurrenceOf({ type, data }: Pick<GameEvent, 'data'> & { type: string }): Occurrence {
  const occurrence: Occurrence = { what: type };
  for (const fact of toldOf) {
    const value = data[fact];
    if (typeof value === 'number' || typeof value === 'boolean') occurrence[fact] = value;
    else if (typeof value === 'string' && sayable(value) !== null) occurrence[fact] = value.trim();
  }
  return occurrence;
}
