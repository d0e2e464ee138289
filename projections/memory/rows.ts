import type { Pool } from 'pg';
import type { Path } from '../../domain/memory/branch.js';
import type { Memory, Remembered } from '../../domain/memory/memory.js';
import { rememberedOf, type UseInPlace } from '../../domain/memory/remembered.js';
import { isoIn, isoOf } from '../page.js';
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

/** What `memoryOf` reads. */
export const MEMORY_COLUMNS = `id, key, kind, ${isoIn('at')}, revision, facts, importance, parts, label, intensity, lang,
  sources, sealed`;

const newIn = (table: string, columns: string, order: string) =>
  `select ${columns} from ${table} where player_id = $1 and changed > $2 order by ${order}`;

/** What changed after a place in the whole log. Those with names are planned once a connection. */
const newMemories = {
  name: 'memories-new',
  text: newIn('memories', `${MEMORY_COLUMNS}, forgotten is not null as gone`, 'revision, id'),
};
const newUses = {
  name: 'memories-new-uses',
  text: newIn('memory_uses', `memory_id, ${isoIn('at')}, revision`, 'revision, memory_id'),
};
/** Tables of before have fewer columns. */
const newPaths = { text: newIn('memory_paths', '*', 'revision') };

/** Of a player, what changed after a place in the whole log; all of it without one. */
export async function keepingsOf(pool: Pool, playerId: string, after = -1): Promise<Keepings> {
  const read = async (what: { name?: string; text: string }) =>
    (await pool.query({ ...what, values: [playerId, after] })).rows as Row[];
  const [rows, uses, paths] = await Promise.all([read(newMemories), read(newUses), read(newPaths)]);
  return {
    memories: rows.filter(({ gone }) => !gone).map(memoryOf),
    gone: rows.filter(({ gone }) => gone).map(({ id }) => id as string),
    uses: uses.map(useOf),
    paths: paths.map(pathOf),
  };
}

/** What a companion remembers of its player as of a revision, counted; oldest first. */
export async function memoriesOf(
  pool: Pool,
  { playerId, revision }: { playerId: string; revision: number },
): Promise<Remembered[]> {
  return rememberedThen(await keepingsOf(pool, playerId), { ...NOW, revision });
}

/** A moment of a player's life. */
export type Moment = {
  /** In the player's stream: nothing after it. */
  revision: number;
  /** By the game's clock, ISO 8601: nothing later. Times are in one form, which compare as texts. */
  until: string;
};

/** Whatever has been until now. */
export const NOW: Moment = { revision: Number.MAX_SAFE_INTEGER, until: '9999-12-31T23:59:59.999Z' };

/** What was remembered at a moment, along the line of play that was loaded then; counted, oldest first. */
export function rememberedThen(
  { memories, uses, paths }: Pick<Keepings, 'memories' | 'uses' | 'paths'>,
  { revision, until }: Moment,
): Remembered[] {
  const isThen = ({ at }: { at: string | null }) => at === null || at <= until;
  const path = paths.findLast((one) => one.revision <= revision && isThen(one))?.path ?? null;
  return rememberedOf(memories.filter(isThen), uses.filter(isThen), { revision, path });
}

/** Of `MEMORY_COLUMNS`. */
export const memoryOf = (row: Row): Memory => ({
  id: row.id as string,
  key: row.key as string,
  kind: row.kind as Memory['kind'],
  at: row.at as string,
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
  at: row.at as string,
  revision: Number(row.revision),
});
