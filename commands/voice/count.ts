import type { Acted } from '../../domain/companion/companion.js';
import type { LogEventOf } from '../../domain/events/log-events.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import type { Scene } from '../../domain/voice/scene.js';
import type { Delivery, StoredEvent } from '../../eventstore/log.js';
import type { About } from '../tracing.js';

/** A line as it is counted, by closed lists alone; `none` where there is no such thing. */
export type LineCount = {
  /** Where the words came from; `none`: nothing was said after all. */
  source: 'template' | 'llm' | 'cache' | 'none';
  /** `none`: a plain line, for which nobody was asked. */
  scene: Scene | 'none';
  /** Why the template stands in. */
  reason: LineFailure | 'none';
  /** Billionths of a US dollar. */
  cost: number;
  /** From when the line was begun until it was there; `null`: nobody waited. */
  latencyMs: number | null;
};

export type ToldLine = LogEventOf<'LineWritten' | 'LineFailed'>;

/** Told of each line once it is in the log; `told`: of one that was asked for and that somebody waited for. Has to be quick, and may not fail. */
export type CountLine = (line: LineCount, told?: ToldLine & { cause: StoredEvent }) => void;

/** A line that comes with its act, as nearly all do. */
export const plainLine: LineCount = {
  source: 'template',
  scene: 'none',
  reason: 'none',
  cost: 0,
  latencyMs: null,
};

/** What was said before this side was there is told by the read models. */
export function countPlain(count: CountLine, { event, retries }: Delivery, since: string): void {
  if (event.type !== 'CompanionActed' || retries > 0) return;
  // Others may write to this log as well.
  const { dialogue } = (event.data ?? {}) as Partial<Acted>;
  if (dialogue && (event.metadata?.recordedAt ?? '') >= since)
    count({ ...plainLine, source: dialogue.source });
}

export function countOf({ type, data }: ToldLine): LineCount {
  const { scene, cost, latencyMs } = data;
  if (type === 'LineWritten') return { source: data.dialogue.source, scene, reason: 'none', cost, latencyMs };
  const reason = data.reason as LineFailure;
  return { source: data.dialogue?.source ?? 'none', scene, reason, cost, latencyMs };
}

/** What a trace says of it. */
export function spanOfLine(told: ToldLine): About {
  const { source, scene, reason, cost } = countOf(told);
  return { source, scene, reason, costUsd: cost / 1e9 };
}
