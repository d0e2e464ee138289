import type { Delays } from '../statistics.js';
import type { Crowd } from './crowd.js';

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

/** Whoever enters stays until all leave. */
export type CrowdJob =
  | { kind: 'crowd-enters'; url: string; tokens: string[] }
  | (Timing & { kind: 'crowd-plays'; perSecond: number; story: Story })
  | { kind: 'crowd-leaves' };

/** Frames of `size` events, or pings, one for each answer; the echo takes no token, but as many lanes. */
export type TurnsJob = Timing & {
  kind: 'turns';
  at: 'gateway' | 'echo';
  frames: 'events' | 'pings';
  size: number;
  window: number;
  url: string;
  tokens: readonly string[];
};

/** A number of events, then it ends: fills a log. */
export type FillJob = { kind: 'fill'; url: string; tokens: string[]; events: number; size: number };

/** The official client on a log of its own, with plain events of one size. */
export type LogJob =
  | (Timing & { kind: 'log-append'; url: string; lanes: number; size: number })
  | { kind: 'log-read'; url: string; how: 'readAll' | 'catchUp'; events: number }
  | { kind: 'log-group'; url: string; events: number }
  | (Timing & { kind: 'log-live'; url: string; perSecond: number })
  | (Timing & { kind: 'log-in-turn'; url: string });

/** One commit on the disk after the other, each asked for by a byte from another process: no client, no engine. */
export type DiskJob = Timing & { kind: 'disk'; port: number };

/** The engine of the embedded node in the load process itself, without client and wire. */
export type EngineJob =
  | (Timing & { kind: 'engine-figures'; dir: string })
  | { kind: 'engine-curve'; dir: string; marks: number[] }
  | { kind: 'engine-streams'; dir: string; marks: number[] };

/** Read models: from a log that holds the simulated history into a migrated database. */
export type ReadModelsJob =
  | { kind: 'history'; dir: string; events: number }
  /** What so many players remember, and one who remembers much. */
  | { kind: 'memories'; database: string; players: number; memories: number }
  /** All of them from nothing. `upTo`: only the events up to that position. */
  | { kind: 'rebuild'; log: string; database: string; upTo?: number }
  /** Bare rows through one connection into a table without index. */
  | { kind: 'copy-rows'; database: string; rows: number }
  /** Follows the log from then on, as long as its process lives. */
  | { kind: 'follow'; log: string; database: string }
  /** Appends the history, event by event, from its event `from` on, and looks when rows are there. */
  | (Timing & { kind: 'rows-live'; log: string; database: string; perSecond: number; from: number });

/** `cpuUs`: processor time of the load process for each event. */
export type Rate = { events: number; perSecond: number; cpuUs: number };
/** Appends a second with one and with 256 under way; events a second in appends of 100, and read. */
export type EngineFigures = { single: Rate; many: Rate; batched: Rate; read: Rate };
/** What one append costs on a log that holds so many events; memory of the process's own, without mapped files. */
export type CurvePoint = { events: number; appendUs: number; cpuUs: number; memoryMiB: number };
export type Curve = { points: CurvePoint[]; fileMiB: number; openMs: number };
export type StreamsPoint = { streams: number; memoryMiB: number };

/** When so many events were in the tables, in seconds from the beginning. */
export type Mark = { events: number; seconds: number };
/** `events` read from the log, and the seconds that all of it took, and parts of it. */
export type Built = Rate & {
  seconds: { all: number; reading: number; indexing: number; switching: number };
  marks: Mark[];
};
/** `lag`: from the acknowledgement of an append until its rows can be read. `late`: from the due time to the sending. */
export type RowsLive = { sent: number; ack: Delays; lag: Delays; late: Delays };

export type Job =
  | ClosedJob
  | OpenJob
  | CrowdJob
  | TurnsJob
  | FillJob
  | LogJob
  | DiskJob
  | EngineJob
  | ReadModelsJob;

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

type ResultOfLog<J extends LogJob> = J extends { kind: 'log-live' | 'log-in-turn' } ? OpenResult : Rate;
type ResultOfEngine<J extends EngineJob> = J extends { kind: 'engine-figures' }
  ? EngineFigures
  : J extends { kind: 'engine-curve' }
    ? Curve
    : StreamsPoint[];
type ResultOfReadModels<J extends ReadModelsJob> = J extends { kind: 'rebuild' }
  ? Built
  : J extends { kind: 'rows-live' }
    ? RowsLive
    : J extends { kind: 'follow' }
      ? null
      : Rate;
export type ResultOf<J extends Job> = J extends OpenJob | { kind: 'crowd-plays' }
  ? OpenResult
  : J extends CrowdJob
    ? Crowd
    : J extends LogJob
      ? ResultOfLog<J>
      : J extends DiskJob
        ? Rate
        : J extends EngineJob
          ? ResultOfEngine<J>
          : J extends ReadModelsJob
            ? ResultOfReadModels<J>
            : Throughput;
type LogResult = Rate | EngineFigures | Curve | StreamsPoint[];
export type Result = Throughput | Crowd | OpenResult | LogResult | Built | RowsLive | null;
export type Reply = { result: Result } | { failed: string };
