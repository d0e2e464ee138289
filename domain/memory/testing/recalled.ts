import type { Remembered } from '../memory.js';
import type { Recalled } from '../recall.js';

/** Something that came to mind: a five-kill streak as Jinx, unless it is told otherwise. */
export function aRecalled({ score = 0.5, ...over }: Partial<Remembered> & { score?: number } = {}): Recalled {
  const lastAt = over.lastAt ?? '2026-01-01T00:00:00.000Z';
  const memory: Remembered = {
    memoryId: 'a-memory',
    key: 'multi_kill/5/Jinx',
    kind: 'moment',
    facts: { what: 'player.multi_kill', hero: 'Jinx', killCount: 5 },
    importance: 0.8,
    parts: { base: 0.5, achievement: 0.3 },
    felt: { label: 'excited', intensity: 0.8 },
    lang: 'en',
    sources: ['an-event'],
    count: 1,
    firstAt: lastAt,
    lastAt,
    revisions: [3, 3],
    recalledAt: null,
    ...over,
  };
  return { memory, score, parts: { relevance: 1, importance: 0.8, recency: 0.8, boost: 1 }, shares: [] };
}
