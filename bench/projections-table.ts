import { columns } from '../cli/terminal/index.js';
import type { DelaysOf, Projections, Side } from './projections.js';
import { type Spread, short } from './statistics.js';

const range = ({ min, max }: Spread) => `${short(min)} to ${short(max)}`;
const number = (value: number) => String(short(value));

export function projectionsTables(measured: Projections): string[] {
  const { events, fromNothing, readAll, copy, ratio, ratios, target, curve, live } = measured;
  const side = (name: string, { perSecond, cpuUs }: Side) => [
    name,
    number(perSecond.median),
    range(perSecond),
    number(cpuUs.median),
  ];
  const rates = [
    side('all read models from nothing', fromNothing),
    side('bare readAll', readAll),
    side('bare COPY, rows', copy),
    [`  ratio to the slower, at least ${target}`, number(ratio), range(ratios), ''],
  ];
  const seconds = Object.entries(fromNothing.seconds).map(([name, spread]) => [
    name,
    number(spread.median),
    range(spread),
  ]);
  const costs = curve.points.map(({ events: at, us }) => [String(at), number(us.median), range(us)]);
  const delay = (name: string, { p50, p99, max, count }: DelaysOf) => [
    ...[name, number(p50.median), number(p99.median), range(p99), number(max.max)],
    String(count),
  ];
  const delays = [
    delay('until the rows are there', live.lag),
    delay('the acknowledgement', live.ack),
    delay('how late the load was', live.late),
  ];
  return [
    ...columns([`${events} events, events/s`, 'median', 'rounds', 'cpu µs'], rates),
    '',
    ...columns(['seconds of a build', 'median', 'rounds'], seconds),
    '',
    ...columns(['events by then', 'µs an event', 'rounds'], costs),
    `  last to first ${curve.flatness}, at most ${curve.target}`,
    '',
    ...columns([`live at ${live.perSecond}/s, ms`, 'p50', 'p99', 'rounds', 'max', 'count'], delays),
    `  p99 of the rows at most ${live.targetMs}`,
  ];
}
