import { Registry } from 'prom-client';
import type { WriteSide } from '../../commands/context.js';
import type { Push } from '../../gateway/ws/push.js';
import type { Logger } from '../logger.js';
import type { Settings } from '../settings.js';
import type { Stores } from '../stores.js';
import { openCounting } from './counting.js';
import { watchDoings } from './doings.js';
import type { Metrics } from './registries.js';
import { type Resources, watchDisk, watchResources } from './resources.js';
import { startTracing, tracingSetup } from './tracing.js';

/** What there is to be seen of the side that serves. */
export type Observing = Awaited<ReturnType<typeof openObserving>>;

type Seen = Pick<Resources, 'caches' | 'redis'> & { side: WriteSide; push: Push; stores: Stores };

export async function openObserving(settings: Settings, logger: Logger) {
  const setup = tracingSetup(settings);
  const tracing = await startTracing(setup, logger);
  const { watch, metrics } = openCounting();
  return {
    watch,
    tracing,
    setup,
    /** All of it, each told by itself. */
    metricsOf({ side, push, stores, caches, redis }: Seen): Metrics[] {
      const registry = new Registry();
      watchDisk(registry, settings.AGL_DATA_DIR);
      watchDoings(registry, { side, push });
      const { pool, reads } = stores;
      const pools = { main: pool, ...(reads !== pool && { replica: reads }) };
      const resources = watchResources({ thread: 'main', pools, caches, redis });
      return [metrics, resources, () => registry.getMetricsAsJSON()];
    },
    close: async () => tracing?.close(),
  };
}
