import type { LineFailure } from '../../domain/voice/outcome.js';
import type { Accounts } from './accounts.js';
import type { Waiting } from './batches.js';
import { WriterFault } from './line-writer.js';
import { type Order, orderFor } from './order.js';
import { patiently } from './patiently.js';
import { putAside } from './put-aside.js';
import type { Round } from './recaps.js';
import { fail, putAsideFor, remembering, requestFor, type Taken, takeUp } from './recaps-line.js';

/** Whoever takes lines asks for them within this time, or is gone. */
export const ABANDONED_MS = 10 * 60_000;
const GATHER_MS = 60_000;
const BATCH_MAX = 500;
const PAUSE_MAX_MS = 10 * 60_000;

/** What did not go well is tried again later, the later the more often it did not. */
export type Pause = { isOver(): boolean; failed(atLeastMs?: number): void; went(): void };

export function pauseFrom(firstMs: number, now = () => performance.now()): Pause {
  let failures = 0;
  let until = 0;
  return {
    isOver: () => now() >= until,
    failed(atLeastMs = 0) {
      const ms = Math.min(PAUSE_MAX_MS, firstMs * 2 ** failures++);
      until = now() + Math.max(atLeastMs, ms);
    },
    went() {
      failures = 0;
    },
  };
}

/** Asks for the lines that wait. Those that could not be asked for wait again: nobody is in a hurry. */
export async function askTogether(round: Round): Promise<void> {
  // What is taken while the writer is left alone would only be put back.
  if (!round.pause.isOver() || round.writer?.health().breaker === 'open') return;
  const since = performance.now();
  const lines = await round.waiting.take(BATCH_MAX, round.gatherMs ?? GATHER_MS);
  if (lines.length === 0) return;
  const { asks, later } = await readied(round, lines);
  await putBack(round, later);
  // Who took so long is thought to be gone, and the lines to be given up.
  const isLate = performance.now() - since > ABANDONED_MS / 2;
  const again = isLate ? { later: asks.map(({ line }) => line.id) } : await submitted(round, asks);
  await putBack(round, again.later);
  if (later.length + again.later.length === 0) round.pause.went();
  else round.pause.failed(again.retryAfterMs);
}

async function putBack({ waiting, signal }: Round, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await patiently(() => waiting.putBack(ids), { signal });
}

type Again = { later: string[]; retryAfterMs?: number | undefined };

type Ready = { line: Waiting; order: Order };

/** What each line is asked with, once its money is put aside and the log says so. */
async function readied(round: Round, lines: readonly Waiting[]): Promise<{ asks: Ready[]; later: string[] }> {
  const asks: Ready[] = [];
  const later: string[] = [];
  for (const line of lines) {
    const order = round.signal.aborted ? 'later' : await ready(round, line).catch(waits(round, line));
    if (order === 'later') later.push(line.id);
    else if (order) asks.push({ line, order });
  }
  return { asks, later };
}

const waits =
  ({ warn }: Round, { id }: Waiting) =>
  (error: unknown): 'later' => {
    warn(`the line ${id} is not asked for yet`, error);
    return 'later';
  };

/** What stands in the way for a while only. */
const passing = new Set<LineFailure>(['no_accounts', 'breaker_open']);

/** `null`: it is not to be asked for. */
async function ready(round: Round, line: Waiting): Promise<Order | 'later' | null> {
  const taken = await takeUp(round, line);
  if (!taken) return null;
  const task = await remembering(round, taken);
  const order = orderFor(task, round);
  if (taken.requested) return orderAgain(round, taken, order);
  const accounts = withKnownGranted(round.accounts);
  const requested = requestFor(round, taken);
  const refused = await putAside({ ...round, accounts }, task, { order, requested, batch: true });
  if (!refused) return order;
  if (passing.has(refused.reason)) return 'later';
  await fail(round, taken, refused);
  return null;
}

/**
 * It was to be asked for before, and its money is put aside: for that model and that prompt. Where the prompt is another
 * by now (the game's words changed, or the engine's), the log would say what is not so: then it is given up.
 */
async function orderAgain(round: Round, taken: Taken, order: Order): Promise<Order | null> {
  const { model, promptHash } = taken.requested!;
  if (model === order.model && promptHash === order.mark) return order;
  await fail(round, taken, { reason: 'interrupted', cost: putAsideFor(taken) });
  return null;
}

/** What was put aside for a line that, as the log says, was never to be asked for, is there for it still. */
const withKnownGranted = (accounts: Accounts): Accounts => ({
  ...accounts,
  async reserve(reservation) {
    const reserved = await accounts.reserve(reservation);
    return reserved === 'known' ? 'granted' : reserved;
  },
});

async function submitted(round: Round, asks: readonly Ready[]): Promise<Again> {
  const { batches, waiting, signal, warn } = round;
  const ids = asks.map(({ line }) => line.id);
  if (ids.length === 0 || signal.aborted) return { later: ids };
  let batch: string;
  try {
    batch = await batches.submit(
      asks.map(({ line, order }) => ({ id: line.id, ask: order })),
      signal,
    );
  } catch (error) {
    // Stopped in the middle of it, nobody knows whether they were asked for: that is not done again at each stop.
    if (signal.aborted) return { later: [] };
    warn('no batch could be asked for', error);
    if (!(error instanceof WriterFault)) return { later: ids };
    if (error.reason === 'rejected') return { later: await refused(round, asks) };
    return { later: ids, retryAfterMs: error.detail.retryAfterMs };
  }
  await patiently(() => waiting.asked(ids, batch), { signal });
  return { later: [] };
}

/** They were surely not carried out, and would not be later: they are given up for nothing. */
async function refused(round: Round, asks: readonly Ready[]): Promise<string[]> {
  const later: string[] = [];
  for (const { line } of asks) {
    try {
      const taken = await takeUp(round, line);
      if (taken) await fail(round, taken, { reason: 'rejected', cost: 0 });
    } catch (error) {
      round.warn(`the line ${line.id} is not given up yet`, error);
      later.push(line.id);
    }
  }
  return later;
}
