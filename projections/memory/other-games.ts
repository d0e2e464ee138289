import type { Elsewhere, Remembered } from '../../domain/memory/memory.js';
import type { UseInPlace } from '../../domain/memory/remembered.js';
import { type Keepings, NOW, rememberedThen } from './rows.js';

/** What somebody asks of another game. */
export type LookBack = {
  elsewhere: Elsewhere;
  /** By the games' clocks, ISO 8601: nothing later. A revision of one stream says nothing in another. */
  until: string;
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
  const kept = {
    memories: memories.filter(({ id }) => !asking.gone.has(id)),
    uses: [...uses, ...asking.uses],
    paths,
  };
  return rememberedThen(kept, { ...NOW, until }).map((memory) => withoutIds(memory, elsewhere));
}

/** What is an id over there opens nothing here. */
function withoutIds({ facts, ...memory }: Remembered, elsewhere: Elsewhere): Remembered {
  const { matchId: _, ...known } = facts;
  return { ...memory, facts: known, sources: [], elsewhere };
}
