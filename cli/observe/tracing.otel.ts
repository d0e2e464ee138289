import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import { type About, type SpanName, TRACEPARENT, type Tracing } from '../../commands/tracing.js';
import type { OpenTracing, TracingSetup } from './tracing.js';

const kinds: Record<SpanName, SpanKind> = {
  frame: SpanKind.SERVER,
  append: SpanKind.CLIENT,
  feel: SpanKind.CONSUMER,
  recall: SpanKind.INTERNAL,
  'choose line': SpanKind.INTERNAL,
  'write line': SpanKind.CONSUMER,
  push: SpanKind.PRODUCER,
};

const SAMPLED = 1;

/** Spans by OTLP over HTTP, to where the standard's environment says (OTEL_EXPORTER_OTLP_*, OTEL_BSP_*). */
export function openTracing(setup: TracingSetup, warn: (error: Error) => void): OpenTracing {
  const unlessGiven = resourceFromAttributes({
    'service.name': setup.service,
    'service.instance.id': setup.instance,
    'agl.roles': setup.roles.join(','),
  });
  const provider = new BasicTracerProvider({
    resource: unlessGiven.merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(setup),
    spanProcessors: [new BatchSpanProcessor(tellingOnce(new OTLPTraceExporter(), warn))],
  });
  const tracer = provider.getTracer('agl');
  const begin: Tracing['enter'] = (name, traceparent) => {
    const context = contextOf(traceparent);
    const span = tracer.startSpan(name, { kind: kinds[name] }, context);
    if (!span.isRecording()) return null;
    const { traceId, spanId } = span.spanContext();
    return {
      traceparent: `00-${traceId}-${spanId}-01`,
      end(about = {}) {
        for (const [key, value] of Object.entries(about))
          if (value !== undefined) span.setAttribute(`agl.${key}`, value);
        if (isFault(about)) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      },
    };
  };
  return {
    enter: begin,
    within: (name, traceparent) => (isKept(traceparent) ? begin(name, traceparent) : null),
    close: () => provider.shutdown(),
  };
}

function contextOf(traceparent: string | undefined) {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId) return ROOT_CONTEXT;
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags!, 16) & SAMPLED, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, parent);
}

/** What was decided where the trace began holds for all that is part of it. Others may have written to the log too. */
const isKept = (traceparent: string | undefined): boolean =>
  typeof traceparent === 'string' &&
  (Number.parseInt(TRACEPARENT.exec(traceparent)?.[3] ?? '0', 16) & SAMPLED) === SAMPLED;

const faults = new Set<About[string]>(['internal', 'unavailable', 'failed']);
const isFault = ({ outcome }: About): boolean => faults.has(outcome);

function samplerOf({ sampler, ratio }: TracingSetup): Sampler {
  const [kind, isOfParent] = [sampler.replace('parentbased_', ''), sampler.startsWith('parentbased_')];
  const root =
    kind === 'always_on'
      ? new AlwaysOnSampler()
      : kind === 'always_off'
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio);
  return isOfParent ? new ParentBasedSampler({ root }) : root;
}

/** A collector that is away is no trouble of the engine: said once, and spans are lost meanwhile. */
function tellingOnce(exporter: SpanExporter, warn: (error: Error) => void): SpanExporter {
  let failing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error && !failing) warn(result.error);
        failing = result.error !== undefined;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
