import type { Pool } from 'pg';
import { visible } from '../../domain/memory/branch.js';
import type { Elsewhere, Memory, Remembered } from '../../domain/memory/memory.js';
import { rememberedElsewhere } from './other-games.js';
import { keepingsOf, MEMORY_COLUMNS, type Moment, memoryOf, NOW, rememberedThen } from './rows.js';
import { sharingOf } from './sharing.js';

/**
 * What a player's companion remembers, as of a moment of the game's time; of now without one. What it shares with other
 * games comes after what is of its own.
 */
export async function rememberedAt(pool: Pool, playerId: string, at?: string): Promise<Remembered[]> {
  const [moment, kept, others] = await Promise.all([
    momentAt(pool, playerId, at),
    keepingsOf(pool, playerId),
    sharingOf(pool, playerId),
  ]);
  const asking = { uses: kept.uses, gone: new Set(kept.gone), until: moment.until };
  const there = others.map(async (elsewhere) =>
    rememberedElsewhere(await keepingsOf(pool, elsewhere.playerId), { ...asking, elsewhere }),
  );
  return [...rememberedThen(kept, moment), ...(await Promise.all(there)).flat()];
}

/** One by one, those that count now, in the order of the log. */
export async function occurrencesOf(pool: Pool, playerId: string): Promise<Memory[]> {
  const kept = await keepingsOf(pool, playerId);
  const path = kept.paths.at(-1)?.path ?? null;
  return path === null ? [...kept.memories] : visible(kept.memories, path, NOW.revision);
}

/** Whose it is, where it is of a game that shares it. */
export type Found = Memory & { elsewhere?: Elsewhere };

/** By their ids, also those that other games share; what is forgotten is not among them. */
export async function memoriesById(
  pool: Pool,
  playerId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const others = await sharingOf(pool, playerId);
  const { rows } = await pool.query(
    `select player_id, ${MEMORY_COLUMNS} from memories
      where player_id = any($1) and id = any($2) and forgotten is null`,
    [[playerId, ...others.map((other) => other.playerId)], ids],
  );
  return new Map(
    rows.map((row) => {
      const elsewhere = others.find((other) => other.playerId === row.player_id);
      return [row.id, { ...memoryOf(row), ...(elsewhere && { elsewhere }) }];
    }),
  );
}

/**
 * A moment of the game's time in the player's stream; of now without one. A week is summed up by the first event of a
 * later one, as of its own last: so its own time says nothing. Months of events may be in the archive: what is remembered
 * is not, and tells nearly as well how far the stream was. (Tables of before have paths without a time.)
 */
export async function momentAt(pool: Pool, playerId: string, at?: string): Promise<Moment> {
  if (at === undefined) return NOW;
  const { rows } = await pool.query(
    `select greatest(
      (select revision from game_events where player_id = $1 and at <= $2::timestamptz
        order by at desc, revision desc limit 1),
      (select max(revision) from memories where player_id = $1 and kind <> 'week' and at <= $2::timestamptz),
      (select max(revision) from memory_uses where player_id = $1 and at <= $2::timestamptz),
      (select max(revision) from memory_paths loaded where player_id = $1
        and (to_jsonb(loaded) ->> 'at')::timestamptz <= $2::timestamptz)
    ) as revision`,
    [playerId, at],
  );
  return { revision: rows[0].revision === null ? -1 : Number(rows[0].revision), until: at };
}
