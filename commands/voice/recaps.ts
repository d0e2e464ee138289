import { setTimeout as sleep } from 'node:timers/promises';
import type { LogEvent } from '../../domain/events/log-events.js';
import { derivedId } from '../../domain/kernel/ids.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import type { PlacedEvent } from '../../eventstore/log.js';
import type { BatchWriter, Waiting, WaitingLines } from './batches.js';
import { sessionBriefing } from './briefing.js';
import { type Answer, WriterFault } from './line-writer.js';
import { type LineTask, orderFor } from './order.js';
import { putAside } from './put-aside.js';
import { actIn, appendFor, sealed, type VoiceParts } from './voices.js';
import { failure, faulted, judged, settled } from './write-line.js';

export type RecapParts = VoiceParts & {
  waiting: WaitingLines;
  batches: BatchWriter;
  /** How often it is looked for what is to be asked and what was answered. */
  everyMs?: number;
  /** So long lines gather before they are asked for together. */
  gatherMs?: number;
};

const EVERY_MS = 15_000;
const GATHER_MS = 60_000;
const BATCH_MAX = 500;
/** Whoever takes lines asks for them within this time, or is gone. */
const ABANDONED_MS = 10 * 60_000;

/**
 * Looks back at sessions: lines that nobody waits for are asked for together, at half the price, and told when they are
 * there. Where an instance dies between asking and writing that down, the line is given up: it is never paid twice.
 */
export function startRecaps(parts: RecapParts): { stop(): Promise<void> } {
  const stop = new AbortController();
  const running = (async () => {
    while (!stop.signal.aborted) {
      await round(parts).catch((error) => parts.warn('looking back waits', error));
      await sleep(parts.everyMs ?? EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

async function round(parts: RecapParts): Promise<void> {
  for (const line of await parts.waiting.abandoned(ABANDONED_MS)) await giveUp(parts, line, 'interrupted');
  await ask(parts, await parts.waiting.take(BATCH_MAX, parts.gatherMs ?? GATHER_MS));
  for (const { batch, lines } of await parts.waiting.underWay()) await hear(parts, batch, lines);
}

type Taken = { line: Waiting; event: PlacedEvent; task: LineTask };

/** @returns `null` where the act is not there any more: its player was erased. */
async function taskOf(parts: RecapParts, line: Waiting): Promise<Taken | null> {
  const { stream, revision, id: requestId } = line;
  for await (const event of parts.log.readStream(stream, { from: revision, max: 1 })) {
    const acted = actIn(event);
    if (!acted) return null;
    const gameId = event.metadata.gameId ?? '';
    const briefing = await sessionBriefing(parts, { stream, revision, causedBy: acted.causedBy });
    const playerId = stream.slice('player-'.length);
    const task = {
      requestId,
      acted,
      playerId,
      gameId,
      briefing,
      game: await parts.games.of(gameId),
      signal: NEVER,
    };
    return { line, event: event as PlacedEvent, task };
  }
  return null;
}

const NEVER = new AbortController().signal;

async function ask(parts: RecapParts, lines: readonly Waiting[]): Promise<void> {
  const asks: { id: string; ask: ReturnType<typeof orderFor> }[] = [];
  for (const line of lines) {
    const taken = await taskOf(parts, line);
    if (!taken) {
      await parts.waiting.done([line.id]);
      continue;
    }
    const order = orderFor(taken.task, parts);
    const requested = (data: object) =>
      append(parts, taken, line.id, { type: 'LineRequested', data } as LogEvent);
    const refused = await putAside(parts, taken.task, { order, requested, batch: true });
    if (refused) await giveUp(parts, line, refused.reason);
    else asks.push({ id: line.id, ask: order });
  }
  if (asks.length === 0) return;
  const ids = asks.map(({ id }) => id);
  try {
    await parts.waiting.asked(ids, await parts.batches.submit(asks));
  } catch (error) {
    if (!(error instanceof WriterFault)) throw error;
    parts.warn('no batch could be asked for', error);
    for (const line of lines.filter(({ id }) => ids.includes(id))) await giveUp(parts, line, error.reason);
  }
}

async function hear(parts: RecapParts, batch: string, lines: readonly Waiting[]): Promise<void> {
  const answers = await parts.batches.answers(batch);
  if (!answers) return;
  for (const line of lines) {
    const taken = await taskOf(parts, line);
    if (taken)
      await tell(
        parts,
        taken,
        answers.get(line.id) ?? new WriterFault('rejected', 'the batch has no answer'),
      );
    await parts.waiting.done([line.id]);
  }
}

async function tell(parts: RecapParts, taken: Taken, answer: Answer | WriterFault): Promise<void> {
  const { task, event } = taken;
  const order = orderFor(task, parts);
  const came = answer instanceof WriterFault ? faulted(answer) : judged(answer, order.terms);
  const latencyMs = parts.now().getTime() - Date.parse(event.metadata.recordedAt);
  const { told, spent } = settled(order, { task, batch: true, ...came }, latencyMs);
  await append(parts, taken, outcomeId(task), await sealed(parts, event.stream, told));
  await parts.accounts.settle(task.requestId, spent);
}

async function giveUp(parts: RecapParts, line: Waiting, reason: LineFailure): Promise<void> {
  const taken = await taskOf(parts, line);
  if (taken)
    await append(
      parts,
      taken,
      outcomeId(taken.task),
      failure(taken.task, reason, { batch: true }) as LogEvent,
    );
  await parts.waiting.done([line.id]);
}

const outcomeId = ({ acted }: LineTask) => derivedId(acted.actionId, 'line');

const append = (parts: RecapParts, { event }: Taken, id: string, told: LogEvent) =>
  appendFor(parts, { cause: event, event: { id, ...told }, signal: NEVER });
