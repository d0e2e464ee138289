import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCollector } from '../faults/testing/collector.js';
import type { OpenTracing, TracingSetup } from './tracing.js';
import { openTracing } from './tracing.otel.js';

// Nobody listens there.
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:1';
process.env.OTEL_EXPORTER_OTLP_TIMEOUT = '200';
process.env.OTEL_BSP_SCHEDULE_DELAY = '50';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const kept = `00-${TRACE}-00f067aa0ba902b7-01`;
const notKept = `00-${TRACE}-00f067aa0ba902b7-00`;

const opened: OpenTracing[] = [];
after(() => Promise.all(opened.map((one) => one.close().catch(() => undefined))));

function tracing(sampler: TracingSetup['sampler'], ratio = 0, warn: (error: Error) => void = () => {}) {
  const one = openTracing({ service: 'agl', instance: 'test', roles: ['gateway'], sampler, ratio }, warn);
  opened.push(one);
  return one;
}

it('goes on with what is traced, and begins nothing below what is not', () => {
  const { within } = tracing('parentbased_traceidratio', 1);
  const span = within('append', kept)!;
  assert.match(span.traceparent, new RegExp(`^00-${TRACE}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
  const nothing = [undefined, '', notKept, 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, 7, {}];
  for (const parent of nothing) assert.equal(within('append', parent as string), null, String(parent));
});

it('asks at the door alone whether to trace, as the standard has it', () => {
  const enters = (sampler: TracingSetup['sampler'], ratio: number, parent?: string) =>
    tracing(sampler, ratio).enter('frame', parent) !== null;
  assert.deepEqual(
    [
      enters('parentbased_traceidratio', 0),
      enters('parentbased_traceidratio', 1),
      enters('parentbased_traceidratio', 0, kept),
      enters('parentbased_traceidratio', 1, notKept),
      enters('traceidratio', 0, kept),
      enters('always_on', 0),
      enters('always_off', 1, kept),
      enters('parentbased_always_off', 1, kept),
    ],
    [false, true, true, false, false, true, false, true],
  );
});

it('asks the id of a trace alone with a ratio, whoever chose it', () => {
  const { enter } = tracing('traceidratio', 0.01);
  // The sampler takes the parts of an id together, bit by bit: of the same ones nothing is left.
  const [low, high] = ['4bf92f35'.repeat(4), `${'4bf92f35'.repeat(3)}b406d0ca`];
  const enters = (id: string) => enter('frame', `00-${id}-00f067aa0ba902b7-00`) !== null;
  assert.deepEqual([enters(low), enters(high)], [true, false]);
});

it('is called as it is told, and else by a name of its own', { timeout: 60_000 }, async () => {
  const collector = await startCollector();
  const { OTEL_EXPORTER_OTLP_ENDPOINT: before } = process.env;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  for (const [attributes, name] of [
    ['', 'agl'],
    ['service.name=theirs', 'theirs'],
  ] as const) {
    process.env.OTEL_RESOURCE_ATTRIBUTES = attributes;
    tracing('always_on', 1).enter('frame')!.end();
    while (!collector.text().includes(`{"key":"service.name","value":{"stringValue":"${name}"}}`))
      await sleep(20);
  }
  delete process.env.OTEL_RESOURCE_ATTRIBUTES;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before;
  await collector.close();
});

it('says that its collector is away', async () => {
  const said: Error[] = [];
  const { enter } = tracing('always_on', 1, (error) => void said.push(error));
  enter('frame')!.end({ outcome: 'ok' });
  while (said.length === 0) await sleep(20);
  assert.equal(said.length, 1);
});
