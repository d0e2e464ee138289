import { randomUUID } from 'node:crypto';
import type { Tracing } from '../../commands/tracing.js';
import type { Logger } from '../logger.js';
import type { Settings } from '../settings.js';

export const samplers = [
  ...(['always_on', 'always_off', 'traceidratio'] as const),
  ...(['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const),
] as const;

/** Plain data, for it goes to threads. */
export type TracingSetup = {
  service: string;
  /** Of this process. */
  instance: string;
  roles: readonly string[];
  sampler: (typeof samplers)[number];
  ratio: number;
};

export type OpenTracing = Tracing & { close(): Promise<void> };

/** `null`: nobody wants to know. */
export function tracingSetup(settings: Settings): TracingSetup | null {
  if (!settings.OTEL_EXPORTER_OTLP_ENDPOINT && !settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) return null;
  return {
    service: settings.OTEL_SERVICE_NAME,
    instance: randomUUID(),
    roles: settings.AGL_ROLES,
    sampler: settings.OTEL_TRACES_SAMPLER,
    ratio: settings.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** Loaded where it is wanted alone. */
export async function startTracing(setup: TracingSetup | null, logger: Logger): Promise<OpenTracing | null> {
  if (!setup) return null;
  const { openTracing } = await import('./tracing.otel.js');
  return openTracing(setup, ({ message }) => logger.warn({ error: message }, 'traces are lost'));
}
