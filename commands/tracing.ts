/** What is done for a frame, in the order in which one leads to the other. */
export type SpanName = 'frame' | 'append' | 'feel' | 'recall' | 'choose line' | 'write line' | 'push';

/** What is known of it; never of a person. */
export type About = Record<string, string | number | boolean | undefined>;

/** A piece of work that is traced. */
export type Span = {
  /** W3C Trace Context: what is done because of it begins with this. */
  readonly traceparent: string;
  end(about?: About): void;
};

/** Where nothing is traced, nothing is made: both answer `null`. */
export type Tracing = {
  /** Something came from outside, with the trace it is part of or none. */
  enter(name: SpanName, traceparent?: string): Span | null;
  /** Something is done because of what is traced. */
  within(name: SpanName, traceparent: string | undefined): Span | null;
};

export const untraced: Tracing = { enter: () => null, within: () => null };

/** Version 00 of W3C Trace Context, of a trace that is kept. */
export const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export const traceIdOf = ({ traceparent }: { traceparent?: unknown }): string | undefined =>
  typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
