import type { Pool } from 'pg';
import { visible } from '../../domain/memory/branch.js';
import type { Elsewhere, Memory, Remembered } from '../../domain/memory/memory.js';
import { rememberedOf } from '../../domain/memory/remembered.js';
import { rememberedElsewhere } from './other-games.js';
import { asOf, type Keepings, keepingsOf, MEMORY_COLUMNS, memoryOf } from './rows.js';
import { sharingOf } from './sharing.js';

const NOW = Number.MAX_SAFE_INTEGER;

/**
 * What a player's companion remembers, as of a moment of the game's time; of now without one. What it shares with other
 * games comes after what is of its own.
 */
export async function rememberedAt(pool: Pool, playerId: string, at?: string): Promise<Remembered[]> {
  const [kept, others] = await Promise.all([keepingsOf(pool, playerId), sharingOf(pool, playerId)]);
  const asking = {
    uses: kept.uses,
    gone: new Set(kept.gone),
    until: at === undefined ? NOW : Date.parse(at),
  };
  const there = others.map(async (elsewhere) =>
    rememberedElsewhere(await keepingsOf(pool, elsewhere.playerId), { ...asking, elsewhere }),
  );
  return [...(await ownAt(pool, kept, { playerId, at })), ...(await Promise.all(there)).flat()];
}

type OwnAt = { playerId: string; at: string | undefined };

/** Oldest first. */
async function ownAt(pool: Pool, kept: Keepings, { playerId, at }: OwnAt): Promise<Remembered[]> {
  if (at === undefined) return rememberedOf(kept.memories, kept.uses, asOf(kept, NOW));
  const then = await revisionAt(pool, playerId, at);
  const memories = kept.memories.filter((memory) => memory.at <= at && hasComeAbout(memory, then));
  const uses = kept.uses.filter((use) => use.at <= at);
  return rememberedOf(memories, uses, { ...asOf(kept, then), revision: NOW });
}

/** A week is summed up by the first event of a later one, as of its own last. */
const hasComeAbout = ({ kind, revision }: Memory, then: number) => kind !== 'week' || revision <= then;

/** One by one, those that count now, in the order of the log. */
export async function occurrencesOf(pool: Pool, playerId: string): Promise<Memory[]> {
  const kept = await keepingsOf(pool, playerId);
  const { path } = asOf(kept, NOW);
  return path === null ? [...kept.memories] : visible(kept.memories, path, NOW);
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

/** Of the last thing that was told by that time, by the game or of themselves by the player; -1: nothing. */
export async function revisionAt(pool: Pool, playerId: string, at: string): Promise<number> {
  const { rows } = await pool.query(
    `select greatest(
      (select revision from game_events where player_id = $1 and at <= $2::timestamptz
        order by at desc, revision desc limit 1),
      (select max(revision) from memories where player_id = $1 and kind = 'talk' and at <= $2::timestamptz)
    ) as revision`,
    [playerId, at],
  );
  return rows[0].revision === null ? -1 : Number(rows[0].revision);
}
