import { columns } from '../cli/terminal/index.js';
import { type Beside, type Edge, type Flow, TARGETS } from './edge.js';
import { short } from './statistics.js';

export function edgeTables(measured: Edge): string[] {
  const { connections, failures, entering, bytes, waking, flowing, beside, keys } = measured;
  const kib = (some: number) => `${short(some / 1024)}`;
  const held = [
    ['connections that ended by themselves', String(failures), '0'],
    [`seconds until ${connections} were greeted`, String(entering), ''],
    ['KiB a connection, of the process', kib(bytes.process), `at most ${TARGETS.bytes / 1024}`],
    ['  of what lives in its JavaScript', kib(bytes.living), ''],
    ...flowOf(waking, 'each for the first time'),
    ...flowOf(flowing, 'after that', `at most ${TARGETS.ackMs}`),
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

const flowOf = ({ perSecond, seconds, ack, action, late }: Flow, when: string, target = '') => [
  [`${perSecond} events/s for ${seconds} s, ${when}: ack p50, ms`, String(ack.p50), ''],
  ['  p99', String(ack.p99), target],
  ...(action ? [['  action p50, p99, ms', `${action.p50}, ${action.p99}`, '']] : []),
  ['  how late the load was, p99, ms', String(late.p99), ''],
];
