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
import { shapeFault } from '../../domain/voice/reply.js';
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
const against = new Set<LineFailure>([
  ...(['rate_limited', 'overloaded', 'unreachable', 'too_late', 'rejected'] as const),
  ...(['malformed', 'empty'] as const),
]);

/** A writer that is left alone when it fails too often, and for as long as it wants to be. */
export function guarded(writer: LineWriter, now: () => Date): { write: LineWriter; health(): VoiceHealth } {
  let trouble: VoiceHealth['trouble'] = null;
  const { breaker, isRested } = openBreaker();
  breaker.onReset(() => {
    trouble = null;
  });
  const policy = wrap(bulkhead(AT_ONCE, WAITING), breaker);
  const attempt = (ask: Ask) =>
    sound(writer, ask).catch((error) => {
      if (isAgainst(error))
        trouble ??= { since: now().toISOString(), reason: `${error.reason}: ${error.message}` };
      throw error;
    });
  return {
    write: (ask) => policy.execute(() => attempt(ask)).catch(asFault),
    health: () => {
      // It half-opens with the next line that is asked for, which has to know that it may be.
      const state = isRested() ? 'half_open' : stateOf(breaker.state);
      return { breaker: state, trouble: state === 'closed' ? null : trouble };
    },
  };
}

const isAgainst = (error: unknown): error is WriterFault =>
  error instanceof WriterFault && against.has(error.reason);

/** An answer that is one at all. @throws WriterFault */
async function sound(writer: LineWriter, ask: Ask): Promise<Answer> {
  // Whoever waited too long for a turn is not asked for any more.
  if (ask.signal.aborted) throw new WriterFault('too_late', 'its turn came too late', { unsent: true });
  const answer = await writer(ask);
  const fault = shapeFault(answer.raw);
  if (fault) throw new WriterFault(fault, 'the answer holds no line', { usage: answer.usage });
  return answer;
}

function openBreaker() {
  let inRow = 0;
  let asksForRest = false;
  let openUntil = 0;
  const breaker = circuitBreaker(
    handleWhen((error) => {
      if (!isAgainst(error)) return false;
      asksForRest = error.detail.retryAfterMs !== undefined;
      return true;
    }),
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
  const isRested = () => breaker.state === CircuitState.Open && performance.now() >= openUntil;
  return { breaker, isRested };
}

/** As long as the writer wants, or longer each time. */
function pauseAfter(result: object, attempt: number): number {
  const error = 'error' in result ? result.error : null;
  const wanted = error instanceof WriterFault ? error.detail.retryAfterMs : undefined;
  return Math.min(wanted ?? PAUSE_MS.first * 2 ** Math.max(0, attempt - 1), PAUSE_MS.most);
}

function asFault(error: unknown): never {
  if (error instanceof BrokenCircuitError)
    throw new WriterFault('breaker_open', 'the writer is left alone', { unsent: true });
  if (error instanceof BulkheadRejectedError)
    throw new WriterFault('too_late', 'too many lines at once', { unsent: true });
  throw error;
}

const states: Record<number, VoiceHealth['breaker']> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
};
const stateOf = (state: CircuitState): VoiceHealth['breaker'] => states[state] ?? 'open';
