import type { RecallAsk, Recalled } from '../../domain/memory/recall.js';

/** What comes to mind, the likeliest first; `[]` where nothing does, or nobody can tell in time. */
export type RecallFor = (ask: RecallAsk) => Promise<readonly Recalled[]>;
