import { setTimeout as sleep } from 'node:timers/promises';
import type { LineFailure } from '../../domain/voice/outcome.js';
import { recallInTime } from '../memory/in-time.js';
import type { BatchWriter, UnderWay, Waiting, WaitingLines } from './batches.js';
import { type Answer, WriterFault } from './line-writer.js';
import { ABANDONED_MS, askTogether, type Pause, pauseFrom } from './recaps-ask.js';
import { fail, putAsideFor, takeUp, tell } from './recaps-line.js';
import type { VoiceParts } from './voices.js';

export type RecapParts = VoiceParts & {
  waiting: WaitingLines;
  batches: BatchWriter;
  /** How often it is looked for what is to be asked and what was answered. */
  everyMs?: number;
  /** So long lines gather before they are asked for together. */
  gatherMs?: number;
  /** A batch is answered within this time, or never. */
  answeredWithinMs?: number;
  /** So long a batch may be rejected, as it is while a key is wrong, before it is given up. */
  rejectedForMs?: number;
};

/** One look at what is to be asked and what was answered; `signal` aborts when it is to be stopped. */
export type Round = RecapParts & { signal: AbortSignal; pause: Pause; rejected: Map<string, number> };

const EVERY_MS = 15_000;
/** A batch ends after a day at the latest. */
const ANSWERED_WITHIN_MS = 25 * 3_600_000;
const REJECTED_FOR_MS = 3_600_000;
/** Nobody waits for such a line, and others wait behind it. */
const RECALL_WITHIN_MS = 3_000;

/**
 * Looks back at sessions: lines that nobody waits for are asked for together, at half the price, and told when they are
 * there. Where an instance dies between asking and writing that down, the line is given up: it is never paid twice.
 */
export function startRecaps(parts: RecapParts): { stop(): Promise<void> } {
  const stop = new AbortController();
  const everyMs = parts.everyMs ?? EVERY_MS;
  const memory = { pause: pauseFrom(everyMs), rejected: new Map<string, number>() };
  const recallFor = recallInTime(parts.recallFor, { withinMs: RECALL_WITHIN_MS, warn: parts.warn });
  const running = (async () => {
    while (!stop.signal.aborted) {
      await stoppedWith(stop.signal, (signal) => round({ ...parts, ...memory, recallFor, signal })).catch(
        (error) => parts.warn('looking back waits', error),
      );
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  })();
  return {
    async stop() {
      stop.abort();
      await running;
    },
  };
}

/** What listens to a signal goes with it: so each round has its own. */
async function stoppedWith(stop: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const own = new AbortController();
  const abort = () => own.abort();
  stop.addEventListener('abort', abort, { once: true });
  try {
    await work(own.signal);
  } finally {
    stop.removeEventListener('abort', abort);
  }
}

async function round(round: Round): Promise<void> {
  await eachOf(round, await round.waiting.abandoned(ABANDONED_MS), (line) => giveUp(round, line));
  await askTogether(round).catch((error) => round.warn('lines are not asked for', error));
  const underWay = await round.waiting.underWay();
  for (const batch of round.rejected.keys())
    if (!underWay.some((one) => one.batch === batch)) round.rejected.delete(batch);
  for (const one of underWay) if (!round.signal.aborted) await hear(round, one);
}

/** One line that cannot be taken holds up no other. */
async function eachOf(
  { signal, warn }: Round,
  lines: readonly Waiting[],
  work: (line: Waiting) => Promise<void>,
): Promise<void> {
  for (const line of lines) {
    if (signal.aborted) return;
    await work(line).catch((error) => warn(`the line ${line.id} waits`, error));
  }
}

/** Whoever took it is gone: whether it was asked for, nobody knows, once it is in the log that it was to be. */
async function giveUp(round: Round, line: Waiting): Promise<void> {
  const taken = await takeUp(round, line);
  if (taken) await fail(round, taken, { reason: 'interrupted', cost: putAsideFor(taken) });
}

async function hear(round: Round, underWay: UnderWay): Promise<void> {
  const heard = await heardOf(round, underWay);
  if (heard === 'not_yet') return;
  await eachOf(round, underWay.lines, async (line) => {
    const taken = await takeUp(round, line);
    if (!taken) return;
    if ('lost' in heard) return fail(round, taken, { reason: heard.lost, cost: putAsideFor(taken) });
    const answer = heard.answers.get(line.id);
    await tell(round, taken, answer ?? new WriterFault('rejected', 'the batch has no answer'));
  });
}

type Heard = { answers: ReadonlyMap<string, Answer | WriterFault> } | { lost: LineFailure } | 'not_yet';

/** What a batch was answered; `lost`: it is waited for no more. */
async function heardOf(round: Round, { batch, ageMs }: UnderWay): Promise<Heard> {
  const isOld = ageMs >= (round.answeredWithinMs ?? ANSWERED_WITHIN_MS);
  try {
    const answers = await round.batches.answers(batch, round.signal);
    round.rejected.delete(batch);
    if (answers) return { answers };
  } catch (error) {
    if (round.signal.aborted) return 'not_yet';
    round.warn(`the batch ${batch} cannot be heard`, error);
    if (staysRejected(round, batch, error)) return { lost: 'rejected' };
  }
  return isOld ? { lost: 'too_late' } : 'not_yet';
}

function staysRejected({ rejected, rejectedForMs }: Round, batch: string, error: unknown): boolean {
  if (!(error instanceof WriterFault && error.reason === 'rejected')) {
    rejected.delete(batch);
    return false;
  }
  const since = rejected.get(batch) ?? performance.now();
  rejected.set(batch, since);
  return performance.now() - since >= (rejectedForMs ?? REJECTED_FOR_MS);
}
