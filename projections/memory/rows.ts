import type { Pool } from 'pg';
import type { AsOf, Path } from '../../domain/memory/branch.js';
import type { Memory, Remembered } from '../../domain/memory/memory.js';
import { rememberedOf, type UseInPlace } from '../../domain/memory/remembered.js';
import { isoOf } from '../page.js';
import type { Row } from '../projection.js';

/** What was looked back upon from a revision on. `at`: in the game's time; `null` in rows of before that was kept. */
export type PathFrom = { revision: number; at: string | null; path: Path };

/** All that is kept of a player, or what is new of it. */
export type Keepings = {
  memories: readonly Memory[];
  /** Occurrences that are forgotten. */
  gone: readonly string[];
  uses: readonly UseInPlace[];
  /** In order. */
  paths: readonly PathFrom[];
};

/** Of a player, what changed after a place in the whole log; all of it without one. */
export async function keepingsOf(pool: Pool, playerId: string, after = -1): Promise<Keepings> {
  const read = async (table: string, order: string) => {
    const sql = `select * from ${table} where player_id = $1 and changed > $2 order by ${order}`;
    return (await pool.query(sql, [playerId, after])).rows as Row[];
  };
  const [rows, uses, paths] = await Promise.all([
    read('memories', 'revision, id'),
    read('memory_uses', 'revision, memory_id'),
    read('memory_paths', 'revision'),
  ]);
  return {
    memories: rows.filter(({ forgotten }) => forgotten === null).map(memoryOf),
    gone: rows.filter(({ forgotten }) => forgotten !== null).map(({ id }) => id as string),
    uses: uses.map(useOf),
    paths: paths.map(pathOf),
  };
}

/** What a companion remembers of its player as of a revision, counted; oldest first. */
export async function memoriesOf(
  pool: Pool,
  { playerId, revision }: { playerId: string; revision: number },
): Promise<Remembered[]> {
  const kept = await keepingsOf(pool, playerId);
  return rememberedOf(kept.memories, kept.uses, asOf(kept, revision));
}

/** A moment of a player's life, for `rememberedOf`. */
export const asOf = ({ paths }: Pick<Keepings, 'paths'>, revision: number): AsOf => ({
  revision,
  path: paths.findLast((one) => one.revision <= revision)?.path ?? null,
});

export const memoryOf = (row: Row): Memory => ({
  id: row.id as string,
  key: row.key as string,
  kind: row.kind as Memory['kind'],
  at: isoOf(row.at),
  revision: Number(row.revision),
  facts: row.facts as Memory['facts'],
  importance: row.importance as number,
  parts: row.parts as Memory['parts'],
  felt: { label: row.label, intensity: row.intensity } as Memory['felt'],
  lang: row.lang as Memory['lang'],
  sources: row.sources as string[],
  ...(row.sealed !== null && { sealed: row.sealed as string }),
});

const pathOf = (row: Row): PathFrom => ({
  revision: Number(row.revision),
  at: row.at ? isoOf(row.at) : null,
  path: row.path as Path,
});

const useOf = (row: Row): UseInPlace => ({
  memoryId: row.memory_id as string,
  at: isoOf(row.at),
  revision: Number(row.revision),
});
