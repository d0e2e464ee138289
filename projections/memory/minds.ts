import type { Pool } from 'pg';
import { later } from '../../domain/memory/match.js';
import type { Memory, Remembered } from '../../domain/memory/memory.js';
import { byteLru } from '../vectors/byte-lru.js';
import { type Keepings, keepingsOf, type Moment, rememberedThen } from './rows.js';

/** How far what is kept of a player is. */
export type Mark = {
  /** Of the tables: others are there once they were built anew. */
  tables: string;
  /** In the whole log, of the event that changed it last; -1: none has. */
  upTo: number;
};

/** Where it is kept. @throws what the database throws. */
export type KeptRows = {
  mark(playerId: string): Promise<Mark>;
  /** What changed after a place in the whole log. */
  keepings(playerId: string, after: number): Promise<Keepings>;
};

export const keptRowsIn = (pool: Pool): KeptRows => ({
  keepings: (playerId, after) => keepingsOf(pool, playerId, after),
  async mark(playerId) {
    const { rows } = await pool.query<{ tables: string; up_to: string }>({
      name: 'memories-mark',
      text: `
        select 'memories'::regclass::oid::text as tables, greatest(
          (select max(changed) from memories where player_id = $1),
          (select max(changed) from memory_uses where player_id = $1),
          (select max(changed) from memory_paths where player_id = $1),
          -1) as up_to`,
      values: [playerId],
    });
    return { tables: rows[0]!.tables, upTo: Number(rows[0]!.up_to) };
  },
});

export const CACHE_BYTES = 64 * 2 ** 20;
/** About what a player, an occurrence (with the words by which it is looked up) and so on take in memory. */
export const BYTES = { player: 1_000, occurrence: 2_500, use: 200, gone: 100, path: 2_000 };

/** What is kept of a player. */
export type Held = Mark & {
  memories: ReadonlyMap<string, Memory>;
  /** Ids of occurrences that are forgotten; also of what was lived in another game. */
  gone: ReadonlySet<string>;
  uses: ReadonlyMap<string, Keepings['uses'][number]>;
  paths: Keepings['paths'];
  /** The highest revision of all of them: later ones are the same moment. */
  newest: number;
  /** The latest time of all of them, likewise; ISO 8601. */
  latest: string;
  last: (Moment & { remembered: readonly Remembered[] }) | null;
};

/** @throws what the database throws. */
export type Minds = (playerId: string) => Promise<Held>;

/**
 * What is kept of players, the players who were asked about last being kept in memory. Each time the rows are asked first
 * whether anything changed, and what is new is read: so what was lived or forgotten a moment ago counts.
 */
export function openMinds(rows: KeptRows, cacheBytes = CACHE_BYTES): Minds {
  const cache = byteLru<Held>(cacheBytes);
  return async (playerId) => {
    const mark = await rows.mark(playerId);
    const known = cache.get(playerId);
    if (known && isSame(known, mark)) return known;
    const base = known?.tables === mark.tables && known.upTo <= mark.upTo ? known : nothing;
    // What is read may be newer than its mark: then the same is read once more the next time.
    const held = withNew(base, mark, await rows.keepings(playerId, base.upTo));
    cache.set(playerId, held, bytesOf(held));
    return held;
  };
}

const nothing: Held = {
  ...{ tables: '', upTo: -1, newest: -1, latest: '', last: null },
  ...{ memories: new Map(), gone: new Set<string>(), uses: new Map(), paths: [] },
};

const isSame = (one: Mark, other: Mark): boolean => one.tables === other.tables && one.upTo === other.upTo;

/** Others may be looking at what was held: it stays as it is. */
function withNew(held: Held, mark: Mark, { memories, gone, uses, paths }: Keepings): Held {
  const kept = new Map(held.memories);
  for (const memory of memories) kept.set(memory.id, memory);
  for (const id of gone) kept.delete(id);
  const used = new Map(held.uses);
  for (const use of uses) used.set(`${use.revision} ${use.memoryId}`, use);
  const turns = new Map([...held.paths, ...paths].map((path) => [path.revision, path]));
  const inOrder = [...turns.values()].sort((one, other) => one.revision - other.revision);
  let { newest, latest } = held;
  for (const { revision, at } of [...memories, ...uses, ...paths]) {
    newest = Math.max(newest, revision);
    if (at !== null) latest = later(at, latest);
  }
  const forgotten = gone.length === 0 ? held.gone : new Set([...held.gone, ...gone]);
  const all = { memories: kept, gone: forgotten, uses: used, paths: inOrder };
  return { ...mark, ...all, newest, latest, last: null };
}

const bytesOf = ({ memories, uses, gone, paths }: Held): number =>
  BYTES.player +
  BYTES.occurrence * memories.size +
  BYTES.use * uses.size +
  BYTES.gone * gone.size +
  BYTES.path * paths.length;

/** The last of all moments that are this one, as far as it counts for what is held. */
export const momentIn = ({ newest, latest }: Held, { revision, until }: Moment): Moment => ({
  revision: Math.min(revision, newest),
  until: until < latest ? until : latest,
});

/** As the rows are read from where they are kept. */
export const keepingsIn = ({
  memories,
  uses,
  paths,
}: Held): Pick<Keepings, 'memories' | 'uses' | 'paths'> => ({
  memories: [...memories.values()].sort((one, other) => one.revision - other.revision),
  uses: [...uses.values()],
  paths,
});

/** What a player remembers at a moment; of the same moment the same list. */
export function rememberedIn(held: Held, asked: Moment): readonly Remembered[] {
  const moment = momentIn(held, asked);
  if (held.last?.revision === moment.revision && held.last.until === moment.until)
    return held.last.remembered;
  const remembered = rememberedThen(keepingsIn(held), moment);
  held.last = { ...moment, remembered };
  return remembered;
}
