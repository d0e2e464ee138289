import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CountLine } from '../../commands/voice/count.js';
import type { Metrics } from '../observe/registries.js';

/** Seconds; the template stands in after three. */
const BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 5];
const USD_BUCKETS = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01];

/**
 * Counts lines where they are told, since the start of that side. Labels are closed lists: no player, no game, no
 * model of a game's own.
 */
export function countLines(): { count: CountLine; metrics: Metrics } {
  const registry = new Registry();
  const registers = [registry];
  const lines = new Counter({
    name: 'agl_lines_total',
    help: 'Lines said by where they came from; `reason`: why the template stands in; `scene` none: a plain line',
    labelNames: ['source', 'scene', 'reason'],
    registers,
  });
  const usd = new Counter({
    name: 'agl_llm_cost_usd_total',
    help: 'What lines cost, in US dollars; of `source` template: what was written in vain',
    labelNames: ['source', 'scene'],
    registers,
  });
  const latency = new Histogram({
    name: 'agl_line_seconds',
    help: 'From when a line that was asked for was begun until it, or the template, was there',
    labelNames: ['source'],
    buckets: BUCKETS,
    registers,
  });
  const price = new Histogram({
    name: 'agl_llm_request_usd',
    help: 'What one line that was asked of a model cost, in US dollars',
    labelNames: ['scene'],
    buckets: USD_BUCKETS,
    registers,
  });
  const said = { all: 0, templates: 0 };
  new Gauge({
    name: 'agl_line_template_share',
    help: 'Share (0 to 1) of templates among the lines said since the start; not there before the first',
    registers,
    collect() {
      if (said.all === 0) this.remove();
      else this.set(said.templates / said.all);
    },
  });
  return {
    count({ source, scene, reason, cost, latencyMs }) {
      lines.inc({ source, scene, reason });
      if (source !== 'none') said.all++;
      if (source === 'template') said.templates++;
      if (cost > 0) usd.inc({ source, scene }, cost / 1e9);
      if (cost > 0) price.observe({ scene }, cost / 1e9);
      if (latencyMs !== null) latency.observe({ source }, latencyMs / 1000);
    },
    metrics: () => registry.getMetricsAsJSON(),
  };
}
