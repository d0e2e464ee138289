import type { Language } from '../../domain/kernel/language.js';
import type { Memory } from '../../domain/memory/memory.js';
import type { Use } from '../../domain/memory/recall.js';
import { sentenceOf } from '../../domain/memory/sentence.js';
import { isNotMade } from '../../projections/database.js';
import type { Opening } from '../opening.js';
import type { FoundAct } from './found.js';

/** A memory that a line was given. Without a sentence: it is forgotten, or cannot be had. */
export type MemoryView = Use & { sentence?: string };

/** Memories by their ids, but for those that are forgotten. */
export type MemoriesOf = (memoryIds: readonly string[]) => Promise<ReadonlyMap<string, Known>>;
type Known = Pick<Memory, 'kind' | 'facts' | 'sealed'>;

/** What the line speaks of, or what whoever wrote it was given, also where nothing came of it. */
export async function memoriesView(
  { memoriesOf, opening }: { memoriesOf: MemoriesOf; opening: Opening },
  { acted, requested, outcome }: FoundAct,
): Promise<MemoryView[]> {
  const written = outcome?.type === 'LineWritten' ? outcome.data.recalled : undefined;
  const uses = written ?? acted.data.recalled ?? requested?.data.memories ?? [];
  if (uses.length === 0) return [];
  const memories = await memoriesOf(uses.map(({ memoryId }) => memoryId)).catch((error) => {
    if (isNotMade(error)) return null;
    throw error;
  });
  const { lang } = acted.data.dialogue ?? acted.data.asks!.fallback;
  return Promise.all(
    uses.map(async (use) => {
      const memory = memories?.get(use.memoryId);
      return memory ? { ...use, sentence: await told(memory, lang, opening) } : { ...use };
    }),
  );
}

async function told(memory: Known, lang: Language, opening: Opening): Promise<string> {
  const said = memory.sealed === undefined ? null : await opening.opened(memory.sealed);
  return sentenceOf(memory, lang, said && 'text' in said ? said.text : null);
}
