import { columns } from '../cli/terminal/index.js';
import { type Beside, type Edge, TARGETS } from './edge.js';
import { short } from './statistics.js';

export function edgeTables({ connections, failures, seconds, bytes, flowing, beside, keys }: Edge): string[] {
  const { ack, action, late } = flowing;
  const kib = (some: number) => `${short(some / 1024)}`;
  const held = [
    ['connections that ended by themselves', String(failures), '0'],
    [`seconds until ${connections} were greeted`, String(seconds.entering), ''],
    ['KiB a connection, of the process', kib(bytes.process), `at most ${TARGETS.bytes / 1024}`],
    ['  of what lives in its JavaScript', kib(bytes.living), ''],
    [`ack p50, ms, at ${flowing.perSecond} events/s for ${seconds.held} s`, String(ack.p50), ''],
    ['  p99', String(ack.p99), `at most ${TARGETS.ackMs}`],
    ...(action ? [['action p50, p99, ms', `${action.p50}, ${action.p99}`, '']] : []),
    ['how late the load was, p99, ms', String(late.p99), ''],
    [`check of an API key, one of ${keys.keys}, p50, µs`, String(keys.p50.median), `under ${TARGETS.keyUs}`],
    ['  p99', String(keys.p99.median), ''],
  ];
  const row = (name: string, { gateway, echo, ratio, ratios }: Beside, target = '') => [
    ...[name, String(short(gateway.median)), String(short(echo.median)), String(ratio)],
    ...[`${short(ratios.min)} to ${short(ratios.max)}`, target],
  ];
  return [
    ...columns([`${connections} connections at one instance`, '', 'target'], held),
    '',
    ...columns(
      ['frames answered a second', 'gateway', 'bare echo', 'ratio', 'rounds', 'target'],
      [
        row('pings', beside.pings, `at least ${TARGETS.ratio}`),
        row('frames of one event, durable', beside.events),
        row('frames of a hundred, durable', beside.hundreds),
      ],
    ),
  ];
}
