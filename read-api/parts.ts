import type { Pool } from 'pg';
import type { Caller } from '../domain/access/caller.js';
import type { Persona } from '../domain/kernel/language.js';
import type { Rejection } from '../domain/kernel/rejection.js';
import type { MemoryKind } from '../domain/memory/memory.js';
import type { Recalled } from '../domain/memory/recall.js';
import type { SaidLine } from '../domain/voice/speech.js';
import type { ProjectionsView } from '../projections/runner.js';
import { type RecordSources, Records } from './records/records.js';

/** Injection token of what questions are given. */
export const READ_PARTS = 'read-api parts';

export type Headers = Record<string, string | string[] | undefined>;

/** What reacts to the log, however many instances share the work. */
export type ReactorStatus = {
  name: string;
  /** Place in the log up to which everything was reacted to; `null` while the log cannot be asked. */
  position: number | null;
  /** Events given to an instance, or waiting for one. */
  inFlight: number;
  /** Events put aside because they could not be reacted to: `agl parked` shows them. */
  parked: number;
  instances: number;
};

/** What is heard of a line. */
export type Sound = { audio: Buffer; mime: string };
/** An event as the log has it. `position` is `null` where a server does not tell it. */
export type LoggedEvent = {
  id: string;
  stream: string;
  revision: number;
  position: number | null;
  type: string;
  data: unknown;
  metadata: { $correlationId: string; recordedAt: string; gameId?: string };
};

/** The events of one stream, of which `from` is the first revision; none of a stream that there is not. */
export type History = (
  stream: string,
  options?: { from?: number; backwards?: boolean; max?: number },
) => AsyncIterable<LoggedEvent>;

/** What is looked for among a player's memories, in words; `at`: as it was then, in the game's time. */
export type MemoryAsk = { playerId: string; q: string; at?: string; kind?: MemoryKind; limit: number };

/** What the read side is given. */
export type ReadApiParts = {
  pool: Pool;
  /** Where `pool` asks a copy: the one that is written. */
  writes: Pool;
  projections: ProjectionsView;
  /** How far the database is that `pool` asks: it may be a copy that follows the one that is written. */
  fresh: Pick<ProjectionsView, 'caughtUp' | 'caughtUpWithLog'>;
  /** What comes to a companion's mind, the likeliest first. @throws what the database throws */
  recalled(ask: MemoryAsk): Promise<readonly Recalled[]>;
  /** The log itself, for what read models no longer have. */
  history: History;
  reactors(): Promise<ReactorStatus[]>;
  /** Who sends these headers, or why nobody is let in. */
  authenticate(headers: Headers): Promise<Caller | Rejection>;
  /** The text of a person's sealed text; `null` when the key that opens it is gone. */
  openSealed(subject: string, sealed: string): Promise<string | null>;
  /** How many events a client's players may send in a month; `null` while that cannot be known. */
  quota(clientId: string): Promise<number | null>;
  /** What was said with an action, open; `null` when nothing was, or it cannot be had any more. */
  lineOf(action: { playerId: string; actionId: string }): Promise<SaidLine | null>;
  /** A line as a persona speaks it, or why not now; `null`: nobody speaks here. */
  soundOf: ((line: SaidLine & { persona: Persona }) => Promise<Sound | Rejection>) | null;
};

/** What questions are given: of what is known of clients and players, only what their callers reach. */
export type QuestionParts = Omit<ReadApiParts, keyof RecordSources> & { records: Records };

export function questionParts({
  pool,
  writes,
  history,
  recalled,
  lineOf,
  ...parts
}: ReadApiParts): QuestionParts {
  return { ...parts, records: new Records({ pool, writes, history, recalled, lineOf }) };
}
