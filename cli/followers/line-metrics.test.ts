import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LineCount, plainLine } from '../../commands/voice/count.js';
import { MetricsController } from '../metrics.controller.js';
import type { Metrics } from '../observe/registries.js';
import { countLines } from './line-metrics.js';

const asked: LineCount = { source: 'llm', scene: 'chat', reason: 'none', cost: 80_000, latencyMs: 900 };

/** What Prometheus reads; as from the thread of the followers, whose answers are copies. */
async function scraped(lines: Metrics, costToday = async () => 0): Promise<string> {
  const log = () => ({ breaker: 'closed', underWay: 0, waiting: 0, trouble: null }) as never;
  const copied = async () => structuredClone(await lines());
  const voice = async () => ({ breaker: 'closed', trouble: null }) as const;
  return new MetricsController(async () => [], log, voice, [copied], costToday).metrics();
}

const told = (text: string, name: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length + 1);

describe('what Prometheus is told of lines', () => {
  it('counts them by where they came from, scene and reason, with their cost and how long they took', async () => {
    const { count, metrics } = countLines();
    for (const line of [plainLine, plainLine, asked, asked]) count(line);
    count({ ...asked, source: 'template', reason: 'too_late', cost: 500, latencyMs: 2_750 });
    count({ ...asked, source: 'cache', scene: 'milestone', cost: 0, latencyMs: 3 });
    count({ ...asked, source: 'none', scene: 'recap', reason: 'overloaded', cost: 0, latencyMs: null });
    const text = await scraped(metrics, async () => 1.25);
    const expected = {
      'agl_lines_total{source="template",scene="none",reason="none"}': '2',
      'agl_lines_total{source="llm",scene="chat",reason="none"}': '2',
      'agl_lines_total{source="template",scene="chat",reason="too_late"}': '1',
      'agl_lines_total{source="none",scene="recap",reason="overloaded"}': '1',
      'agl_llm_cost_usd_total{source="llm",scene="chat"}': '0.00016',
      'agl_llm_cost_usd_total{source="template",scene="chat"}': '5e-7',
      'agl_line_seconds_bucket{le="0.75",source="llm"}': '0',
      'agl_line_seconds_bucket{le="1",source="llm"}': '2',
      'agl_line_seconds_count{source="llm"}': '2',
      'agl_line_seconds_sum{source="cache"}': '0.003',
      agl_line_template_share: '0.5',
      agl_llm_cost_today_usd: '1.25',
    };
    const found = Object.keys(expected).map((name) => [name, told(text, name)]);
    assert.deepEqual(Object.fromEntries(found), expected, text);
  });

  it('is told over and over without counting anything twice', async () => {
    const { count, metrics } = countLines();
    count(asked);
    const name = 'agl_lines_total{source="llm",scene="chat",reason="none"}';
    assert.equal(told(await scraped(metrics), name), '1');
    assert.equal(told(await scraped(metrics), name), '1');
  });

  it('is silent about what cannot be asked, and tells the rest', async () => {
    const away = () => Promise.reject(new Error('away'));
    const text = await scraped(away, away);
    assert.doesNotMatch(text, /agl_lines_total|^agl_llm_cost_today_usd /m);
    assert.match(text, /^agl_voice_breaker\{state="closed"\} 1$/m);
    assert.equal(told(await scraped(countLines().metrics), 'agl_line_template_share'), undefined);
  });
});

it('is told what there is while a thread hangs', async () => {
  const never = () => new Promise<never>(() => {});
  const log = () => ({ breaker: 'closed', underWay: 3, waiting: 0, trouble: null }) as never;
  const { count, metrics } = countLines();
  count(asked);
  const text = await new MetricsController(never, log, never, [metrics, never], never).metrics();
  assert.equal(told(text, 'agl_log_appends_under_way'), '3');
  assert.match(text, /agl_lines_total\{source="llm"/);
});
