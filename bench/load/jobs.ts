import type { Delays } from '../statistics.js';

/** What a load process is told to do, and what it answers. Plain JSON: it goes over IPC. */
export type Timing = {
  /** Runs, but does not count: connections, just-in-time compilation, caches. */
  warmUpMs: number;
  measureMs: number;
};

/**
 * As much as the other side takes: every lane (a connection, or a stream) has `window` requests of `size`
 * events under way, always.
 */
export type ClosedJob = Timing & { size: number; window: number } & (
    | { kind: 'gateway-closed'; url: string; tokens: string[] }
    | { kind: 'bare-closed'; url: string; lanes: number }
  );

/** What is sent: events that a companion always answers, or those of whole matches. */
export type Story = 'answered' | 'match';

/** Single events at fixed times, whatever the other side does, over the lanes in turns. */
export type OpenJob = Timing & { perSecond: number; story: Story } & (
    | { kind: 'gateway-open'; url: string; tokens: string[] }
    | { kind: 'bare-open'; url: string; lanes: number }
    | { kind: 'echo-open'; url: string; lanes: number }
  );

/** A number of events, then it ends: fills a log. */
export type FillJob = { kind: 'fill'; url: string; tokens: string[]; events: number; size: number };

export type Job = ClosedJob | OpenJob | FillJob;

/** `events` acknowledged in `seconds`; `actions` that came back meanwhile; frames told to come again later. */
export type Throughput = {
  events: number;
  seconds: number;
  perSecond: number;
  actions: number;
  refused: number;
};

/** `answer`: from the sending to the acknowledgement, or the echo. `late`: from the due time to the sending. */
export type OpenResult = {
  sent: number;
  /** Told to come again later: they have no answer. */
  refused: number;
  answer: Delays;
  late: Delays;
  /** From the sending of an event to the action it caused; `null` where there was none. */
  action: Delays | null;
};

export type ResultOf<J extends Job> = J extends OpenJob ? OpenResult : Throughput;
export type Reply = { result: Throughput | OpenResult } | { failed: string };
