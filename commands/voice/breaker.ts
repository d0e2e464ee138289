import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  wrap,
} from 'cockatiel';
import type { LineFailure } from '../../domain/voice/outcome.js';
import { type Answer, type Ask, type LineWriter, WriterFault } from './line-writer.js';

export type VoiceHealth = {
  /** `off`: nobody writes lines here, templates alone are said. `open`: the writer is left alone for a while. */
  breaker: 'off' | 'closed' | 'open' | 'half_open';
  /** Why it is not closed. */
  trouble: { since: string; reason: string } | null;
};

/** So many failures in a row, and the writer is left alone. */
const FAILURES_MAX = 5;
const PAUSE_MS = { first: 1_000, most: 60_000 };
/** Lines that are being written at once, and those that wait for their turn: no more has a chance to be in time. */
const AT_ONCE = 64;
const WAITING = 256;

/** What says something about the writer, not about what it was asked. */
const against = new Set<LineFailure>(['rate_limited', 'overloaded', 'unreachable', 'too_late', 'rejected']);

/** A writer that is left alone when it fails too often, and for as long as it wants to be. */
export function guarded(writer: LineWriter, now: () => Date): { write: LineWriter; health(): VoiceHealth } {
  let inRow = 0;
  let asksForRest = false;
  let openUntil = 0;
  let trouble: VoiceHealth['trouble'] = null;
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof WriterFault && against.has(error.reason)),
    {
      breaker: {
        state: undefined,
        success: () => {
          inRow = 0;
        },
        failure: () => ++inRow >= FAILURES_MAX || asksForRest,
      },
      halfOpenAfter: new DelegateBackoff(({ attempt, result }) => {
        const ms = pauseAfter(result, attempt);
        openUntil = performance.now() + ms;
        return ms;
      }),
    },
  );
  breaker.onReset(() => {
    trouble = null;
  });
  const policy = wrap(bulkhead(AT_ONCE, WAITING), breaker);
  const attempt = async (ask: Ask): Promise<Answer> => {
    try {
      return await writer(ask);
    } catch (error) {
      if (error instanceof WriterFault && against.has(error.reason)) {
        asksForRest = error.detail.retryAfterMs !== undefined;
        trouble ??= { since: now().toISOString(), reason: `${error.reason}: ${error.message}` };
      }
      throw error;
    }
  };
  return {
    write: (ask) => policy.execute(() => attempt(ask)).catch(asFault),
    health: () => {
      // It half-opens with the next line that is asked for, which has to know that it may be.
      const rested = breaker.state === CircuitState.Open && performance.now() >= openUntil;
      const state = rested ? 'half_open' : stateOf(breaker.state);
      return { breaker: state, trouble: state === 'closed' ? null : trouble };
    },
  };
}

/** As long as the writer wants, or longer each time. */
function pauseAfter(result: object, attempt: number): number {
  const error = 'error' in result ? result.error : null;
  const wanted = error instanceof WriterFault ? error.detail.retryAfterMs : undefined;
  return Math.min(wanted ?? PAUSE_MS.first * 2 ** Math.max(0, attempt - 1), PAUSE_MS.most);
}

function asFault(error: unknown): never {
  if (error instanceof BrokenCircuitError) throw new WriterFault('breaker_open', 'the writer is left alone');
  if (error instanceof BulkheadRejectedError) throw new WriterFault('overloaded', 'too many lines at once');
  throw error;
}

const states: Record<number, VoiceHealth['breaker']> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
};
const stateOf = (state: CircuitState): VoiceHealth['breaker'] => states[state] ?? 'open';
