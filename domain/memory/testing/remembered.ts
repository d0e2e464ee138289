import type { Remembered } from '../memory.js';

/** A memory of a pentakill with Jinx on 2026-03-01, but for what is given. */
export const remembered = (given: Partial<Remembered> = {}): Remembered => {
  const lastAt = given.lastAt ?? given.firstAt ?? '2026-03-01T20:00:00.000Z';
  return {
    memoryId: given.key ?? 'm1',
    key: 'multi_kill/5/Jinx',
    kind: 'moment',
    facts: { what: 'player.multi_kill', hero: 'Jinx', killCount: 5 },
    importance: 0.9,
    parts: { base: 0.5, achievement: 0.3, intensity: 0.1 },
    felt: { label: 'excited', intensity: 0.5 },
    lang: 'en',
    sources: ['e1'],
    count: 1,
    firstAt: lastAt,
    lastAt,
    revisions: [1, 1],
    recalledAt: null,
    ...given,
  };
};
