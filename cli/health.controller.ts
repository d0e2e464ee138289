import { Controller, Get, Inject } from '@nestjs/common';
import type { VoiceHealth } from '../commands/voice/breaker.js';
import { reject } from '../domain/kernel/rejection.js';
import type { LogHealth } from '../eventstore/log.js';
import { Refused } from '../gateway/http/problems.js';

export const PARTS = Symbol('parts');
export const LOG_HEALTH = Symbol('log health');
export const VOICE_HEALTH = Symbol('voice health');

/** Of the reactor of this process; `null` while it does not answer. */
export type AskVoice = () => Promise<VoiceHealth | null>;

/** The parts the engine stands on; each answers, or throws. */
export type Parts = Record<string, () => Promise<unknown>>;

const WITHIN_MS = 2_000;

/** For whoever runs the engine. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(PARTS) private readonly parts: Parts,
    @Inject(LOG_HEALTH) private readonly logHealth: () => LogHealth,
    @Inject(VOICE_HEALTH) private readonly voiceHealth: AskVoice,
  ) {}

  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /**
   * Each part's state. Frames need the log alone, so that decides whether the engine is ready; without whoever writes
   * lines, templates are said.
   */
  @Get('ready')
  async ready() {
    const names = Object.keys(this.parts);
    const states = await Promise.all(names.map((name) => stateOf(this.parts[name]!)));
    const parts = Object.fromEntries(names.map((name, at) => [name, states[at]]));
    const log = this.logHealth();
    if (parts.log !== 'ok') {
      const since = log.trouble ? ` since ${log.trouble.since}` : '';
      throw new Refused(
        reject('unavailable', `the event log cannot be reached${since} (breaker ${log.breaker})`),
      );
    }
    const voice = await this.voiceHealth();
    const well = states.every((state) => state === 'ok') && (voice?.breaker ?? 'open') !== 'open';
    return { status: well ? 'ok' : 'degraded', parts, log, voice };
  }
}

async function stateOf(ask: () => Promise<unknown>): Promise<'ok' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'down'>((resolve) => {
    timer = setTimeout(() => resolve('down'), WITHIN_MS);
  });
  const answer = ask().then(
    () => 'ok' as const,
    () => 'down' as const,
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
