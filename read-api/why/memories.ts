import type { Language } from '../../domain/kernel/language.js';
import type { Elsewhere, Memory } from '../../domain/memory/memory.js';
import { sentenceOf } from '../../domain/memory/sentence.js';
import { isNotMade } from '../../projections/database.js';
import type { Opened } from '../answers/players.js';
import type { MemoryView } from '../answers/why.js';
import type { OpenedOf } from '../opening.js';
import type { FoundAct } from './found.js';

/** Memories by their ids, but for those that are forgotten. */
export type MemoriesOf = (memoryIds: readonly string[]) => Promise<ReadonlyMap<string, Known>>;
type Known = Pick<Memory, 'kind' | 'facts' | 'sealed'> & { elsewhere?: Elsewhere };

/** What the line speaks of, or what whoever wrote it was given, also where nothing came of it. */
export async function memoriesView(
  { memoriesOf, openedOf, playerId }: { memoriesOf: MemoriesOf; openedOf: OpenedOf; playerId: string },
  { acted, requested, outcome }: FoundAct,
): Promise<MemoryView[]> {
  const written = outcome?.type === 'LineWritten' ? outcome.data.recalled : undefined;
  const uses = written ?? acted.data.recalled ?? requested?.data.memories ?? [];
  if (uses.length === 0) return [];
  const memories = await memoriesOf(uses.map(({ memoryId }) => memoryId)).catch((error) => {
    if (isNotMade(error)) return null;
    throw error;
  });
  const opened = (sealed: string, elsewhere?: Elsewhere) => openedOf(elsewhere?.playerId ?? playerId, sealed);
  const { lang } = acted.data.dialogue ?? acted.data.asks!.fallback;
  return Promise.all(
    uses.map(async (use) => {
      const memory = memories?.get(use.memoryId);
      return memory ? { ...use, sentence: await told(memory, lang, opened) } : { ...use };
    }),
  );
}

type OpenedIn = (sealed: string, elsewhere?: Elsewhere) => Promise<Opened>;

async function told(memory: Known, lang: Language, opened: OpenedIn): Promise<string> {
  const said = memory.sealed === undefined ? null : await opened(memory.sealed, memory.elsewhere);
  return sentenceOf(memory, lang, said && 'text' in said ? said.text : null);
}
