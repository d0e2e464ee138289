import { Controller, Get, Header, Inject } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { z } from 'zod';
import type { LogHealth } from '../eventstore/log.js';
import { anybody, Operation } from '../gateway/openapi/operation.js';
import type { ProjectionStatus } from '../projections/status.js';
import { type AskVoice, LOG_HEALTH, VOICE_HEALTH, WITHIN_MS } from './health.controller.js';
import { inTime } from './in-time.js';
import { type Metrics, summed } from './observe/registries.js';

export const PROJECTION_STATUS = Symbol('projection status');
export const METRICS = Symbol('metrics');
export const COST_TODAY = Symbol('cost today');

/** For Prometheus: how the process is, how far each read model is behind the log, and what every part tells of itself. */
@Controller('metrics')
export class MetricsController {
  private readonly registry = new Registry();
  private readonly gauges = gaugesIn(this.registry);

  constructor(
    @Inject(PROJECTION_STATUS) private readonly status: () => Promise<ProjectionStatus[]>,
    @Inject(LOG_HEALTH) private readonly logHealth: () => LogHealth,
    @Inject(VOICE_HEALTH) private readonly voiceHealth: AskVoice,
    @Inject(METRICS) private readonly all: readonly Metrics[],
    @Inject(COST_TODAY) private readonly costToday: () => Promise<number>,
  ) {
    collectDefaultMetrics({ register: this.registry });
  }

  @Operation({
    summary: 'Figures for Prometheus',
    callers: anybody,
    answer: { types: ['text/plain'], schema: z.string() },
  })
  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  async metrics(): Promise<string> {
    // With the database away, or a thread that hangs, what is known of the process is still worth telling.
    const [voice, status, usd, told] = await Promise.all([
      inTime(WITHIN_MS, this.voiceHealth(), null),
      inTime(
        WITHIN_MS,
        this.status().catch(() => []),
        [],
      ),
      inTime(
        WITHIN_MS,
        this.costToday().catch(() => null),
        null,
      ),
      summed(this.all.map((metrics) => () => inTime(WITHIN_MS, metrics(), []))),
    ]);
    for (const gauge of Object.values(this.gauges)) gauge.reset();
    const { breaker, underWay, waiting } = this.logHealth();
    this.gauges.logBreaker.set(breaker === 'closed' ? 0 : 1);
    this.gauges.logUnderWay.set(underWay);
    this.gauges.logWaiting.set(waiting);
    this.gauges.voiceBreaker.set({ state: voice?.breaker ?? 'open' }, 1);
    for (const one of status) this.tell(one);
    // A sum that nobody knows is not nothing.
    if (usd === null) this.gauges.costToday.remove();
    else this.gauges.costToday.set(usd);
    return `${await this.registry.metrics()}\n${told}`;
  }

  private tell({ name, position, lag, rate, parked, events, state, rebuild }: ProjectionStatus): void {
    const of = { projection: name };
    this.gauges.position.set(of, position);
    if (lag.positions !== null) this.gauges.gap.set(of, lag.positions);
    if (lag.events !== null) this.gauges.lagEvents.set(of, lag.events);
    if (lag.seconds !== null) this.gauges.lagSeconds.set(of, lag.seconds);
    this.gauges.rate.set(of, rate);
    this.gauges.parked.set(of, parked);
    this.gauges.events.set(of, events);
    this.gauges.state.set({ ...of, state }, 1);
    this.gauges.rebuilding.set(of, rebuild === null ? 0 : 1);
  }
}

function gaugesIn(registry: Registry) {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `agl_${name}`, help, labelNames, registers: [registry] });
  const ofProjection = (name: string, help: string) => gauge(`projection_${name}`, help, 'projection');
  return {
    logBreaker: gauge('log_breaker_open', '1 while callers are answered at once that the event log is away'),
    logUnderWay: gauge('log_appends_under_way', 'Appends under way'),
    logWaiting: gauge('log_appends_waiting', 'Appends that wait for their turn'),
    voiceBreaker: gauge(
      'voice_breaker',
      '1 for the state of the breaker before whoever writes lines',
      'state',
    ),
    costToday: gauge(
      'llm_cost_today_usd',
      'What all lines of this day (UTC) cost so far, in US dollars, as the read model knows it: of all instances',
    ),
    position: ofProjection('position', 'Place in the log up to which the rows are complete'),
    gap: ofProjection('gap_positions', 'Places of the log between the rows and its newest event'),
    lagEvents: ofProjection('lag_events', 'About how many events are missing'),
    lagSeconds: ofProjection(
      'lag_seconds',
      'Age of the newest event taken in while some are missing, else 0',
    ),
    rate: ofProjection('events_per_second', 'Events taken in, over the last ten seconds'),
    parked: ofProjection('parked_events', 'Events put aside, and those that wait behind them'),
    events: ofProjection('events', 'Events that the rows are made of'),
    state: gauge('projection_state', '1 for the state it is in', 'projection', 'state'),
    rebuilding: ofProjection('rebuilding', '1 while a generation beside the one that is read is there'),
  };
}
