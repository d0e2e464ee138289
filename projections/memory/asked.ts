import type { Pool } from 'pg';
import { visible } from '../../domain/memory/branch.js';
import type { Memory, Remembered } from '../../domain/memory/memory.js';
import { rememberedOf } from '../../domain/memory/remembered.js';
import { asOf, keepingsOf, MEMORY_COLUMNS, memoryOf } from './rows.js';

const NOW = Number.MAX_SAFE_INTEGER;

/** What a player's companion remembers, as of a moment of the game's time; of now without one. Oldest first. */
export async function rememberedAt(pool: Pool, playerId: string, at?: string): Promise<Remembered[]> {
  const kept = await keepingsOf(pool, playerId);
  if (at === undefined) return rememberedOf(kept.memories, kept.uses, asOf(kept, NOW));
  const then = await revisionAt(pool, playerId, at);
  const memories = kept.memories.filter((memory) => memory.at <= at);
  const uses = kept.uses.filter((use) => use.at <= at);
  return rememberedOf(memories, uses, { ...asOf(kept, then), revision: NOW });
}

/** One by one, those that count now, in the order of the log. */
export async function occurrencesOf(pool: Pool, playerId: string): Promise<Memory[]> {
  const kept = await keepingsOf(pool, playerId);
  const { path } = asOf(kept, NOW);
  return path === null ? [...kept.memories] : visible(kept.memories, path, NOW);
}

/** By their ids; what is forgotten is not among them. */
export async function memoriesById(
  pool: Pool,
  playerId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Memory>> {
  const { rows } = await pool.query(
    `select ${MEMORY_COLUMNS} from memories where player_id = $1 and id = any($2) and forgotten is null`,
    [playerId, ids],
  );
  return new Map(rows.map((row) => [row.id, memoryOf(row)]));
}

/** Of the last thing that a game had told by that time; -1: nothing. */
export async function revisionAt(pool: Pool, playerId: string, at: string): Promise<number> {
  const { rows } = await pool.query(
    `select revision from game_events where player_id = $1 and at <= $2::timestamptz
      order by at desc, revision desc limit 1`,
    [playerId, at],
  );
  return rows[0] ? Number(rows[0].revision) : -1;
}
