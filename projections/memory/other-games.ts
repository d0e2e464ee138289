import type { Elsewhere, Remembered } from '../../domain/memory/memory.js';
import { rememberedOf, type UseInPlace } from '../../domain/memory/remembered.js';
import type { Keepings } from './rows.js';

const ALL = Number.MAX_SAFE_INTEGER;

/** What somebody asks of another game. */
export type LookBack = {
  elsewhere: Elsewhere;
  /** In milliseconds since 1970, by the games' clocks: nothing later. A revision of one stream says nothing in another. */
  until: number;
  /** When what is remembered came to mind in the game that asks. */
  uses: readonly UseInPlace[];
  /** Occurrences that are not to come to mind in the game that asks. */
  gone: ReadonlySet<string>;
};

/** What is remembered of the same person in another game, along its own line of play, as of a time; counted. */
export function rememberedElsewhere(
  { memories, uses, paths }: Pick<Keepings, 'memories' | 'uses' | 'paths'>,
  { elsewhere, until, ...asking }: LookBack,
): Remembered[] {
  const isThen = ({ at }: { at: string | null }) => at === null || Date.parse(at) <= until;
  const lived = memories.filter((memory) => isThen(memory) && !asking.gone.has(memory.id));
  const used = [...uses, ...asking.uses].filter(isThen).map((use) => ({ ...use, revision: 0 }));
  const path = paths.findLast(isThen)?.path ?? null;
  return rememberedOf(lived, used, { revision: ALL, path }).map((memory) => withoutIds(memory, elsewhere));
}

/** What is an id over there opens nothing here. */
function withoutIds({ facts, ...memory }: Remembered, elsewhere: Elsewhere): Remembered {
  const { matchId: _, ...known } = facts;
  return { ...memory, facts: known, sources: [], elsewhere };
}
