import type { Acted } from '../../domain/companion/companion.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import { costOf, type TokenUsage } from '../../domain/voice/prices.js';
import { type LineTerms, type Reply, readReply } from '../../domain/voice/reply.js';
import { isShared } from '../../domain/voice/scene.js';
import { type Answer, WriterFault } from './line-writer.js';
import { type LineTask, type Order, orderFor, reservationFor } from './order.js';
import { putAside, type Requested } from './put-aside.js';
import type { VoiceParts } from './voices.js';
import { whispering } from './whispering.js';

type Written = LogEventData<'LineWritten'>;
type Failed = LogEventData<'LineFailed'>;

/** What came of it: the text of a written line is still open, and is to be sealed. */
export type LineOutcome =
  | {
      type: 'LineWritten';
      data: Omit<Written, 'dialogue'>;
      line: Omit<Written['dialogue'], 'text'> & { text: string };
      /** Streams of others of whom it may tell. */
      origins: readonly string[];
    }
  | { type: 'LineFailed'; data: Failed };

/**
 * One line: from the cache, or written by a model whose price was put aside before. Whatever happens, something is said.
 * `requested` is called, and waited for, before money is spent.
 */
export async function writeLine(
  parts: VoiceParts,
  task: LineTask,
  requested: Requested,
): Promise<LineOutcome> {
  const since = parts.now().getTime();
  const took = () => parts.now().getTime() - since;
  const order = orderFor(task, parts);
  const cached = await cachedLine(parts, task, order);
  if (cached) return written(task, order, { reply: cached, source: 'cache', latencyMs: took() });
  const refused = await putAside(parts, task, { order, requested });
  if (refused) return failure(task, refused.reason, { latencyMs: took(), cost: refused.cost });
  const { spent, ...outcome } = settled(order, { task, ...(await asked(parts, task, order)) }, took());
  parts.accounts
    .settle(task.requestId, spent)
    .catch((error) => parts.warn(`the line ${task.requestId} is not settled`, error));
  if (outcome.reply && order.ttlMs > 0)
    parts.cache.set(order.cacheKey, JSON.stringify(outcome.reply), order.ttlMs).catch(() => {});
  return outcome.told;
}

type Came = Asked & { task: LineTask; batch?: boolean };

/** What came of an answer, and what it cost. */
export function settled(
  order: Order,
  { task, batch = false, ...came }: Came,
  latencyMs: number,
): { told: LineOutcome; spent: number; reply?: Reply } {
  const { model } = order;
  // What an answer that never came was billed as, nobody knows: then what was put aside is gone.
  const most = reservationFor(task, order, { now: new Date(0), batch }).amount;
  const free = came.fault !== undefined && (came.unbilled || came.unsent);
  const spent = came.usage ? costOf(model, came.usage, { batch }) : free ? 0 : most;
  const about = { cost: spent, latencyMs, ...(batch && { batch }) };
  if (came.fault !== undefined) {
    const { fault, usage, unsent } = came;
    const asked = !unsent && { promptHash: order.mark, model };
    return { told: failure(task, fault, { ...about, ...asked, ...(usage && { usage }) }), spent };
  }
  const { reply, usage } = came;
  return { told: written(task, order, { ...about, reply, source: 'llm', usage }), spent, reply };
}

/** A line of the cache, unless this player has just heard it. */
async function cachedLine(
  { cache }: VoiceParts,
  { acted }: LineTask,
  { cacheKey, terms }: Order,
): Promise<Reply | null> {
  if (!isShared(acted.asks.scene)) return null;
  const kept = await cache.get(cacheKey).catch(() => null);
  const reply = kept === null ? 'malformed' : readReply(kept, terms);
  return typeof reply === 'string' ? null : reply;
}

export type Asked =
  | { fault?: undefined; reply: Reply; usage: TokenUsage }
  /** `unbilled`: an error, which costs nothing. `unsent`: nobody was asked at all. */
  | { fault: LineFailure; usage?: TokenUsage | undefined; unbilled?: boolean; unsent?: boolean };

/** The API answers with an error: it bills none. */
const unbilled = new Set<LineFailure>(['rate_limited', 'overloaded', 'rejected']);

async function asked(
  { writer, whisper }: VoiceParts,
  task: LineTask,
  { model, prompt, maxTokens, terms }: Order,
): Promise<Asked> {
  const stage = task.acted.asks.stream && whisper ? whispering(task, terms, whisper) : null;
  try {
    const ask = { model, prompt, maxTokens, signal: task.signal, ...(stage && { onText: stage.onText }) };
    const came = judged(await writer!.write(ask), terms);
    if (came.fault !== undefined) stage?.takeBack();
    else stage?.settle(came.reply.line);
    return came;
  } catch (error) {
    stage?.takeBack();
    if (!(error instanceof WriterFault)) throw error;
    return faulted(error);
  }
}

export function judged({ raw, usage }: Answer, terms: LineTerms): Asked {
  const reply = readReply(raw, terms);
  return typeof reply === 'string' ? { fault: reply, usage } : { reply, usage };
}

export const faulted = ({ reason, detail }: WriterFault): Asked => ({
  fault: reason,
  usage: detail.usage,
  unbilled: unbilled.has(reason),
  unsent: detail.unsent ?? false,
});

const actionOf = ({ actionId, causedBy, at, emotion, action, occasion }: Acted) => ({
  actionId,
  causedBy,
  at,
  emotion,
  action,
  occasion,
});

type Told = {
  batch?: boolean;
  reply: Reply;
  source: Written['dialogue']['source'];
  latencyMs: number;
  usage?: TokenUsage;
  cost?: number;
};

const nothing: TokenUsage = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };

function written(
  { acted }: LineTask,
  { model, mark, uses, origins }: Order,
  { reply, source, latencyMs, usage = nothing, cost = 0, batch }: Told,
): LineOutcome {
  const { line: text, gesture, tone } = reply;
  const { scene, fallback } = acted.asks;
  const action = { ...actionOf(acted), ...(gesture && { action: gesture }) };
  return {
    type: 'LineWritten',
    data: {
      ...action,
      scene,
      ...(uses.length > 0 && { recalled: [...uses] }),
      tone,
      promptHash: mark,
      model,
      usage,
      cost,
      latencyMs,
      ...(batch && { batch }),
    },
    line: { text, lang: fallback.lang, source },
    origins,
  };
}

/** The template stands in, where something has to be said. */
export function failure(
  { acted }: Pick<LineTask, 'acted'>,
  reason: LineFailure,
  spent: Partial<Failed>,
): LineOutcome {
  const { scene, fallback } = acted.asks;
  return {
    type: 'LineFailed',
    data: {
      ...actionOf(acted),
      scene,
      // Before a look back, the farewell was said already.
      ...(scene !== 'recap' && { dialogue: fallback }),
      ...{ reason, cost: 0, latencyMs: 0 },
      ...spent,
    },
  };
}
