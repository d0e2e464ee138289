import type { RecallAsk, Recalled } from '../../domain/memory/recall.js';

/** What comes to mind, the likeliest first; `[]` where nothing does, or nobody can tell in time. */
export type RecallFor = (ask: TracedAsk) => Promise<readonly Recalled[]>;

/** `traceparent`: of what is done with it, where that is traced. */
export type TracedAsk = RecallAsk & { traceparent?: string | undefined };
