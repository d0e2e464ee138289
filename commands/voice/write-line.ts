import type { Acted } from '../../domain/companion/companion.js';
import type { LogEventData } from '../../domain/events/log-events.js';
import { GrowingLine, wholeSentences } from '../../domain/voice/growing-line.js';
import type { LineFailure } from '../../domain/voice/outcome.js';
import { costOf, type TokenUsage } from '../../domain/voice/prices.js';
import { faultOf, type LineTerms, type Reply, readReply } from '../../domain/voice/reply.js';
import { type Answer, WriterFault } from './line-writer.js';
import { type LineTask, type Order, orderFor, reservationFor } from './order.js';
import type { VoiceParts, Whisper } from './voices.js';

type Written = LogEventData<'LineWritten'>;
type Failed = LogEventData<'LineFailed'>;

/** What came of it: the text of a written line is still open, and is to be sealed. */
export type LineOutcome =
  | {
      type: 'LineWritten';
      data: Omit<Written, 'dialogue'>;
      line: Omit<Written['dialogue'], 'text'> & { text: string };
    }
  | { type: 'LineFailed'; data: Failed };

type Requested = (data: LogEventData<'LineRequested'>) => Promise<void>;

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
  const order = orderFor(task, parts.model);
  const cached = await cachedLine(parts, task, order);
  if (cached) return written(task, order, { reply: cached, source: 'cache', latencyMs: took() });
  const refused = await putAside(parts, task, { order, requested });
  if (refused) return failure(task, refused, { latencyMs: took() });
  const { spent, ...outcome } = settled(order, { task, ...(await asked(parts, task, order)) }, took());
  parts.accounts
    .settle(task.requestId, spent)
    .catch((error) => parts.warn(`the line ${task.requestId} is not settled`, error));
  if (outcome.reply)
    await parts.cache.set(order.cacheKey, JSON.stringify(outcome.reply), order.ttlMs).catch(() => {});
  return outcome.told;
}

/** Puts the money aside and says so in the log; or why the line is not to be asked for. */
export async function putAside(
  { writer, accounts, now }: Pick<VoiceParts, 'writer' | 'accounts' | 'now'>,
  task: LineTask,
  { order, requested, batch = false }: { order: Order; requested: Requested; batch?: boolean },
): Promise<LineFailure | null> {
  if (!writer) return 'no_writer';
  if (writer.health().breaker === 'open') return 'breaker_open';
  const reservation = reservationFor(task, order, { now: now(), batch });
  const reserved = await accounts.reserve(reservation).catch(() => 'no_accounts' as const);
  if (reserved !== 'granted') return reserved === 'known' ? 'interrupted' : reserved;
  const { actionId, asks } = task.acted;
  const { scene, fallback } = asks;
  const { day, amount } = reservation;
  const { model, prompt } = order;
  await requested({
    ...{ actionId, scene, model, fallback, day },
    promptHash: prompt.hash,
    reserved: amount,
    ...(batch && { batch }),
  });
  return null;
}

type Came = Asked & { task: LineTask; batch?: boolean };

/** What came of an answer, and what it cost. */
export function settled(
  order: Order,
  { task, batch = false, ...came }: Came,
  latencyMs: number,
): { told: LineOutcome; spent: number; reply?: Reply } {
  const { model, prompt } = order;
  // What an answer that never came was billed as, nobody knows: then what was put aside is gone.
  const most = reservationFor(task, order, { now: new Date(0), batch }).amount;
  const spent = came.usage ? costOf(model, came.usage, { batch }) : 'unbilled' in came ? 0 : most;
  const about = { cost: spent, latencyMs, ...(batch && { batch }) };
  if (came.fault !== undefined) {
    const { fault, usage } = came;
    return {
      told: failure(task, fault, { ...about, promptHash: prompt.hash, model, ...(usage && { usage }) }),
      spent,
    };
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
  if (acted.asks.scene === 'chat') return null;
  const kept = await cache.get(cacheKey).catch(() => null);
  const reply = kept === null ? 'malformed' : readReply(kept, terms);
  return typeof reply === 'string' ? null : reply;
}

export type Asked =
  | { fault?: undefined; reply: Reply; usage: TokenUsage }
  /** `unbilled`: it was never carried out. */
  | { fault: LineFailure; usage?: TokenUsage | undefined; unbilled?: true };

/** What is never billed: the request was not carried out. */
const unbilled = new Set<LineFailure>(['rate_limited', 'rejected', 'breaker_open']);

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
  ...(unbilled.has(reason) && { unbilled: true as const }),
});

/** A line is told of as it grows, a whole sentence at a time, and none that may not be said. */
function whispering(
  { playerId, acted: { actionId, causedBy } }: LineTask,
  terms: LineTerms,
  whisper: Whisper,
) {
  const line = new GrowingLine();
  let told = '';
  let spoiled = false;
  const tell = (frame: object) => whisper(playerId, { type: 'dialogue', actionId, causedBy, ...frame });
  return {
    onText(piece: string): void {
      line.push(piece);
      const whole = wholeSentences(line.text);
      if (spoiled || whole.length <= told.length) return;
      spoiled = faultOf(whole.trim(), terms) !== null;
      if (spoiled) return;
      tell({ delta: whole.slice(told.length) });
      told = whole;
    },
    takeBack(): void {
      if (told !== '') tell({ retracted: true });
    },
  };
}

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
  { model, prompt }: Order,
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
      tone,
      promptHash: prompt.hash,
      model,
      usage,
      cost,
      latencyMs,
      ...(batch && { batch }),
    },
    line: { text, lang: fallback.lang, source },
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
