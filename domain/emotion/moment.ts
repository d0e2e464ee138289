import type { GameEvent } from '../events/game-event.js';

/** Runs of the same luck, as they stood before an event. */
export type Streaks = {
  /** Deaths without a kill in between. */
  deaths: number;
  /** Kills without a death in between. */
  kills: number;
  defeats: number;
  victories: number;
};

export const noStreaks: Streaks = { deaths: 0, kills: 0, defeats: 0, victories: 0 };

/** All that a rule may ask about an event: what the game told, and the runs before it. */
export type Moment = {
  killCount: number | undefined;
  mvp: boolean;
  personalRecord: boolean;
  headshot: boolean;
  rarity: string | undefined;
  damage: number | undefined;
  deathsInRow: number;
  killsInRow: number;
  defeatsInRow: number;
  victoriesInRow: number;
};

export const momentOf = ({ data }: GameEvent, before: Streaks): Moment => ({
  killCount: number(data.killCount),
  mvp: data.mvp === true,
  personalRecord: data.personalRecord === true,
  headshot: data.headshot === true,
  rarity: typeof data.rarity === 'string' ? data.rarity : undefined,
  damage: number(data.damage),
  deathsInRow: before.deaths,
  killsInRow: before.kills,
  defeatsInRow: before.defeats,
  victoriesInRow: before.victories,
});

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** The runs after an event. A new match or session starts the runs of kills and deaths anew. */
export function streaksAfter(event: GameEvent, before: Streaks): Streaks {
  switch (event.type) {
    case 'player.kill':
      return { ...before, kills: before.kills + 1, deaths: 0 };
    case 'player.death':
      return { ...before, deaths: before.deaths + 1, kills: 0 };
    case 'player.victory':
      return { ...before, victories: before.victories + 1, defeats: 0 };
    case 'player.defeat':
      return { ...before, defeats: before.defeats + 1, victories: 0 };
    case 'match.start':
    case 'session.start':
      return { ...before, kills: 0, deaths: 0 };
    default:
      return before;
  }
}
