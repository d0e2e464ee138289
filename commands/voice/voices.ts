import type { Acted } from '../../domain/companion/companion.js';
import type { LogEvent, LogEventData } from '../../domain/events/log-events.js';
import { readLogEvent } from '../../domain/events/read.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import type { ModelId } from '../../domain/voice/prices.js';
import {
  type EventLog,
  type Group,
  LogUnavailable,
  type PlacedEvent,
  type StoredEvent,
} from '../../eventstore/log.js';
import { startConsuming } from '../consuming.js';
import { recallInTime } from '../memory/in-time.js';
import type { RecallFor } from '../memory/recall-for.js';
import { PersonErased, type Sealer } from '../person-keys/sealer.js';
import type { Tracing } from '../tracing.js';
import type { Accounts } from './accounts.js';
import type { WaitingLines } from './batches.js';
import type { VoiceHealth } from './breaker.js';
import { briefingFor } from './briefing.js';
import { type CountLine, countOf, countPlain, spanOfLine } from './count.js';
import type { Games } from './games.js';
import { inTime } from './in-time.js';
import type { LineCache } from './line-cache.js';
import type { LineWriter } from './line-writer.js';
import type { LineTask } from './order.js';
import { patiently } from './patiently.js';
import type { Requested } from './put-aside.js';
import { rememberedFor } from './remembered.js';
import { appendFor, sealed } from './telling.js';
import { failure, type LineOutcome, writeLine } from './write-line.js';

/** Tells a player's connections of a line that is being written; nobody has to hear it. */
export type Whisper = (playerId: string, frame: object) => void;

export type VoiceParts = {
  log: EventLog;
  /** Where what happened right before a line is read; the log when not given. */
  recent?: Pick<EventLog, 'readStream'>;
  sealer: Sealer;
  games: Games;
  accounts: Accounts;
  cache: LineCache;
  /** `null`: nobody writes here, templates alone are said. */
  writer: { write: LineWriter; health(): VoiceHealth } | null;
  /** The engine's model, where a game names none. */
  model?: ModelId;
  /** Turns a prompt's hash into what the log calls it. */
  markKey?: string | Uint8Array;
  whisper?: Whisper;
  /** What comes to mind; without it lines are written without memories. */
  recallFor?: RecallFor;
  /** Where lines go that nobody waits for. */
  later?: Pick<WaitingLines, 'add'>;
  count?: CountLine;
  tracing?: Tracing;
  now: () => Date;
  warn: (message: string, error: unknown) => void;
};

/** Instances share the acts that ask for a line. */
export const VOICES: Group = { name: 'voices', types: 'CompanionActed' };

/** The line is there this long after the act, or the template is. */
export const LINE_WITHIN_MS = 3_000;
/** Of it, what remembering may take. */
const RECALL_WITHIN_MS = 400;
/** Of it, what storing and pushing the template may take. */
const MARGIN_MS = 250;
/** Acts on loan: those that wait for a line, and those that pass by. */
const IN_FLIGHT = 1_024;

export type Voices = { stop(): Promise<void> };

/**
 * The voice reactor: has a line written for each act that asks for one, and appends it as `LineWritten`, or why there is
 * none as `LineFailed`, with the template that stands in. What is given again is answered once, since the id of the
 * outcome is derived from the act.
 */
export function startVoices(given: VoiceParts): Voices {
  const recallFor = recallInTime(given.recallFor, { withinMs: RECALL_WITHIN_MS, warn: given.warn });
  const parts = { ...given, recallFor };
  const since = parts.now().toISOString();
  const consuming = { log: parts.log, group: VOICES, inFlight: IN_FLIGHT, warn: parts.warn };
  return startConsuming(consuming, async (delivery, signal) => {
    if (parts.count) countPlain(parts.count, delivery, since);
    const { event } = delivery;
    const acted = actIn(event);
    if (acted) await answer(parts, { event, acted, signal });
  });
}

/** The act that asks for a line, if the event is one. */
export function actIn(event: StoredEvent): LineTask['acted'] | null {
  if (event.type !== 'CompanionActed' || !(event.data as Acted).asks) return null;
  return (readLogEvent(event) as { data: LineTask['acted'] } | null)?.data ?? null;
}

type Asking = {
  event: PlacedEvent;
  acted: LineTask['acted'];
  signal: AbortSignal;
  traceparent?: string | undefined;
};

