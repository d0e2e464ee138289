import type { Language } from '../../domain/kernel/language.js';
import type { Use } from '../../domain/memory/recall.js';
import { sentenceOf } from '../../domain/memory/sentence.js';
import { isNotMade } from '../../projections/database.js';
import type { Opening } from '../opening.js';
import type { ReadApiParts } from '../parts.js';
import type { FoundAct } from './found.js';

/** A memory that a line was given. Without a sentence: it is forgotten, or cannot be had. */
export type MemoryView = Use & { sentence?: string };

type Parts = Pick<ReadApiParts, 'memoriesOf'> & { opening: Opening; playerId: string };

/** What the line speaks of, or what whoever wrote it was given, also where nothing came of it. */
export async function memoriesView(
  { memoriesOf, opening, playerId }: Parts,
  { acted, requested, outcome }: FoundAct,
): Promise<MemoryView[]> {
  const written = outcome?.type === 'LineWritten' ? outcome.data.recalled : undefined;
  const uses = written ?? acted.data.recalled ?? requested?.data.memories ?? [];
  if (uses.length === 0 || !memoriesOf) return [...uses];
  const memoryIds = uses.map(({ memoryId }) => memoryId);
  const memories = await memoriesOf({ playerId, memoryIds }).catch((error) => {
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

type Memories = Awaited<ReturnType<NonNullable<ReadApiParts['memoriesOf']>>>;
type Known = Memories extends ReadonlyMap<string, infer One> ? One : never;

async function told(memory: Known, lang: Language, opening: Opening): Promise<string> {
  const said = memory.sealed === undefined ? null : await opening.opened(memory.sealed);
  return sentenceOf(memory, lang, said && 'text' in said ? said.text : null);
}
