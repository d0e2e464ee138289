import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
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

it('says that its collector is away', async () => {
  const said: Error[] = [];
  const { enter } = tracing('always_on', 1, (error) => void said.push(error));
  enter('frame')!.end({ outcome: 'ok' });
  while (said.length === 0) await sleep(20);
  assert.equal(said.length, 1);
});
