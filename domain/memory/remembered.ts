import { type AsOf, isOn } from './branch.js';
import type { Memory, MemoryKind, Remembered } from './memory.js';

/** That a memory was used, in its place. `memoryId`: of whichever of its occurrences. */
export type UseInPlace = { memoryId: string; at: string; revision: number };

/**
 * Occurrences as memories that are counted, in the order of their first ones: those of a key that a moment looks back
 * upon are one.
 */
export function rememberedOf(
  occurrences: readonly Memory[],
  uses: readonly UseInPlace[],
  { revision, path }: AsOf,
): Remembered[] {
  const groups = new Map<string, Memory[]>();
  for (const memory of occurrences) {
    const seen = path === null ? memory.revision <= revision : isOn(path, memory, revision);
    if (!seen) continue;
    const group = groups.get(memory.key);
    if (group) group.push(memory);
    else groups.set(memory.key, [memory]);
  }
  const lastUsed = new Map<string, string>();
  for (const use of uses) {
    if (use.revision > revision) continue;
    const before = lastUsed.get(use.memoryId);
    if (before === undefined || before < use.at) lastUsed.set(use.memoryId, use.at);
  }
  return [...groups.values()].map((group) => counted(group.sort(byRevision), lastUsed));
}

const byRevision = (one: Memory, other: Memory) => one.revision - other.revision;

/** It is spoken of as it was the last time; it is as important as it ever was. */
function counted(group: readonly Memory[], lastUsed: ReadonlyMap<string, string>): Remembered {
  const [first, last] = [group[0]!, group.at(-1)!];
  const greatest = group.reduce((one, other) => (other.importance > one.importance ? other : one));
  const used = group.flatMap(({ id }) => lastUsed.get(id) ?? []).sort();
  const times = group.map(({ at }) => at).sort();
  // Field by field: spreading thousands of them takes longer than all the rest.
  return {
    memoryId: first.id,
    key: last.key,
    kind: kindOf(group),
    facts: last.facts,
    importance: greatest.importance,
    parts: greatest.parts,
    felt: last.felt,
    lang: last.lang,
    ...(last.sealed !== undefined && { sealed: last.sealed }),
    count: group.length,
    firstAt: times[0]!,
    lastAt: times.at(-1)!,
    revisions: [first.revision, last.revision],
    sources: [...new Set(group.flatMap(({ sources }) => sources))].slice(-SOURCES_MAX),
    recalledAt: used.at(-1) ?? null,
  };
}

const SOURCES_MAX = 16;

/** A feat that was a first is one for ever; that it was once a record is not. */
function kindOf(group: readonly Memory[]): MemoryKind {
  const { kind } = group[0]!;
  if (kind === 'first' || group.every((memory) => memory.kind === kind)) return kind;
  return group.some((memory) => memory.kind === 'first') ? 'first' : 'moment';
}
