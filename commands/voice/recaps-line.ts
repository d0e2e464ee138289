import type { LogEvent, LogEventData } from '../../domain/events/log-events.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import { modelIds } from '../../domain/voice/prices.js';
import type { EventLog, PlacedEvent } from '../../eventstore/log.js';
import { PersonErased } from '../person-keys/sealer.js';
import type { Waiting, WaitingLines } from './batches.js';
import { sessionBriefing } from './briefing.js';
import { countOf } from './count.js';
import { type Answer, WriterFault } from './line-writer.js';
import { type LineTask, type Order, orderFor } from './order.js';
import { rememberedFor } from './remembered.js';
import { appendFor, sealed } from './telling.js';
import { actIn, type VoiceParts } from './voices.js';
import { failure, faulted, judged, type LineOutcome, settled } from './write-line.js';

/** `signal` aborts when it is to be stopped. */
type Parts = VoiceParts & { waiting: WaitingLines; signal: AbortSignal };

type Requested = LogEventData<'LineRequested'>;

/** A line of those that wait, with what it is to be about; and what the log says it was asked with, if it was. */
export type Taken = { line: Waiting; event: PlacedEvent; task: LineTask; requested: Requested | null };

/**
 * Where there is nothing left to do, the line waits no more: its player was erased, or it was told by somebody who could
 * not finish.
 * @throws LogUnavailable, KeysUnavailable
 */
export async function takeUp(parts: Parts, line: Waiting): Promise<Taken | null> {
  const { stream, revision, id: requestId } = line;
  const event = await eventAt(parts.log, line);
  const acted = event && actIn(event);
  const since = acted && (await doneSince(parts.log, line, outcomeId({ acted })));
  if (!since || since.told) {
    if (since?.told) await parts.accounts.settle(requestId, since.told.cost);
    await parts.waiting.done([requestId]);
    return null;
  }
  const gameId = event.metadata.gameId ?? '';
  const [game, briefing] = await Promise.all([
    parts.games.of(gameId),
    sessionBriefing(parts, { stream, revision, causedBy: acted.causedBy, name: acted.asks.name }),
  ]);
  const playerId = stream.slice('player-'.length);
  // Nobody waits for it, and what listens to a signal of its own goes with it.
  const { signal } = new AbortController();
  const task = { requestId, acted, playerId, gameId, briefing, game, signal };
  return { line, event, task, requested: since.requested };
}

/** With what comes to mind; what was asked for before, with that alone. */
export async function remembering(parts: Parts, taken: Taken): Promise<LineTask> {
  const { line, task, requested } = taken;
  const { acted, briefing, signal } = task;
  const asking = { stream: line.stream, revision: line.revision, acted, briefing, signal };
  const remembers = await rememberedFor(parts, asking, requested ? (requested.memories ?? []) : undefined);
  return { ...task, briefing: { ...briefing, remembers } };
}

async function eventAt(log: EventLog, { stream, revision }: Waiting): Promise<PlacedEvent | null> {
  for await (const event of log.readStream(stream, { from: revision, max: 1 }))
    return event.revision === revision ? (event as PlacedEvent) : null;
  return null;
}

type Since = { requested: Requested | null; told: { cost: number } | null };

async function doneSince(log: EventLog, line: Waiting, outcome: string): Promise<Since> {
  let requested: Requested | null = null;
  for await (const { id, type, data } of log.readStream(line.stream, { from: line.revision + 1 })) {
    if (type === 'PlayerErased') return { requested, told: { cost: requested?.reserved ?? 0 } };
    if (id === outcome) return { requested, told: data as { cost: number } };
    if (id === line.id) requested = data as Requested;
  }
  return { requested, told: null };
}

export const requestFor =
  (parts: Parts, { line, event }: Taken) =>
  (data: Requested): Promise<void> =>
    append(parts, event, { id: line.id, type: 'LineRequested', data });

/** Tells what was answered, under what it was asked with: model and prompt may be others by now. */
export async function tell(parts: Parts, taken: Taken, answer: Answer | WriterFault): Promise<void> {
  const { task } = taken;
  const order = asRequested(orderFor(task, parts), taken);
  const came = answer instanceof WriterFault ? faulted(answer) : judged(answer, order.terms);
  if (came.fault !== undefined && !came.usage)
    return fail(parts, taken, {
      reason: came.fault,
      cost: came.unbilled || came.unsent ? 0 : putAsideFor(taken),
    });
  const { told, spent } = settled(order, { task, batch: true, ...came }, tookSince(parts, taken));
  await finish(parts, taken, { told, cost: spent });
}

function asRequested(order: Order, { requested }: Taken): Order {
  if (!requested) return order;
  const model = modelIds.find((id) => id === requested.model) ?? order.model;
  const { promptHash: mark, memories: uses = [], origins = [] } = requested;
  return { ...order, model, mark, uses, origins };
}

/** What a line cost of which nobody knows whether it was written. */
export const putAsideFor = ({ requested }: Taken): number => requested?.reserved ?? 0;

export async function fail(
  parts: Parts,
  taken: Taken,
  { reason, cost }: { reason: LineFailure; cost: number },
): Promise<void> {
  const { model, promptHash } = taken.requested ?? {};
  const request = model !== undefined && { model, promptHash };
  const about = { ...request, cost, latencyMs: tookSince(parts, taken), batch: true };
  await finish(parts, taken, { told: failure(taken.task, reason, about), cost });
}

type Finished = { told: LineOutcome; cost: number };

async function finish(parts: Parts, { line, event, task }: Taken, { told, cost }: Finished): Promise<void> {
  const outcome = await sealed(parts, event.stream, told).catch((error) => {
    if (!(error instanceof PersonErased)) throw error;
    return sealed(parts, event.stream, failure(task, 'interrupted', { cost, batch: true }));
  });
  await append(parts, event, { id: outcomeId(task), ...outcome });
  // Nobody waited: how long it took says nothing about lines that somebody waits for.
  parts.count?.({ ...countOf(outcome), latencyMs: null });
  await parts.accounts.settle(line.id, cost);
  await parts.waiting.done([line.id]);
}

const outcomeId = ({ acted }: Pick<LineTask, 'acted'>) => derivedId(acted.actionId, 'line');

const tookSince = ({ now }: Parts, { event }: Taken) =>
  now().getTime() - Date.parse(event.metadata.recordedAt);

const append = (parts: Parts, cause: PlacedEvent, event: LogEvent & { id: string }) =>
  appendFor(parts, { cause, event, signal: parts.signal });
