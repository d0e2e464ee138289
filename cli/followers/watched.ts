import type { RecallFor } from '../../commands/memory/recall-for.js';
import type { ReactorParts } from '../../commands/reactors/companion-reactor.js';
import { happenedIn } from '../../commands/reactors/felt.js';
import { type Tracing, traceIdOf, untraced } from '../../commands/tracing.js';
import type { CountLine } from '../../commands/voice/count.js';
import type { EventLog } from '../../eventstore/log.js';
import type { Pool } from '../../projections/database.js';
import type { Logger } from '../logger.js';
import type { MemorySide } from '../memory.js';
import { openCounting } from '../observe/counting.js';
import type { Metrics } from '../observe/registries.js';
import { watchResources } from '../observe/resources.js';
import { timed } from '../observe/timed.js';
import { tellingBy } from '../observe/told.js';
import { countLines } from './line-metrics.js';
import type { Reacting } from './reacting.js';

/** What there is to be seen of this side: each part tells here what it does, and it goes to metrics and logs. */
export type Watched = ReturnType<typeof openWatched>;

export function openWatched(tracing: Tracing | null) {
  const { watch, metrics } = openCounting();
  const lines = countLines();
  const traced = tracing ?? untraced;
  return {
    tracing: traced,
    timed: (log: EventLog) => timed(log, (ms) => watch.took('append_derived', ms)),
    reactor: (logger: Logger): Pick<ReactorParts, 'felt' | 'parked'> => ({
      felt: feltBy(watch, logger),
      parked: () => watch.ended('emotion', 'parked'),
    }),
    count: (logger: Logger): CountLine => countBy({ watch, count: lines.count }, logger),
    recallFor: (recallFor: RecallFor): RecallFor => recalledBy({ watch, tracing: traced }, recallFor),
    metrics: ({ pool, memory, reacting }: Sources): Metrics => {
      const resources = watchResources({
        thread: 'followers',
        pools: { followers: pool },
        caches: { ...memory.caches, ...reacting?.caches },
        redis: reacting?.redis,
      });
      const all = reacting ? [metrics, lines.metrics, resources] : [metrics, resources];
      return async () => (await Promise.all(all.map((told) => told()))).flat();
    },
  };
}

type Sources = { pool: Pool; memory: MemorySide; reacting: Reacting | null };
type Watch = ReturnType<typeof openCounting>['watch'];

function feltBy(watch: Watch, logger: Logger): NonNullable<ReactorParts['felt']> {
  const tell = tellingBy(logger);
  return ({ event, acted, waitedMs, tookMs }) => {
    watch.ended('emotion', 'ok');
    // What was imported happened long ago.
    if (event.metadata.imported) return;
    watch.took('to_feel', waitedMs);
    watch.took('feel', tookMs);
    if (!acted) return;
    const { emotion, action } = acted;
    tell({
      event_type: happenedIn(event),
      stream: event.stream,
      emotion: emotion.label,
      confidence: emotion.confidence,
      action,
      latency_ms: waitedMs + tookMs,
      trace_id: traceIdOf(event.metadata),
    });
  };
}

function countBy({ watch, count }: { watch: Watch; count: CountLine }, logger: Logger): CountLine {
  const tell = tellingBy(logger);
  return (line, told) => {
    count(line);
    if (line.scene !== 'none') watch.ended('dialogue', line.reason === 'none' ? 'ok' : line.reason);
    if (!told) return;
    const { type, data, cause } = told;
    tell({
      event_type: type,
      stream: cause.stream,
      emotion: data.emotion.label,
      confidence: data.emotion.confidence,
      ...{ scene: line.scene, source: line.source, reason: line.reason, cost_usd: line.cost / 1e9 },
      latency_ms: data.latencyMs,
      trace_id: traceIdOf(cause.metadata),
    });
  };
}

/** Who asks sets the time: what comes later comes to nobody. */
const recalledBy =
  ({ watch, tracing }: { watch: Watch; tracing: Tracing }, recallFor: RecallFor): RecallFor =>
  async (ask) => {
    const since = performance.now();
    const span = tracing.within('recall', ask.traceparent);
    const ended = (outcome: 'ok' | 'late' | 'failed', found = 0) => {
      watch.took('recall', performance.now() - since);
      watch.ended('memory', outcome);
      span?.end({ outcome, found });
    };
    try {
      const recalled = await recallFor(ask);
      ended(ask.signal?.aborted ? 'late' : 'ok', recalled.length);
      return recalled;
    } catch (error) {
      ended('failed');
      throw error;
    }
  };
