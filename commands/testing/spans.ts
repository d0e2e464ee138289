import type { About, SpanName, Tracing } from '../tracing.js';

/** A piece of work that was traced, with what it was done because of; `about`: how it ended, if it did. */
export type KeptSpan = { name: SpanName; within: string | undefined; about?: About | undefined };

/** Tracing that keeps what it is told. What a span hands on is its name. */
export function keptSpans(): { tracing: Tracing; spans: KeptSpan[] } {
  const spans: KeptSpan[] = [];
  const begin: Tracing['enter'] = (name, within) => {
    const span: KeptSpan = { name, within };
    spans.push(span);
    return {
      traceparent: name,
      end(about = {}) {
        span.about = about;
      },
    };
  };
  const within: Tracing['within'] = (name, parent) => (parent === undefined ? null : begin(name, parent));
  return { tracing: { enter: begin, within }, spans };
}
