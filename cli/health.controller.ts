import { Controller, Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import type { VoiceHealth } from '../commands/voice/breaker.js';
import { reject } from '../domain/kernel/rejection.js';
import type { LogHealth } from '../eventstore/log.js';
import { Refused } from '../gateway/http/problems.js';
import { anybody, Operation } from '../gateway/openapi/operation.js';
import { time } from '../gateway/openapi/parts.js';
import { answerOf } from '../gateway/openapi/same.js';
import { inTime, shared } from './in-time.js';

export const PARTS = Symbol('parts');
export const LOG_HEALTH = Symbol('log health');
export const VOICE_HEALTH = Symbol('voice health');
/** An `AbortSignal`: the engine was told to stop. */
export const STOPPING = Symbol('stopping');

/** Of the reactor of this process; `null` while it does not answer. */
export type AskVoice = () => Promise<VoiceHealth | null>;

/** The parts the engine stands on; each answers, or throws. `null`: nothing of the kind is used. */
export type Parts = Record<string, (() => Promise<unknown>) | null>;

/** Whoever has not answered by then is taken for gone: a hung thread would keep everybody waiting. */
export const WITHIN_MS = 2_000;
/** Anybody may ask, as often as they like; other servers are asked no more often than this. */
const SHARED_MS = 1_000;

const trouble = z.object({ since: time, reason: z.string() }).nullable();
const live = z.object({ status: z.literal('ok') });
const ready = z.object({
  status: z.enum(['ok', 'degraded']),
  parts: z.record(z.string(), z.enum(['ok', 'down', 'off'])),
  log: answerOf<LogHealth>()(
    z.object({
      breaker: z.enum(['closed', 'open', 'half_open']),
      trouble,
      underWay: z.int(),
      waiting: z.int(),
    }),
  ),
  voice: answerOf<VoiceHealth>()(
    z.object({ breaker: z.enum(['off', 'closed', 'open', 'half_open']), trouble }),
  )
    .nullable()
    .describe('of whoever writes lines; null while that does not answer'),
});

/** For whoever runs the engine. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(PARTS) private readonly parts: Parts,
    @Inject(LOG_HEALTH) private readonly logHealth: () => LogHealth,
    @Inject(VOICE_HEALTH) private readonly voiceHealth: AskVoice,
    @Inject(STOPPING) private readonly stopping: AbortSignal,
  ) {}

  private readonly looked = shared(SHARED_MS, () => this.look());

  @Operation({ summary: 'Is this process alive?', callers: anybody, answer: live })
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /**
   * Each part's state. Frames need the log alone, so that decides whether the engine is ready; without whoever writes
   * lines, templates are said.
   */
  @Operation({
    summary: 'Is the engine ready, and how is each of its parts?',
    callers: anybody,
    answer: ready,
    errors: ['unavailable'],
  })
  @Get('ready')
  async ready() {
    if (this.stopping.aborted) throw new Refused(reject('unavailable', 'this instance is stopping'));
    return this.looked();
  }

  private async look() {
    const names = Object.keys(this.parts);
    const [voice, ...states] = await Promise.all([
      inTime(WITHIN_MS, this.voiceHealth(), null),
      ...names.map((name) => stateOf(this.parts[name]!)),
    ]);
    const parts = Object.fromEntries(names.map((name, at) => [name, states[at]]));
    const log = this.logHealth();
    if (parts.log !== 'ok') {
      const since = log.trouble ? ` since ${log.trouble.since}` : '';
      throw new Refused(
        reject('unavailable', `the event log cannot be reached${since} (breaker ${log.breaker})`),
      );
    }
    return { status: states.includes('down') ? 'degraded' : 'ok', parts, log, voice };
  }
}

async function stateOf(ask: Parts[string]): Promise<'ok' | 'down' | 'off'> {
  if (!ask) return 'off';
  const answer = ask().then(
    () => 'ok' as const,
    () => 'down' as const,
  );
  return inTime(WITHIN_MS, answer, 'down');
}
