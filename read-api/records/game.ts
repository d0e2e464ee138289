import type { Pool } from 'pg';
import { characterOf, charactersOf } from '../../projections/characters.js';
import type { GameRow } from '../../projections/games.js';
import { type ListOptions, playersOfGame } from '../../projections/players.js';

/** What is known of one game, which was found to be the caller's. */
export const recordsOfGame = (pool: Pool, row: GameRow) => ({
  row,
  players: (list: ListOptions) => playersOfGame(pool, row.id, list),
  characters: () => charactersOf(pool, row.id),
  character: (name: string) => characterOf(pool, row.id, name),
});
export type GameRecords = ReturnType<typeof recordsOfGame>;