async function answer(parts: VoiceParts, { event, acted, signal }: Asking): Promise<void> {
  const { stream } = event;
  const requestId = derivedId(acted.actionId, 'line-request');
  const outcomeId = derivedId(acted.actionId, 'line');
  const span = parts.tracing?.within('write line', event.metadata.traceparent);
  const traceparent = span?.traceparent;
  const append = (id: string, told: LogEvent) =>
    appendFor(parts, { cause: event, event: { id, ...told }, signal, traceparent });
  const tell = async (outcome: LineOutcome) => {
    const told = await sealed(parts, stream, outcome);
    await append(outcomeId, told);
    parts.count?.(countOf(told), { ...told, cause: event });
    span?.end(spanOfLine(told));
  };
  const failed = (reason: LineFailure, spent: Spent = {}) => tell(failure({ acted }, reason, spent));
  const done = await doneSince(parts.log, event, { requestId, outcomeId });
  if (done === 'answered') return;
  if (acted.asks.scene === 'recap') {
    const { later } = parts;
    if (!later) return failed('no_writer');
    // Given again and again while Postgres is away, the act would be parked.
    return patiently(() => later.add({ id: requestId, stream, revision: event.revision }), { signal });
  }
  // What was put aside is spent, and whoever asked is gone: the same line is not paid twice.
  if (done) return failed('interrupted', spentOn(done));
  const left = Date.parse(event.metadata.recordedAt) + LINE_WITHIN_MS - MARGIN_MS - parts.now().getTime();
  if (left <= 0) return failed('too_late');
  let request: LogEventData<'LineRequested'> | null = null;
  const requested = async (data: LogEventData<'LineRequested'>) => {
    request = data;
    await append(requestId, { type: 'LineRequested', data });
  };
  try {
    const within = Math.min(left, LINE_WITHIN_MS);
    const asking = { event, acted, requestId, requested, traceparent };
    const outcome = await inTime(within, (signal) => lineFor(parts, { ...asking, signal }));
    await tell(outcome ?? failure({ acted }, 'too_late', request ? spentOn(request) : {}));
  } catch (error) {
    if (error instanceof LogUnavailable || signal.aborted) throw error;
    if (error instanceof PersonErased && error.subject === stream) return;
    parts.warn(`the line for ${acted.actionId} failed`, error);
    await failed('interrupted', request ? spentOn(request) : {});
  }
}

async function lineFor(
  parts: VoiceParts,
  { requested, ...asking }: Asking & { requestId: string; requested: Requested },
): Promise<LineOutcome> {
  const task = await taskFor(parts, asking);
  const isChat = asking.acted.asks.scene === 'chat';
  if (isChat && task.briefing.message === null) return failure(task, 'unreadable', {});
  return writeLine(parts, task, requested);
}

type Spent = Partial<LogEventData<'LineFailed'>>;

/** Of a line that was asked for and whose answer nobody heard, all that was put aside. */
const spentOn = ({ model, promptHash, reserved: cost }: LogEventData<'LineRequested'>): Spent => ({
  model,
  promptHash,
  cost,
});

/** What was already done about an act, by this instance or another. */
async function doneSince(
  log: EventLog,
  { stream, revision }: PlacedEvent,
  ids: { requestId: string; outcomeId: string },
): Promise<'answered' | LogEventData<'LineRequested'> | null> {
  let asked: LogEventData<'LineRequested'> | null = null;
  for await (const { id, type, data } of log.readStream(stream, { from: revision + 1 })) {
    // Nobody is there to hear it either.
    if (id === ids.outcomeId || type === 'PlayerErased') return 'answered';
    if (id === ids.requestId) asked = data as LogEventData<'LineRequested'>;
  }
  return asked;
}

async function taskFor(
  parts: VoiceParts,
  { event, acted, requestId, signal, traceparent }: Asking & { requestId: string },
): Promise<LineTask> {
  const { stream, revision, metadata } = event;
  const gameId = metadata.gameId ?? '';
  const where = { stream, revision, causedBy: acted.causedBy, name: acted.asks.name };
  const [game, known] = await Promise.all([
    parts.games.of(gameId),
    briefingFor({ ...parts, log: parts.recent ?? parts.log }, where),
  ]);
  const asking = { stream, revision, acted, briefing: known, signal, traceparent };
  const remembers = await rememberedFor(parts, asking);
  const briefing = { ...known, remembers };
  return { requestId, acted, playerId: stream.slice('player-'.length), gameId, game, briefing, signal };
}
