import type { Pool } from 'pg';
import type { MemoryKind } from '../../domain/memory/memory.js';
import { DAY_MS, hasFaded, KEPT_DAYS, strengthOf } from '../../domain/memory/strength.js';
import { isoOf } from '../page.js';
import { sharingOf } from './sharing.js';

/** All that is kept of one memory: its key, and the ids of its occurrences. `null`: the player has no such memory. */
export async function keptOf(
  pool: Pool,
  playerId: string,
  memoryId: string,
): Promise<{ keys: string[]; memoryIds: string[] } | null> {
  const { rows } = await pool.query(
    `select key, array_agg(id order by revision) as ids from memories
      where player_id = $1 and forgotten is null
        and key = (select key from memories where player_id = $1 and id = $2 and forgotten is null)
      group by key`,
    [playerId, memoryId],
  );
  const [row] = rows;
  return row ? { keys: [row.key], memoryIds: row.ids } : null;
}

/**
 * What goes when a player wants a memory forgotten that was spoken of: all of it; of what was lived in another game, that
 * it comes to mind in this one. There it stays, and it has no key here.
 */
export async function forgettableOf(
  pool: Pool,
  playerId: string,
  memoryId: string,
): Promise<{ keys: string[]; memoryIds: string[] } | null> {
  const own = await keptOf(pool, playerId, memoryId);
  if (own) return own;
  const others = await sharingOf(pool, playerId);
  const there = await Promise.all(others.map((other) => keptOf(pool, other.playerId, memoryId)));
  const found = there.find((kept) => kept !== null);
  return found ? { keys: [`elsewhere/${memoryId}`], memoryIds: found.memoryIds } : null;
}

export type Faded = {
  playerId: string;
  clientId: string | null;
  gameId: string | null;
  memories: FadedMemory[];
};
/** `since`: when it was last lived, told or recalled, ISO 8601; `strength`: 0 to 1, what is left of its importance. */
export type FadedMemory = {
  key: string;
  memoryIds: string[];
  kind: MemoryKind;
  since: string;
  strength: number;
};

/** So many memories are looked at at once. */
const PAGE = 2_000;

/**
 * Memories of all players that nothing keeps any more, player by player. What is told late, as by an import, counts from
 * when it was told.
 */
export async function* fadedIn(pool: Pool, at: Date, page = PAGE): AsyncIterable<Faded> {
  let after = { player: '', key: '' };
  let left: Faded | null = null;
  for (;;) {
    const { rows } = await pool.query(OLD, [
      new Date(at.getTime() - KEPT_DAYS * DAY_MS),
      after.player,
      after.key,
      page,
    ]);
    for (const row of rows) {
      const kept = keptBy(row);
      if (!hasFaded(kept, at.getTime())) continue;
      if (left && left.playerId !== row.player_id) yield left;
      if (left?.playerId !== row.player_id)
        left = { playerId: row.player_id, clientId: row.client_id, gameId: row.game_id, memories: [] };
      left!.memories.push({ key: row.key, memoryIds: row.ids, ...fadedOf(kept, at) });
    }
    const last = rows.at(-1);
    if (rows.length < page) break;
    after = { player: last.player_id, key: last.key };
  }
  if (left) yield left;
}

/** One row a memory, none of whose occurrences was lived or told since. */
const OLD = `select m.player_id, m.key, min(m.kind) as kind, max(m.importance) as importance,
    greatest(max(m.at), max(m.recorded_at)) as last_at, max(u.at) as recalled_at,
    array_agg(distinct m.id) as ids, max(m.client_id) as client_id, max(m.game_id) as game_id
  from memories m left join memory_uses u on u.player_id = m.player_id and u.memory_id = m.id
  where m.forgotten is null and (m.player_id, m.key) > ($2, $3)
  group by m.player_id, m.key having greatest(max(m.at), max(m.recorded_at)) < $1
  order by m.player_id, m.key limit $4`;

const fadedOf = (kept: ReturnType<typeof keptBy>, at: Date) => ({
  kind: kept.kind,
  since: kept.recalledAt !== null && kept.recalledAt > kept.lastAt ? kept.recalledAt : kept.lastAt,
  strength: strengthOf(kept, at.getTime()),
});

const keptBy = (row: Record<string, unknown>) => ({
  kind: row.kind as MemoryKind,
  importance: row.importance as number,
  lastAt: isoOf(row.last_at),
  recalledAt: row.recalled_at === null ? null : isoOf(row.recalled_at),
});
